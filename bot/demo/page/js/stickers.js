/** A little panel of emoji: into the text, or as a sticker. */

import { el } from "./dom.js";
import { say } from "./words.js";

const EMOJI = [
  "🙂",
  "😊",
  "😂",
  "😍",
  "🤔",
  "😢",
  "😡",
  "🙏",
  "👍",
  "👎",
  "👏",
  "🤝",
  "💪",
  "✌️",
  "👋",
  "❤️",
  "🔥",
  "🎉",
  "✅",
  "❌",
  "❓",
  "❗",
  "📌",
  "📄",
  "📷",
  "🏠",
  "🏫",
  "🏛",
  "🗳",
  "🇰🇬",
  "🐎",
  "🏔",
];

let asSticker = false;

export function stickerPanel(anchor, { insert, sticker }) {
  document.querySelector(".sticker-panel")?.remove();
  const before = document.activeElement;
  const panel = el("div", { class: "sticker-panel", role: "dialog", "aria-label": say("stickers") });
  const close = () => {
    panel.remove();
    document.removeEventListener("pointerdown", outside, true);
    removeEventListener("keydown", keys, true);
    before?.focus?.();
  };
  const outside = (event) => {
    if (!panel.contains(event.target)) close();
  };
  const keys = (event) => {
    if (event.key !== "Escape") return;
    event.stopPropagation();
    close();
  };
  const draw = () =>
    panel.replaceChildren(
      el(
        "div",
        { class: "segments" },
        [
          [false, "as_emoji"],
          [true, "as_sticker"],
        ].map(([value, words]) =>
          el("button", {
            type: "button",
            text: say(words),
            "aria-pressed": String(asSticker === value),
            onclick: () => {
              asSticker = value;
              draw();
            },
          }),
        ),
      ),
      el(
        "div",
        { class: "emoji-grid" },
        EMOJI.map((emoji) =>
          el("button", {
            type: "button",
            text: emoji,
            "aria-label": emoji,
            onclick: () => {
              close();
              (asSticker ? sticker : insert)(emoji);
            },
          }),
        ),
      ),
    );
  draw();
  document.body.append(panel);
  const around = anchor.getBoundingClientRect();
  const widest = innerWidth - panel.offsetWidth - 8;
  panel.style.right = `${Math.max(8, Math.min(widest, innerWidth - around.right - 8))}px`;
  panel.style.bottom = `${innerHeight - around.top + 8}px`;
  document.addEventListener("pointerdown", outside, true);
  addEventListener("keydown", keys, true);
  panel.querySelector(".emoji-grid button").focus();
}
