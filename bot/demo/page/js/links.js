/** What happens when an address is opened: the bot's own deep links act inside the page, all others ask first. */

import * as api from "./api.js";
import { chooseBox, confirmBox, formBox, toast } from "./dialogs.js";
import { avatar } from "./dom.js";
import { goTo } from "./route.js";
import { isGroup, nameOf, personOf, personsChat, refreshed, sent, world } from "./store.js";
import { inBoth, say } from "./words.js";

/** {start} or {startgroup} of a link to this bot, null for any other address. */
export function deepLink(address) {
  const words = address.trim();
  const own =
    words.match(/^(?:https?:\/\/)?(?:t|telegram)\.me\/(\w+)\/?(?:\?(.*))?$/i) ?? words.match(/^tg:\/\/resolve\?domain=(\w+)(?:&(.*))?$/i);
  if (!own || own[1].toLowerCase() !== world.bot?.username?.toLowerCase()) return null;
  const query = new URLSearchParams(own[2] ?? "");
  return { start: query.get("start"), startgroup: query.get("startgroup") };
}

/** Follow a link as the person would; `person` is who taps. */
export async function follow(address, shown, person) {
  const own = deepLink(address);
  if (own?.startgroup !== null && own?.startgroup !== undefined) return addToGroup(person);
  if (own) return own.start ? openStart(person, own.start) : goTo(personsChat(person)?.id);
  if (/^(mailto|tel):/i.test(address)) {
    await navigator.clipboard?.writeText(shown).catch(() => {});
    return toast(say("copied", { text: shown }));
  }
  if (await confirmBox(say("open_link"), address, say("open"))) window.open(address, "_blank", "noopener,noreferrer");
}

/** A deep link as Telegram does it: the private chat opens and "/start slug" is sent. */
export async function openStart(person, slug) {
  const chat = personsChat(person);
  if (!chat) return;
  goTo(chat.id);
  await attempt(async () => {
    const { message } = await api.send(chat.id, { from: person, via_deep_link: slug });
    sent(chat.id, message);
  });
}

/** Ask for a link and open it in this person's chat. */
export async function askLink(person) {
  const form = await formBox(say("by_link"), [{ name: "link", label: say("link"), hint: say("by_link_why") }], say("open"));
  if (!form) return;
  const slug = deepLink(form.link)?.start ?? form.link.match(/[?&]?start=([\w-]+)/)?.[1] ?? form.link.match(/^[\w-]+$/)?.[0];
  if (slug) await openStart(person, slug);
  else toast(say("bad_link"));
}

async function addToGroup(person) {
  const groups = [...world.chats.values()].filter(isGroup);
  const id = await chooseBox(
    say("choose_chat"),
    groups.map((chat) => [chat.id, chat.title, avatar(chat.id, chat.title)]),
  );
  if (id === null) return;
  await attempt(async () => {
    const { chat } = await api.setBot(id, person, "member");
    if (chat) refreshed(chat);
    goTo(id);
  });
}

/** A chat for words that came from a "switch inline" button. */
export async function chooseChat() {
  return chooseBox(
    say("choose_chat"),
    [...world.chats.values()].map((chat) => {
      const person = personOf(chat.person);
      return isGroup(chat)
        ? [chat.id, chat.title, avatar(chat.id, chat.title)]
        : [chat.id, `${nameOf(person)} · ${inBoth(person?.about)}`, avatar(person?.id ?? 0, nameOf(person))];
    }),
  );
}

/** Do it; a refusal of the server is said in a toast. False when it was refused. */
export async function attempt(deed) {
  try {
    await deed();
    return true;
  } catch (error) {
    if (!(error instanceof api.Refused)) throw error;
    toast(error.status ? error.message : say("offline"));
    return false;
  }
}
