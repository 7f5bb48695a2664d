/** The right side: the chosen chat with its head, its messages and the place to write. */

import * as api from "./api.js";
import { composer } from "./composer.js";
import { avatar, botAvatar, el, iconButton } from "./dom.js";
import { askLink, attempt } from "./links.js";
import { messageLog } from "./log.js";
import { showMembers } from "./members.js";
import { closeMenu, showMenu } from "./menu.js";
import { preview } from "./preview.js";
import { goTo } from "./route.js";
import { speakerOf } from "./speaker.js";
import { botIsIn, chatOf, fromBot, history, inChat, isGroup, loadLatest, look, nameOf, on, personOf, refreshed, world } from "./store.js";
import { touches } from "./taps.js";
import { knows, say } from "./words.js";

const ACTION_MS = 5500;

/** `toggleDrawer()` opens what the bot sent; `openFaults()` its second page. */
export function chatScreen({ toggleDrawer }) {
  const node = el("main", { class: "chat" });
  const head = el("header", { class: "chat-head" });
  const pinned = el("div", { class: "pinned-bar", hidden: true });
  const offline = el("div", { class: "offline", role: "status", hidden: true });
  let id = null;
  let acting = null;

  const taps = touches({ current: () => id, composer: () => writing, jump: (message) => log.jump(message) });
  const log = messageLog(taps);
  const writing = composer({ current: () => id, onSent: () => log.toEnd(), redrawLog: () => log.draw() });
  const empty = el("div", { class: "nothing" });

  async function show(chat) {
    closeMenu();
    if (id !== null && chat !== id) writing.leave();
    id = chat !== null && chatOf(chat) ? chat : null;
    look(id);
    clearTimeout(acting);
    acting = null;
    if (id === null) return drawEmpty();
    node.replaceChildren(head, offline, pinned, log.node, writing.node);
    drawHead();
    log.open(id);
    writing.open();
    if (!history(id).loaded && (await attempt(() => loadLatest(id))) && chat === id) {
      log.draw(true);
      writing.redraw();
      drawPinned();
    }
    return undefined;
  }

  function drawEmpty() {
    const none = world.ready && !world.chats.size;
    empty.replaceChildren(
      el(
        "div",
        { class: "nothing-words" },
        el("strong", { text: say(none ? "nobody" : "choose") }),
        el("p", { text: say(none ? "nobody_why" : "choose_why") }),
      ),
    );
    node.replaceChildren(offline, empty);
  }

  function drawHead(action = null) {
    const chat = chatOf(id);
    if (!chat) return;
    const group = isGroup(chat);
    const title = group ? chat.title : nameOf(world.bot);
    const second =
      action && knows(`action_${action}`)
        ? say(`action_${action}`)
        : action
          ? say("action_typing")
          : group
            ? groupLine(chat)
            : `${say("bot")} · ${say("phone_of", { name: personOf(chat.person)?.first_name ?? "?" })}`;
    head.replaceChildren(
      iconButton("back", say("back"), () => goTo(null), { class: "icon-button back" }),
      group ? avatar(chat.id, title, "group") : botAvatar(world.bot.id, title),
      el(
        "div",
        { class: "head-words" },
        el("h2", { text: title }),
        el("p", { class: action ? "acting" : "", text: second, "aria-live": "polite" }),
      ),
      iconButton("code", say("drawer"), toggleDrawer, { class: "icon-button drawer-toggle" }),
      iconButton("more", say("chat_menu"), (event) => showMenu(menuItems(chatOf(id)), { anchor: event.currentTarget }), {
        "aria-haspopup": "menu",
      }),
    );
  }

  function groupLine(chat) {
    const here = (chat.members ?? []).filter((member) => inChat(member.status)).length;
    return `${say("members", { n: here })} · ${say(botIsIn(chat) ? "and_bot" : "without_bot")}`;
  }

  function menuItems(chat) {
    const person = speakerOf(chat);
    const set = (status) => () =>
      attempt(async () => {
        const { chat: now } = await api.setBot(chat.id, person, status);
        if (now) refreshed(now);
      });
    const byLink = { words: say("by_link"), drawing: "link", run: () => askLink(person) };
    if (!isGroup(chat)) {
      return [
        byLink,
        chat.blocked
          ? { words: say("unblock"), drawing: "block", run: set("member") }
          : { words: say("block"), drawing: "block", danger: true, run: set("kicked") },
      ];
    }
    return [
      { words: say("people_here"), drawing: "group", run: () => showMembers(chat.id) },
      byLink,
      botIsIn(chat)
        ? { words: say("remove_bot"), drawing: "trash", danger: true, run: set("kicked") }
        : { words: say("add_bot"), drawing: "plus", run: set("member") },
      chat.type === "group" && { words: say("migrate"), drawing: "up", run: () => attempt(() => api.migrate(chat.id)) },
    ];
  }

  function drawPinned() {
    const chat = chatOf(id);
    const told =
      chat?.pinned_message === undefined
        ? history(id).messages.findLast((message) => message.pinned_message)?.pinned_message
        : chat.pinned_message;
    pinned.hidden = !told;
    if (told) {
      pinned.replaceChildren(
        el(
          "button",
          { type: "button", onclick: () => log.jump(told.message_id) },
          el("strong", { text: say("pinned") }),
          el("span", { text: preview(told) }),
        ),
      );
    }
  }

  function drawOffline() {
    offline.hidden = world.online;
    offline.textContent = say("offline");
  }

  function redraw() {
    drawOffline();
    if (id === null || !chatOf(id)) return void show(null);
    drawHead();
    drawPinned();
    log.draw();
    return writing.redraw();
  }

  on("online", drawOffline);
  on("world", () => (id !== null && chatOf(id) ? redraw() : drawEmpty()));
  on("chat", ({ chat }) => {
    if (chat === id) drawHead();
  });
  on("message", ({ chat, message }) => {
    if (chat !== id) return;
    if (message.pinned_message) drawPinned();
    if (fromBot(message) && acting) {
      clearTimeout(acting);
      acting = null;
      drawHead();
    }
  });
  on("action", ({ chat, action }) => {
    if (chat !== id) return;
    clearTimeout(acting);
    drawHead(action);
    acting = setTimeout(() => {
      acting = null;
      drawHead();
    }, ACTION_MS);
  });
  node.addEventListener("dragover", (event) => id !== null && event.preventDefault());
  node.addEventListener("drop", (event) => {
    event.preventDefault();
    if (id !== null) writing.dropped([...event.dataTransfer.files]);
  });
  document.addEventListener("visibilitychange", () => !document.hidden && look(id));

  return { node, show, redraw };
}
