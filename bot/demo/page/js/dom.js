/** Small builders of elements. Words only ever become text nodes; nothing here reads markup from a string. */

const SVG = "http://www.w3.org/2000/svg";

const PATHS = {
  back: "M15 5l-7 7 7 7",
  more: "M12 5.5v.01M12 12v.01M12 18.5v.01",
  close: "M6 6l12 12M18 6L6 18",
  send: "M5 12h13M12 5l7 7-7 7",
  attach: "M8 12.5l6-6a3 3 0 0 1 4.3 4.3l-7.6 7.6a5 5 0 0 1-7-7L11 4",
  smile: "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM8.5 14.5c1 1.3 2.1 2 3.5 2s2.5-.7 3.5-2M9 9.5v.01M15 9.5v.01",
  code: "M8 7l-5 5 5 5M16 7l5 5-5 5M13.5 4.5l-3 15",
  light:
    "M12 7.5a4.5 4.5 0 1 0 0 9 4.5 4.5 0 0 0 0-9zM12 2v2M12 20v2M2 12h2M20 12h2M5 5l1.4 1.4M17.6 17.6L19 19M5 19l1.4-1.4M17.6 6.4L19 5",
  dark: "M20 14.5A8.5 8.5 0 0 1 9.5 4 8.5 8.5 0 1 0 20 14.5z",
  auto: "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM12 3v18M12 8l5.5-2.5M12 13l8.5-4M12 18l7-3.3",
  play: "M8 5.5v13l11-6.5z",
  pause: "M8 5v14M16 5v14",
  file: "M13 3H7a2 2 0 0 0-2 2v14a2 2 0 0 0 2 2h10a2 2 0 0 0 2-2V9zM13 3v6h6",
  download: "M12 4v11M7 11l5 5 5-5M5 20h14",
  pin: "M14.5 3.5l6 6-3 1-3.5 3.5-.5 4.5L5.5 10.5l4.5-.5L13.5 6.5zM9.5 14.5L4 20",
  reply: "M9 6L4 11l5 5M4 11h9a7 7 0 0 1 7 7v1",
  edit: "M4 20l1-4.5L16.5 4a1.5 1.5 0 0 1 2 0l1.5 1.5a1.5 1.5 0 0 1 0 2L8.5 19z",
  trash: "M4 7h16M9 7V4h6v3M6 7l1 13h10l1-13M10 11v5M14 11v5",
  copy: "M9 9h10v11H9zM15 9V4H5v11h4",
  out: "M9 5H5v14h14v-4M13 5h6v6M19 5l-8.5 8.5",
  inline: "M4 18c0-6 4-9 9-9h5M14 5l5 4-5 4",
  hidden:
    "M4 4l16 16M9.9 5.2A9.5 9.5 0 0 1 12 5c5 0 8.5 4.5 9.5 7a13 13 0 0 1-2.7 4M6.5 7.5A13 13 0 0 0 2.5 12c1 2.5 4.5 7 9.5 7a9.5 9.5 0 0 0 4.5-1.2M10 10a3 3 0 0 0 4 4",
  ticks: "M2 12.5l4.5 4.5L15 8M11.5 16l1 1L21 8",
  keyboard: "M3 6h18v12H3zM7 10v.01M11 10v.01M15 10v.01M17.5 10v.01M7 14h10",
  down: "M6 9l6 6 6-6",
  up: "M6 15l6-6 6 6",
  link: "M10 14a4 4 0 0 0 6 .5l3-3a4 4 0 0 0-5.7-5.7L12 7M14 10a4 4 0 0 0-6-.5l-3 3A4 4 0 0 0 10.7 18.2L12 17",
  plus: "M12 5v14M5 12h14",
  place: "M12 21s7-6.5 7-11.5a7 7 0 0 0-14 0C5 14.5 12 21 12 21zM12 7a2.5 2.5 0 1 0 0 5 2.5 2.5 0 0 0 0-5z",
  person: "M12 4a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM4.5 20c.8-3.5 3.8-5.5 7.5-5.5s6.7 2 7.5 5.5",
  group:
    "M9 5a3.5 3.5 0 1 0 0 7 3.5 3.5 0 0 0 0-7zM2.5 19.5c.6-3 3.2-5 6.5-5s5.9 2 6.5 5M15.5 5.3a3.5 3.5 0 0 1 0 6.4M17.5 15c2.2.7 3.6 2.3 4 4.5",
  block: "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM5.7 5.7l12.6 12.6",
  photo: "M4 5h16v14H4zM4 16l5-5 4 4 3-3 4 4M15 9v.01",
  voice: "M12 3a3 3 0 0 0-3 3v6a3 3 0 0 0 6 0V6a3 3 0 0 0-3-3zM5.5 11.5a6.5 6.5 0 0 0 13 0M12 18v3",
  bolt: "M13 2L4.5 13.5H11L10 22l8.5-11.5H12z",
  menu: "M4 7h16M4 12h16M4 17h10",
  check: "M5 12.5l4.5 4.5L19 7.5",
};

/** An element with attributes, listeners and children. `on*` functions become listeners, `class` and `text` are as they sound. */
export function el(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue;
    if (name === "text") node.textContent = value;
    else if (name === "value") node.value = value;
    else if (name.startsWith("on") && typeof value === "function") node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value === true ? "" : String(value));
  }
  node.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

/** A line drawing 24 × 24, silent for screen readers. */
export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  svg.classList.add("icon", `icon-${name}`);
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", PATHS[name]);
  svg.append(path);
  return svg;
}

/** A round button that shows only a drawing, so it carries its name for those who do not see it. */
export function iconButton(name, label, onclick, attributes = {}) {
  return el("button", { type: "button", class: "icon-button", "aria-label": label, title: label, onclick, ...attributes }, icon(name));
}

const TONES = 7;

/** A coloured circle with initials; the colour follows the id, so a person keeps it everywhere. */
export function avatar(id, name, drawing = null) {
  const letters = name
    .split(/\s+/)
    .filter(Boolean)
    .slice(0, 2)
    .map((word) => [...word][0].toUpperCase())
    .join("");
  const circle = el("span", { class: `avatar tone-${Math.abs(id) % TONES}`, "aria-hidden": "true" });
  circle.append(drawing ? icon(drawing) : letters || "?");
  return circle;
}

/** The bot's own circle. */
export function botAvatar(bot, name) {
  const circle = avatar(bot, name);
  circle.classList.add("of-bot");
  return circle;
}

export function toneOf(id) {
  return `tone-${Math.abs(id) % TONES}`;
}
