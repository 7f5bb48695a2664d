/** The side of the people: everything a person can do goes to /sim as JSON, and everything that happens comes back as events. */

export class Refused extends Error {
  constructor(status, words) {
    super(words);
    this.status = status;
  }
}

async function call(method, path, body) {
  const form = body instanceof FormData;
  let answer;
  try {
    answer = await fetch(`/sim/${path}`, {
      method,
      headers: body && !form ? { "Content-Type": "application/json" } : {},
      body: body && !form ? JSON.stringify(body) : body,
    });
  } catch {
    throw new Refused(0, "offline");
  }
  const words = await answer.json().catch(() => ({}));
  if (!answer.ok) throw new Refused(answer.status, words.error ?? `${answer.status} ${answer.statusText}`);
  return words;
}

const at = (chat, message) => `chats/${chat}/messages/${message}`;

export const state = () => call("GET", "state");
export const messages = (chat, before, limit) => call("GET", `chats/${chat}/messages?limit=${limit}${before ? `&before=${before}` : ""}`);
export const send = (chat, what) => call("POST", `chats/${chat}/send`, what);
export const press = (chat, message, what) => call("POST", `${at(chat, message)}/press`, what);
export const edit = (chat, message, from, text) => call("POST", `${at(chat, message)}/edit`, { from, text });
export const react = (chat, message, from, emoji) => call("POST", `${at(chat, message)}/react`, { from, emoji });
export const vote = (chat, message, from, options) => call("POST", `${at(chat, message)}/vote`, { from, options });
export const remove = (chat, message, from) => call("POST", `${at(chat, message)}/delete`, { from });
export const inline = (from, query) => call("POST", "inline", { from, query });
export const commands = (chat, person) => call("GET", `chats/${chat}/commands?person=${person}`);
export const addPerson = (person) => call("POST", "people", person);
export const addGroup = (group) => call("POST", "groups", group);
export const setBot = (chat, by, status) => call("POST", `chats/${chat}/bot`, { by, status });
export const setMember = (chat, by, person, status) => call("POST", `chats/${chat}/member`, { by, person, status });
export const migrate = (chat) => call("POST", `chats/${chat}/migrate`, {});
export const requests = (query) => call("GET", `requests?${new URLSearchParams(query)}`);
export const faults = () => call("GET", "faults");
export const setFaults = (faults) => call("POST", "faults", faults);
export const release = () => call("POST", "release", {});
export const fileAddress = (file) => `/sim/files/${encodeURIComponent(file)}`;

/** Files go up together; several photos become an album. */
export function upload(chat, { from, kind, caption, replyTo, files }) {
  const form = new FormData();
  form.append("from", from);
  form.append("kind", kind);
  if (caption) form.append("caption", caption);
  if (replyTo) form.append("reply_to", replyTo);
  for (const file of files) form.append("file", file, file.name);
  return call("POST", `chats/${chat}/upload`, form);
}

/**
 * Listen for ever. After a break: wait a little longer each time, call `onBreak`, and when the line stands again `onOpen`.
 * The number of the last event seen travels along, so nothing that happened in between is lost.
 */
export function listen({ after, onEvent, onOpen, onBreak }) {
  let seen = after;
  let pause = 500;
  const open = () => {
    const source = new EventSource(`/sim/events${seen === null ? "" : `?after=${seen}`}`);
    source.onopen = () => {
      pause = 500;
      onOpen();
    };
    source.onmessage = (message) => {
      const event = JSON.parse(message.data);
      if (typeof event.n === "number") seen = event.n;
      onEvent(event);
    };
    source.onerror = () => {
      source.close();
      onBreak();
      setTimeout(open, pause);
      pause = Math.min(pause * 2, 5000);
    };
  };
  open();
}
