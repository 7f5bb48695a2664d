/** The place to write: text, replies and edits, the commands menu, the bot's reply keyboard, files; or the one button of a chat not begun. */

import * as api from "./api.js";
import { attachMenu, sendFiles } from "./attach.js";
import { formBox, toast } from "./dialogs.js";
import { el, iconButton, icon } from "./dom.js";
import { measureLabels, replyKeyboard } from "./keyboards.js";
import { inlineQuery, offers } from "./inline.js";
import { attempt } from "./links.js";
import { statusWord } from "./members.js";
import { preview } from "./preview.js";
import { speakAs, speakerOf, speakers } from "./speaker.js";
import { stickerPanel } from "./stickers.js";
import { suggestions } from "./suggestions.js";
import { chatOf, fromBot, hasBegun, history, isGroup, nameOf, on, personOf, refreshed, sent } from "./store.js";
import { say } from "./words.js";

const TALLEST = 180;
const ASK_AFTER_MS = 350;

/** `current()` is the chat on the screen. */
export function composer({ current, onSent, redrawLog }) {
  const node = el("footer", { class: "composer" });
  const input = el("textarea", {
    rows: 1,
    class: "input",
    maxlength: 8192,
    oninput: () => typed(),
    onkeydown: (event) => keyed(event),
    onpaste: (event) => pasted(event),
  });
  const drafts = new Map();
  const shown = new Map();
  const menus = new Map();
  let asking = 0;
  let state = blank();

  const hints = suggestions({ input, pick: (words) => send(words), insert: (words) => write(words) });
  const chat = () => chatOf(current());
  const person = () => speakerOf(chat());

  function blank() {
    return { text: "", reply: null, editing: null };
  }

  function open() {
    state = drafts.get(current()) ?? blank();
    input.value = state.text;
    redraw();
    readMenu();
    if (matchMedia("(pointer: fine)").matches) input.focus({ preventScroll: true });
  }

  function leave() {
    drafts.set(current(), { ...state, text: state.editing ? "" : input.value, editing: null });
    hints.hide();
  }

  function redraw() {
    const here = chat();
    if (!here) return;
    const focused = document.activeElement === input;
    node.replaceChildren(...parts(here));
    if (focused) input.focus({ preventScroll: true });
    grow();
    measureLabels(node);
  }

  function parts(here) {
    if (!isGroup(here)) {
      if (here.blocked) return [bigButton(say("restart_bot"), unblock)];
      if (history(here.id).loaded && !hasBegun(here)) return [bigButton(say("start"), start)];
    } else if (person() === null) {
      return [el("p", { class: "cannot", text: say("not_member") })];
    }
    const keyboard = state.editing ? null : boardOf(here);
    input.placeholder = placeholder(keyboard);
    input.setAttribute("aria-label", say("message_label"));
    return [
      isGroup(here) ? voices(here) : null,
      context(),
      hints.node,
      line(here, keyboard),
      keyboard?.open ? replyKeyboard(keyboard.markup, (button) => tapped(button, keyboard)) : null,
    ].filter(Boolean);
  }

  const bigButton = (words, onclick) => el("button", { type: "button", class: "big", text: words, onclick });

  function voices(here) {
    const select = el(
      "select",
      {
        "aria-label": say("speak_as"),
        onchange: (event) => {
          speakAs(here, Number(event.target.value));
          redraw();
          redrawLog();
          readMenu();
        },
      },
      speakers(here).map((member) => {
        const status = statusWord(member.status);
        return el("option", {
          value: member.id,
          selected: member.id === person(),
          text: `${nameOf(personOf(member.id))}${status ? ` (${status})` : ""}`,
        });
      }),
    );
    return el("label", { class: "voices" }, icon("person"), el("span", { text: `${say("speak_as")}:` }), select);
  }

  function context() {
    const about = state.editing ?? state.reply;
    if (!about) return null;
    const words = state.editing ? say("editing") : say("replying", { name: nameOf(about.from) });
    return el(
      "div",
      { class: "context" },
      icon(state.editing ? "edit" : "reply"),
      el("span", { class: "context-words" }, el("strong", { text: words }), el("span", { text: preview(about) })),
      iconButton("close", say("cancel"), () => forget()),
    );
  }

  function line(here, keyboard) {
    const { commands = [] } = withCommands(here);
    return el(
      "div",
      { class: "line" },
      commands.length && !state.editing
        ? el(
            "button",
            {
              type: "button",
              class: "menu-button",
              "aria-label": say("commands"),
              title: say("commands"),
              "aria-haspopup": "listbox",
              onclick: () => hints.toggle(withCommands(chat())),
            },
            icon("menu"),
            el("span", { text: say("menu_short") }),
          )
        : null,
      iconButton(
        "attach",
        say("attach"),
        (event) => attachMenu(event.currentTarget, { deliver, files: (kind, files) => files.length && upload(kind, files) }),
        { "aria-haspopup": "menu" },
      ),
      el(
        "div",
        { class: "field-frame" },
        input,
        keyboard
          ? iconButton(keyboard.open ? "down" : "keyboard", say(keyboard.open ? "hide_keyboard" : "show_keyboard"), () =>
              showBoard(!keyboard.open),
            )
          : null,
        iconButton("smile", say("stickers"), (event) =>
          stickerPanel(event.currentTarget, {
            insert: (emoji) => write(input.value + emoji),
            sticker: (emoji) => deliver({ sticker: emoji }),
          }),
        ),
      ),
      iconButton(state.editing ? "check" : "send", say("send"), () => submit(), { class: "icon-button send" }),
    );
  }

  function boardOf(here) {
    const markup = here.keyboard?.keyboard ? here.keyboard : null;
    if (!markup) return null;
    const key = JSON.stringify(markup);
    const known = shown.get(here.id);
    if (!known || known.key !== key) shown.set(here.id, { key, open: true });
    return { markup, open: shown.get(here.id).open };
  }

  function showBoard(open) {
    shown.get(current()).open = open;
    redraw();
  }

  function placeholder(keyboard) {
    const forced = state.reply?.reply_markup?.force_reply ? state.reply.reply_markup.input_field_placeholder : null;
    return forced ?? (keyboard?.open ? keyboard.markup.input_field_placeholder : null) ?? say("message");
  }

  async function tapped(button, keyboard) {
    const done = await pressed(button);
    if (done && keyboard.markup.one_time_keyboard) showBoard(false);
  }

  async function pressed(button) {
    if (button.request_contact) {
      const form = await formBox(say("share_phone"), [{ name: "phone_number", label: say("phone"), value: "+996700000000" }], say("send"));
      return form && deliver({ contact: form });
    }
    if (button.request_location) {
      const form = await formBox(say("share_place"), placeFields(), say("send"));
      return form && deliver({ location: form });
    }
    if (["web_app", "request_poll", "request_users", "request_chat"].some((kind) => button[kind])) return toast(say("not_here"));
    return send(button.text);
  }

  function typed() {
    grow();
    clearTimeout(asking);
    const query = inlineQuery(input.value);
    if (query === null) return hints.update(withCommands(chat()));
    asking = setTimeout(
      () =>
        attempt(async () => {
          const found = await offers(person(), query, (what) => deliver(what).then((gone) => gone && clear()));
          if (inlineQuery(input.value) === query) hints.show(found, true);
        }),
      ASK_AFTER_MS,
    );
    return undefined;
  }

  /** A group's menu differs from member to member. */
  const withCommands = (here) => (isGroup(here) ? { ...here, commands: menus.get(`${here.id}:${person()}`) ?? here.commands } : here);

  async function readMenu() {
    const here = chat();
    if (!here || !isGroup(here) || person() === null) return;
    const key = `${here.id}:${person()}`;
    const { commands } = await api.commands(here.id, person()).catch(() => ({ commands: here.commands }));
    const changed = JSON.stringify(menus.get(key) ?? here.commands) !== JSON.stringify(commands);
    menus.set(key, commands);
    if (changed && current() === here.id) redraw();
  }

  function grow() {
    input.style.height = "auto";
    input.style.height = `${Math.min(input.scrollHeight, TALLEST)}px`;
  }

  function keyed(event) {
    if (hints.key(event)) return;
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      submit();
    } else if (event.key === "Escape" && (state.reply || state.editing)) {
      forget();
    } else if (event.key === "ArrowUp" && !input.value) {
      const mine = history(current()).messages.findLast((message) => message.from?.id === person() && message.text !== undefined);
      if (!mine) return;
      event.preventDefault();
      edit(mine);
    }
  }

  function pasted(event) {
    const files = [...(event.clipboardData?.files ?? [])];
    if (!files.length) return;
    event.preventDefault();
    dropped(files);
  }

  /** Files that were pasted or dropped: pictures go as photos, all else as documents. */
  function dropped(files) {
    if (files.length && node.contains(input)) upload(files.every((file) => file.type.startsWith("image/")) ? "photo" : "document", files);
  }

  async function submit() {
    const text = input.value.trim();
    if (!text) return;
    if (state.editing) {
      const { message_id: id } = state.editing;
      if (await attempt(() => api.edit(current(), id, person(), text))) forget();
      return;
    }
    await send(text);
  }

  async function start() {
    if ((await send("/start")) && matchMedia("(pointer: fine)").matches) input.focus();
  }

  /** Send words; what was typed leaves the input at once and comes back if it could not be sent. */
  async function send(text) {
    const typedWords = input.value.trim() === text;
    if (typedWords) clear();
    const gone = await deliver({ text });
    if (!gone && typedWords && !input.value) write(text);
    return gone;
  }

  async function deliver(what) {
    const id = current();
    const replied = state.reply;
    const gone = await attempt(async () => {
      const { message } = await api.send(id, {
        from: person(),
        ...what,
        ...(replied ? { reply_to: replied.message_id } : {}),
      });
      sent(id, message);
    });
    if (gone) after(replied);
    return gone;
  }

  async function upload(kind, files) {
    const id = current();
    const replied = state.reply;
    const gone = await sendFiles(kind, files, (caption) =>
      attempt(async () => {
        const { messages } = await api.upload(id, { from: person(), kind, caption, replyTo: replied?.message_id, files });
        for (const message of messages) sent(id, message);
      }),
    );
    if (gone) after(replied);
  }

  function after(replied) {
    if (state.reply === replied) state.reply = null;
    hints.hide();
    redraw();
    onSent();
  }

  function clear() {
    input.value = "";
    grow();
  }

  function forget() {
    if (state.editing) clear();
    state = blank();
    redraw();
    input.focus();
  }

  function replyTo(message) {
    if (state.editing) clear();
    state = { ...state, reply: message, editing: null };
    redraw();
    input.focus();
  }

  function edit(message) {
    state = { ...state, editing: message, reply: null };
    redraw();
    write(message.text ?? message.caption);
  }

  function write(words) {
    input.value = words;
    grow();
    input.focus();
    input.setSelectionRange(words.length, words.length);
    typed();
  }

  const unblock = () =>
    attempt(async () => {
      const { chat: now } = await api.setBot(current(), person(), "member");
      if (now) refreshed(now);
    });

  on("chat", ({ chat: id }) => {
    if (id !== current()) return;
    redraw();
    readMenu();
  });
  on("message", ({ chat: id, message, fresh }) => {
    if (id !== current()) return;
    if (fresh && message.reply_markup?.force_reply && fromBot(message)) {
      state.reply = message;
      redraw();
    } else if (node.querySelector(".big")) redraw();
  });
  on("deleted", ({ chat: id, message }) => {
    if (id === current() && (state.reply?.message_id === message || state.editing?.message_id === message)) forget();
  });

  return { node, open, leave, redraw, replyTo, edit, write, dropped };
}

export const placeFields = () => [
  { name: "latitude", label: say("latitude"), kind: "number", value: "42.87460" },
  { name: "longitude", label: say("longitude"), kind: "number", value: "74.56980" },
];
