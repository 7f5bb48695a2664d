/** What lies over the page: toasts, alerts, confirmations, small forms, a photo at full size. */

import { el, iconButton } from "./dom.js";
import { say } from "./words.js";

const TOAST_MS = 4200;
let shelf = null;

/** A word that goes away by itself. */
export function toast(words) {
  shelf ??= document.body.appendChild(el("div", { class: "toasts", role: "status", "aria-live": "polite" }));
  const note = el("div", { class: "toast", text: words, onclick: () => note.remove() });
  shelf.append(note);
  setTimeout(() => note.remove(), TOAST_MS);
}

/** Open a dialog and wait until it closes; the promise holds what it was closed with, null for Escape. */
function ask(kind, fill) {
  return new Promise((resolve) => {
    const dialog = el("dialog", { class: `dialog ${kind}` });
    let result = null;
    const finish = (value) => {
      result = value;
      dialog.close();
    };
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(result);
    });
    dialog.addEventListener("click", (event) => {
      if (event.target === dialog) dialog.close();
    });
    fill(dialog, finish);
    document.body.append(dialog);
    dialog.showModal();
  });
}

const plain = (words, onclick) => el("button", { type: "button", class: "plain", text: words, onclick });
const strong = (words, onclick) => el("button", { type: onclick ? "button" : "submit", class: "strong", text: words, onclick });

/** The modal answer of a callback, and other things that must be read. */
export const alertBox = (words, title = null) =>
  ask("alert", (dialog, finish) => {
    const button = strong(say("ok"), () => finish(true));
    button.autofocus = true;
    dialog.append(
      title ? el("h2", { text: title }) : "",
      el("p", { class: "words", text: words }),
      el("div", { class: "choices" }, button),
    );
  });

/** True when the person agrees. */
export const confirmBox = (words, detail, yes) =>
  ask("confirm", (dialog, finish) => {
    dialog.append(
      el("p", { class: "words", text: words }),
      detail ? el("p", { class: "detail", text: detail }) : "",
      el(
        "div",
        { class: "choices" },
        plain(say("cancel"), () => finish(null)),
        strong(yes, () => finish(true)),
      ),
    );
  });

/**
 * A few fields. Each is {name, label, kind, value, choices, hint, optional}; kind is text, number, select or several.
 * The promise holds {name: value} or null.
 */
export const formBox = (title, fields, yes) =>
  ask("form", (dialog, finish) => {
    const form = el(
      "form",
      {
        method: "dialog",
        onsubmit: (event) => {
          event.preventDefault();
          finish(Object.fromEntries(fields.map((field) => [field.name, valueOf(form, field)])));
        },
      },
      el("h2", { text: title }),
      fields.map(drawn),
      el(
        "div",
        { class: "choices" },
        plain(say("cancel"), () => finish(null)),
        strong(yes),
      ),
    );
    dialog.append(form);
  });

function drawn(field) {
  const hint = field.hint ? el("span", { class: "hint", text: field.hint }) : null;
  if (field.kind === "several") {
    return el(
      "fieldset",
      {},
      el("legend", { text: field.label }),
      field.choices.map(([value, words]) =>
        el("label", { class: "check" }, el("input", { type: "checkbox", name: field.name, value }), words),
      ),
      hint,
    );
  }
  const input =
    field.kind === "select"
      ? el(
          "select",
          { name: field.name },
          field.choices.map(([value, words]) => el("option", { value, text: words })),
        )
      : el("input", {
          name: field.name,
          type: field.kind === "number" ? "number" : "text",
          step: "any",
          required: !field.optional,
          autocomplete: "off",
          value: field.value ?? "",
        });
  return el("label", { class: "field" }, el("span", { text: field.label }), input, hint);
}

function valueOf(form, field) {
  if (field.kind === "several") return [...form.querySelectorAll(`input[name="${field.name}"]:checked`)].map((input) => input.value);
  const words = form.elements[field.name].value.trim();
  return field.kind === "number" ? Number(words) : words;
}

/** Choose one of [value, words, drawing]. */
export const chooseBox = (title, choices) =>
  ask("choose", (dialog, finish) => {
    dialog.append(
      el("h2", { text: title }),
      el(
        "div",
        { class: "list" },
        choices.map(([value, words, drawing]) =>
          el("button", { type: "button", onclick: () => finish(value) }, drawing ?? "", el("span", { text: words })),
        ),
      ),
      el(
        "div",
        { class: "choices" },
        plain(say("cancel"), () => finish(null)),
      ),
    );
  });

/** A dialog whose body redraws itself: `draw(body)` is called at once and by the returned function. */
export function panel(title, draw) {
  let redraw = () => {};
  const closed = ask("panel", (dialog, finish) => {
    const body = el("div", { class: "panel-body" });
    dialog.append(
      el(
        "header",
        {},
        el("h2", { text: title }),
        iconButton("close", say("close"), () => finish(null)),
      ),
      body,
    );
    redraw = () => draw(body);
    redraw();
  });
  return { closed, redraw: () => redraw() };
}

export const lightbox = (address, words) =>
  ask("lightbox", (dialog, finish) => {
    dialog.append(
      el("img", { src: address, alt: words, onclick: () => finish(null) }),
      iconButton("close", say("close"), () => finish(null)),
    );
  });
