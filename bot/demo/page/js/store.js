/** What the page knows of the world: people, chats, their messages. Events change it here first; whoever shows a thing listens. */

import * as api from "./api.js";

const PAGE = 60;
const bus = new EventTarget();

export const world = { bot: null, people: new Map(), chats: new Map(), moved: new Map(), online: true, ready: false };

let clockShift = 0;
let lastKnown = 0;
const histories = new Map();
const unread = new Map();
let openChat = null;

/** Call `hear` at each event of this kind; returns the way to stop. */
export function on(kind, hear) {
  const listener = (event) => hear(event.detail);
  bus.addEventListener(kind, listener);
  return () => bus.removeEventListener(kind, listener);
}

const tell = (kind, detail = {}) => bus.dispatchEvent(new CustomEvent(kind, { detail }));

/** The time of the demo's server, epoch seconds. */
export const now = () => Date.now() / 1000 + clockShift;

export const chatOf = (id) => world.chats.get(id);
export const personOf = (id) => world.people.get(id);
export const personsChat = (person) => [...world.chats.values()].find((chat) => chat.type === "private" && chat.person === person);
export const nameOf = (who) => [who?.first_name, who?.last_name].filter(Boolean).join(" ") || who?.title || "?";
export const isGroup = (chat) => chat.type !== "private";
export const inChat = (status) => ["member", "administrator", "creator", "restricted"].includes(status);
export const botIsIn = (chat) => inChat(chat.bot_status);
export const unreadOf = (chat) => unread.get(chat.id) ?? 0;

/** What this person chose in the poll of a message; empty before they vote. */
export const votesOf = (message, person) => (message.votes ?? []).find((vote) => vote.by === person)?.options ?? [];

/** A private chat in which the person has said nothing yet shows the Start button. */
export const hasBegun = (chat) => chat.bot_status !== "none" || history(chat.id).messages.length > 0;
export const fromBot = (message) => Boolean(message.from?.is_bot);

export function history(chat) {
  if (!histories.has(chat)) histories.set(chat, { messages: [], loaded: false, whole: false, busy: null });
  return histories.get(chat);
}

/** Read the world anew; called at the start and after each break of the line. */
export async function refresh() {
  const state = await api.state();
  world.bot = state.bot;
  lastKnown = state.n ?? 0;
  world.people = new Map(state.people.map((person) => [person.id, person]));
  world.chats = new Map(state.chats.map((chat) => [chat.id, chat]));
  if (state.now) clockShift = state.now - Date.now() / 1000;
  for (const chat of state.chats) countAfterLoad(chat);
  for (const [id, known] of histories) {
    if (!world.chats.has(id)) histories.delete(id);
    else if (known.loaded) await loadLatest(id);
  }
  world.ready = true;
  tell("world");
}

function countAfterLoad(chat) {
  const seen = Number(localStorage.getItem(seenKey(chat.id)) ?? 0);
  const fresh = chat.id !== openChat && chat.last && chat.last.message_id > seen && fromBot(chat.last);
  unread.set(chat.id, fresh ? Math.max(chat.unread ?? 0, 1) : 0);
}

const seenKey = (chat) => `seen:${world.bot?.id}:${chat}`;

/** This chat is on the screen now (or none is): what is in it counts as read. */
export function look(chat) {
  openChat = chat;
  if (chat === null || !world.chats.has(chat)) return;
  unread.set(chat, 0);
  const last = world.chats.get(chat).last;
  if (last) localStorage.setItem(seenKey(chat), last.message_id);
  tell("seen", { chat });
}

export async function loadLatest(chat) {
  const known = history(chat);
  const { messages } = await api.messages(chat, null, Math.max(PAGE, Math.min(known.messages.length, 300)));
  known.messages = messages;
  known.loaded = true;
  known.whole = messages.length < PAGE;
  tell("history", { chat });
}

export async function loadEarlier(chat) {
  const known = history(chat);
  if (known.whole || known.busy || !known.messages.length) return;
  known.busy = api.messages(chat, known.messages[0].message_id, PAGE);
  try {
    const { messages } = await known.busy;
    const first = known.messages[0]?.message_id ?? Infinity;
    known.messages = [...messages.filter((message) => message.message_id < first), ...known.messages];
    known.whole = messages.length < PAGE;
  } finally {
    known.busy = null;
  }
  tell("history", { chat });
}

