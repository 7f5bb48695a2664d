/** Telegram's text with its entities, as elements. Offsets are UTF-16 units, as in JavaScript's own strings, so slices are exact. */

import { el, icon } from "./dom.js";
import { say } from "./words.js";

const TAGS = { bold: "strong", italic: "em", underline: "u", strikethrough: "s", code: "code" };
const BLOCKS = new Set(["pre", "blockquote", "expandable_blockquote"]);
const SAFE = /^(https?|tg|mailto|tel):/i;

/**
 * A fragment for `text`. `taps` tells what a tap does: `link(url, shown)`, `command(words)`, `mention(name)`.
 * Entities may be nested; one that crosses another's edge is cut there.
 */
export function formatted(text, entities, taps) {
  const fragment = document.createDocumentFragment();
  const queue = [...(entities ?? [])].sort((a, b) => a.offset - b.offset || b.length - a.length);
  fill(fragment, text, 0, text.length, queue, taps);
  return fragment;
}

function fill(parent, text, from, to, queue, taps) {
  let at = from;
  while (queue.length) {
    const entity = queue.shift();
    const start = Math.max(entity.offset, at);
    const end = Math.min(entity.offset + entity.length, to);
    if (end <= start) continue;
    parent.append(text.slice(at, start));
    const inner = [];
    while (queue.length && queue[0].offset < end) inner.push(queue.shift());
    const rest = inner
      .filter((other) => other.offset + other.length > end)
      .map((other) => ({ ...other, offset: end, length: other.offset + other.length - end }));
    queue.unshift(...rest);
    const [outer, body] = element(entity, text.slice(start, end), taps);
    fill(body, text, start, end, inner, taps);
    parent.append(outer);
    at = BLOCKS.has(entity.type) && text[end] === "\n" ? end + 1 : end;
  }
  parent.append(text.slice(at, to));
}

function element(entity, words, taps) {
  if (entity.type in TAGS) return both(el(TAGS[entity.type]));
  switch (entity.type) {
    case "pre": {
      const code = el("code", { class: entity.language ? `language-${entity.language}` : null });
      return [el("pre", { "data-language": entity.language, tabindex: "0" }, code), code];
    }
    case "blockquote":
      return both(el("blockquote"));
    case "expandable_blockquote":
      return expandable();
    case "spoiler":
      return both(spoiler());
    case "text_link":
      return both(link(entity.url, words, taps));
    case "url":
      return both(link(/^[a-z]+:/i.test(words) ? words : `https://${words}`, words, taps));
    case "email":
      return both(link(`mailto:${words}`, words, taps));
    case "phone_number":
      return both(link(`tel:${words.replace(/[^+\d]/g, "")}`, words, taps));
    case "bot_command":
      return both(tap("command", () => taps.command?.(words)));
    case "mention":
      return both(tap("mention", () => taps.mention?.(words)));
    case "hashtag":
    case "cashtag":
    case "text_mention":
      return both(el("span", { class: entity.type }));
    case "custom_emoji":
    case "date_time":
      return both(el("span", { class: entity.type }));
    default:
      return both(el("span", { class: "unknown-entity", "data-type": entity.type }));
  }
}

const both = (node) => [node, node];

function tap(kind, onclick) {
  return el("button", { type: "button", class: `inline-tap ${kind}`, onclick });
}

function link(address, words, taps) {
  if (!SAFE.test(address)) return el("span", { class: "dead-link" });
  return el("a", {
    href: address,
    rel: "noreferrer noopener",
    target: "_blank",
    onclick: (event) => {
      event.preventDefault();
      taps.link?.(address, words);
    },
  });
}

function spoiler() {
  const veil = el("span", { class: "spoiler", role: "button", tabindex: "0", "aria-label": say("hidden_words") });
  const show = (event) => {
    if (veil.classList.contains("shown") || (event.key && event.key !== "Enter" && event.key !== " ")) return;
    event.preventDefault();
    event.stopPropagation();
    veil.classList.add("shown");
    for (const name of ["role", "tabindex", "aria-label"]) veil.removeAttribute(name);
  };
  veil.addEventListener("click", show, true);
  veil.addEventListener("keydown", show, true);
  return veil;
}

function expandable() {
  const body = el("div", { class: "quote-body" });
  const toggle = el(
    "button",
    { type: "button", class: "quote-toggle", "aria-expanded": "false", "aria-label": say("unfold"), onclick: () => turn() },
    icon("down"),
  );
  const quote = el("blockquote", { class: "expandable" }, body, toggle);
  const turn = () => {
    const open = quote.classList.toggle("unfolded");
    toggle.setAttribute("aria-expanded", String(open));
    toggle.setAttribute("aria-label", say(open ? "fold" : "unfold"));
  };
  body.addEventListener("click", (event) => {
    if (!event.target.closest("a, button, .spoiler") && !quote.classList.contains("unfolded") && !quote.classList.contains("short")) turn();
  });
  return [quote, body];
}

/** Quotes that fit in their three lines need no arrow; measured once they are on the screen. */
export function measureQuotes(root) {
  for (const quote of root.querySelectorAll("blockquote.expandable:not(.unfolded)")) {
    const body = quote.firstElementChild;
    quote.classList.toggle("short", body.scrollHeight <= body.clientHeight + 2);
  }
}

const SEGMENTS = new Intl.Segmenter("ru", { granularity: "grapheme" });

/** One to three emoji and nothing else are shown large, as Telegram does. */
export function onlyEmoji(text, entities) {
  if (
    !text ||
    text.length > 30 ||
    entities?.length ||
    !/^[\p{Extended_Pictographic}\p{Emoji_Component}]+$/u.test(text) ||
    /^[\d#*]+$/.test(text)
  )
    return false;
  return [...SEGMENTS.segment(text)].length <= 3;
}
