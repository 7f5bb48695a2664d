/** The address bar is the choice of a chat: `#chat=<id>`; the browser's own "back" works. */

export function chosenChat() {
  const id = new URLSearchParams(location.hash.slice(1)).get("chat");
  return id && /^-?\d+$/.test(id) ? Number(id) : null;
}

export const addressOf = (id) => `#chat=${id}`;

export function goTo(id) {
  if (id === undefined || id === chosenChat()) return;
  location.hash = id === null ? "" : addressOf(id);
}

export function onRoute(hear) {
  addEventListener("hashchange", () => hear(chosenChat()));
}
