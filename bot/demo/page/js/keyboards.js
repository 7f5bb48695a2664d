/** Inline keyboards under a bubble and reply keyboards above the input. Labels are cut by an ellipsis exactly where Telegram would cut them. */

import { el, icon } from "./dom.js";
import { say } from "./words.js";

const MARKS = [
  ["url", "out"],
  ["copy_text", "copy"],
  ["switch_inline_query", "inline"],
  ["switch_inline_query_current_chat", "inline"],
  ["switch_inline_query_chosen_chat", "inline"],
  ["web_app", "out"],
];

/** `press(button, row, column)` returns a promise; while it lasts the button shimmers and takes no second press. */
export function inlineKeyboard(markup, press) {
  const rows = markup.inline_keyboard.filter((row) => row.length);
  if (!rows.length) return null;
  return el(
    "div",
    { class: "inline-keyboard" },
    rows.map((row, y) =>
      el(
        "div",
        { class: "button-row" },
        row.map((button, x) => inlineButton(button, y, x, press)),
      ),
    ),
  );
}

function inlineButton(button, row, column, press) {
  const mark = MARKS.find(([kind]) => kind in button)?.[1];
  const node = el(
    "button",
    { type: "button", class: "key", title: button.text, "data-row": row, "data-column": column, "data-style": button.style },
    el("span", { class: "label", text: button.text }),
    mark && icon(mark),
  );
  node.addEventListener("click", async () => {
    if (node.getAttribute("aria-busy") === "true") return;
    node.setAttribute("aria-busy", "true");
    try {
      await press(button, row, column);
    } finally {
      node.removeAttribute("aria-busy");
    }
  });
  return node;
}

/** `tap(button)` is called with Telegram's KeyboardButton. */
export function replyKeyboard(markup, tap) {
  const rows = markup.keyboard.map((row) =>
    el(
      "div",
      { class: "button-row" },
      row.map((button) => {
        const made = typeof button === "string" ? { text: button } : button;
        const mark = made.request_contact ? "person" : made.request_location ? "place" : made.web_app ? "out" : null;
        return el(
          "button",
          { type: "button", class: "key", title: made.text, onclick: () => tap(made) },
          el("span", { class: "label", text: made.text }),
          mark && icon(mark),
        );
      }),
    ),
  );
  return el(
    "div",
    { class: markup.resize_keyboard ? "reply-keyboard resized" : "reply-keyboard", role: "group", "aria-label": say("keyboard") },
    rows,
  );
}

/** Mark labels that do not fit: the person sees an ellipsis, whoever writes the bot sees a corner and the whole words. */
export function measureLabels(root) {
  for (const label of root.querySelectorAll(".key > .label")) {
    const cut = label.scrollWidth > label.clientWidth;
    label.parentElement.toggleAttribute("data-cut", cut);
    label.parentElement.title = cut ? say("cut", { text: label.textContent }) : label.textContent;
  }
}