function put(chat, message) {
  const known = history(chat);
  const at = known.messages.findIndex((other) => other.message_id === message.message_id);
  if (at >= 0) known.messages = known.messages.with(at, message);
  else if (!known.messages.length || known.messages.at(-1).message_id < message.message_id) known.messages = [...known.messages, message];
  else known.messages = [...known.messages, message].sort((a, b) => a.message_id - b.message_id);
  return at < 0;
}

/** What the page itself has just sent. When its event was faster, what has happened to the message since is known already. */
export function sent(chat, message) {
  if (history(chat).messages.some((other) => other.message_id === message.message_id)) return;
  receive({ kind: "message", chat_id: chat, message });
}

export function refreshed(chat) {
  world.chats.set(chat.id, chat);
  if (!unread.has(chat.id)) unread.set(chat.id, 0);
  tell("chat", { chat: chat.id });
}

export function addPerson(person) {
  world.people.set(person.id, person);
}

const HANDLERS = {
  message({ chat_id: id, message }) {
    const chat = world.chats.get(id);
    if (!chat) return void refresh();
    if (fromBot(message)) world.bot = { ...world.bot, ...message.from };
    const fresh = put(id, message);
    if (!chat.last || chat.last.message_id <= message.message_id) chat.last = message;
    if (fresh && fromBot(message) && (id !== openChat || document.hidden)) unread.set(id, unreadOf(chat) + 1);
    if (id === openChat && !document.hidden) localStorage.setItem(seenKey(id), message.message_id);
    tell("message", { chat: id, message, fresh });
  },
  edited({ chat_id: id, message }) {
    const chat = world.chats.get(id);
    if (!chat) return;
    const known = history(id);
    if (known.messages.some((other) => other.message_id === message.message_id)) put(id, message);
    if (chat.last?.message_id === message.message_id) chat.last = message;
    tell("edited", { chat: id, message });
  },
  deleted({ chat_id: id, message_id: gone }) {
    const chat = world.chats.get(id);
    if (!chat) return;
    const known = history(id);
    known.messages = known.messages.filter((message) => message.message_id !== gone);
    if (chat.last?.message_id === gone) chat.last = known.messages.at(-1) ?? (known.loaded ? null : chat.last);
    tell("deleted", { chat: id, message: gone });
  },
  chat({ chat }) {
    if (!chat) return;
    if (chat.person && !world.people.has(chat.person)) return void refresh();
    if (chat.migrated_to) {
      world.moved.set(chat.id, chat.migrated_to);
      world.chats.delete(chat.id);
      return void tell("chat", { chat: chat.id });
    }
    world.chats.set(chat.id, { ...chat, last: chat.last ?? world.chats.get(chat.id)?.last ?? null });
    tell("chat", { chat: chat.id });
  },
  reaction({ chat_id: id, message_id: message, reactions: all }) {
    const known = history(id).messages.find((other) => other.message_id === message);
    if (known) put(id, { ...known, reactions: all });
    tell("reaction", { chat: id, message });
  },
  action({ chat_id: id, action }) {
    tell("action", { chat: id, action });
  },
  gap() {
    refresh().catch(() => {});
  },
  answer(event) {
    tell("answer", event);
  },
  request({ request }) {
    tell("request", request);
  },
};

/** Take an event in, unless the state read last tells it already. */
export function receive(event) {
  if (event.n <= lastKnown) return;
  HANDLERS[event.kind]?.(event);
}

/** Read the world and then listen for ever. */
export async function begin() {
  const waiting = [];
  let open = false;
  api.listen({
    after: null,
    onEvent: (event) => (open ? receive(event) : waiting.push(event)),
    onOpen: async () => {
      try {
        await refresh();
      } catch {
        return;
      }
      open = true;
      world.online = true;
      tell("online");
      waiting.splice(0).forEach(receive);
    },
    onBreak: () => {
      open = false;
      world.online = false;
      tell("online");
    },
  });
}
