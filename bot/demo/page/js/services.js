/** Service messages in words: who joined, who left, what was pinned. */

import { nameOf, world } from "./store.js";
import { preview } from "./preview.js";
import { say } from "./words.js";

/** The words of a service message, or null when this is an ordinary one. */
export function serviceWords(message) {
  const by = nameOf(message.from);
  if (message.new_chat_members) {
    const who = message.new_chat_members.map(shown).join(", ");
    return message.new_chat_members.some((one) => one.id === message.from?.id)
      ? say("service_joined", { who })
      : say("service_added", { by, who });
  }
  if (message.left_chat_member) {
    const who = shown(message.left_chat_member);
    return message.left_chat_member.id === message.from?.id ? say("service_left", { who }) : say("service_removed", { by, who });
  }
  if (message.group_chat_created || message.supergroup_chat_created) return say("service_created", { by, title: message.chat.title });
  if (message.new_chat_title) return say("service_title", { title: message.new_chat_title });
  if (message.new_chat_photo || message.delete_chat_photo) return say("service_photo");
  if (message.pinned_message) return say("service_pinned", { by, what: preview(message.pinned_message) });
  if (message.migrate_to_chat_id || message.migrate_from_chat_id) return say("service_migrated");
  const other = OTHERS.find((field) => field in message);
  return other ? `${say("service_other")}: ${other}` : null;
}

const OTHERS = [
  "forum_topic_created",
  "forum_topic_closed",
  "forum_topic_reopened",
  "forum_topic_edited",
  "message_auto_delete_timer_changed",
  "users_shared",
  "chat_shared",
  "write_access_allowed",
  "web_app_data",
];

const shown = (who) => (who.id === world.bot?.id ? `${nameOf(who)} (${say("bot")})` : nameOf(who));
