/** What a touch in the log does: press a button, react, vote, and the menu of a message. */

import * as api from "./api.js";
import { alertBox, toast } from "./dialogs.js";
import { attempt, chooseChat, follow } from "./links.js";
import { showMenu } from "./menu.js";
import { goTo } from "./route.js";
import { speakerOf } from "./speaker.js";
import { chatOf, isGroup, on, sent, world } from "./store.js";
import { countsOf } from "./bubbles.js";
import { say } from "./words.js";

const REACTIONS = ["👍", "👎", "❤", "🔥", "🎉", "👏", "🤔", "😢"];
const LATE_MS = 60_000;

/** `current()` is the chat on the screen; `composer()` and `jump(message)` belong to the screen. */
export function touches({ current, composer, jump }) {
  const chat = () => chatOf(current());
  const viewer = () => speakerOf(chat());
  const late = new Map();

  on("answer", (event) => {
    if ((late.get(event.person) ?? 0) < Date.now()) return;
    late.delete(event.person);
    showAnswer(event);
  });

  function showAnswer(answer) {
    if (answer.url) return follow(answer.url, answer.url, viewer());
    if (!answer.text) return undefined;
    return answer.show_alert ? void alertBox(answer.text, world.bot.first_name) : toast(answer.text);
  }

  async function press(message, button, row, column) {
    if (button.web_app || button.login_url || button.pay || button.callback_game) return toast(say("not_here"));
    const person = viewer();
    return attempt(async () => {
      const result = await api.press(message.chat.id, message.message_id, { from: person, row, column });
      if (result.opened) return void follow(result.opened, button.text, person);
      if (result.copied !== undefined) return copy(result.copied);
      if (result.switch_inline !== undefined) return switchInline(button, result.switch_inline);
      if (result.answer) return showAnswer(result.answer);
      late.set(person, Date.now() + LATE_MS);
      return toast(say("no_answer"));
    });
  }

  async function switchInline(button, query) {
    const words = `@${world.bot.username} ${query}`;
    if (!("switch_inline_query_current_chat" in button)) {
      const id = await chooseChat();
      if (id === null) return;
      goTo(id);
      await new Promise((resolve) => setTimeout(resolve));
    }
    composer().write(words);
  }

  async function copy(text) {
    await navigator.clipboard?.writeText(text).catch(() => {});
    toast(say("copied", { text }));
  }

  const react = (message, emoji) => attempt(() => api.react(message.chat.id, message.message_id, viewer(), emoji));

  const vote = (message, options) =>
    options.length && attempt(() => api.vote(message.chat.id, message.message_id, viewer(), options));

  function actions(messages, at) {
    const [message] = messages;
    const person = viewer();
    const mine = message.from?.id === person;
    const words = message.text ?? messages.find((one) => one.caption)?.caption;
    const counts = countsOf(message, person);
    const admin = chat().members?.some((member) => member.id === person && ["administrator", "creator"].includes(member.status));
    showMenu(
      [
        {
          reactions: REACTIONS.map((emoji) => [emoji, say("react_with", { emoji }), counts.get(emoji)?.mine ?? false]),
          run: (emoji, chosen) => react(message, chosen ? null : emoji),
        },
        { words: say("reply"), drawing: "reply", run: () => composer().replyTo(message) },
        mine &&
          words && { words: say("edit"), drawing: "edit", run: () => composer().edit(messages.find((one) => one.text ?? one.caption)) },
        words && { words: say("copy_text"), drawing: "copy", run: () => copy(words) },
        (mine || admin || !isGroup(chat())) && {
          words: say("delete"),
          drawing: "trash",
          danger: true,
          run: () => messages.forEach((one) => attempt(() => api.remove(current(), one.message_id, person))),
        },
      ],
      at,
    );
  }

  async function command(words) {
    const person = viewer();
    await attempt(async () => {
      const { message } = await api.send(current(), { from: person, text: words });
      sent(message.chat.id, message);
    });
  }

  const mention = (name) => {
    if (name.toLowerCase() === `@${world.bot.username}`.toLowerCase() && isGroup(chat())) composer().write(`${name} `);
  };

  return { press, react, vote, actions, command, mention, jump, link: (address, shown) => follow(address, shown, viewer()) };
}
