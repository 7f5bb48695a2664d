/** Puts the page together: the list, the chat, the drawer, and the one address that chooses among them. */

import { chatList } from "./chats.js";
import { chatScreen } from "./chat.js";
import { drawer } from "./drawer.js";
import { el } from "./dom.js";
import { chosenChat, goTo, onRoute } from "./route.js";
import { begin, chatOf, on, unreadOf, world } from "./store.js";
import { applyTheme } from "./theme.js";
import { language, say } from "./words.js";

applyTheme();

const developer = drawer();
const screen = chatScreen({ toggleDrawer: () => developer.toggle() });
const list = chatList(() => redraw());

document.getElementById("app").replaceWith(el("div", { id: "app" }, list.node, screen.node, developer.node));

function redraw() {
  document.documentElement.lang = language();
  title();
  list.redraw();
  screen.redraw();
  developer.redraw();
}

function title() {
  const unread = [...world.chats.values()].reduce((sum, chat) => sum + unreadOf(chat), 0);
  document.title = `${unread ? `(${unread}) ` : ""}${say("title")}`;
}

function show(id) {
  const known = id !== null && chatOf(id) ? id : null;
  document.documentElement.classList.toggle("in-chat", known !== null);
  screen.show(known);
  list.redraw();
  developer.fill();
}

onRoute(show);
let begun = false;
on("world", () => {
  title();
  if (begun && (chosenChat() === null || chatOf(chosenChat()))) return;
  begun = true;
  show(chosenChat());
});
on("chat", () => {
  const moved = world.moved.get(chosenChat());
  if (moved && chatOf(moved)) goTo(moved);
});
for (const kind of ["message", "seen", "chat"]) on(kind, title);
redraw();
begin();
