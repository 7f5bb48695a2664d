/** A small menu at a point or a button: arrows walk, Escape closes, the focus goes back to where it was. */

import { el, icon } from "./dom.js";

let open = null;

export function closeMenu() {
  open?.();
}

/** `items` are {words, drawing, run, danger} or {reactions: [...], run(emoji)}; falsy ones are left out. */
export function showMenu(items, { x, y, anchor }) {
  closeMenu();
  const before = document.activeElement;
  const menu = el("div", { class: "menu", role: "menu" }, items.filter(Boolean).map(drawn));
  document.body.append(menu);
  settle(menu, anchor?.getBoundingClientRect() ?? { left: x, right: x, top: y, bottom: y });

  const buttons = [...menu.querySelectorAll("button")];
  const outside = (event) => {
    if (!menu.contains(event.target)) open?.();
  };
  const keys = (event) => {
    const at = buttons.indexOf(document.activeElement);
    const step = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
    if (step) buttons.at((at + step + buttons.length) % buttons.length).focus();
    else if (event.key === "Escape" || event.key === "Tab") open?.();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  open = () => {
    open = null;
    menu.remove();
    document.removeEventListener("pointerdown", outside, true);
    if (before?.isConnected) before.focus({ preventScroll: true });
  };
  menu.addEventListener("keydown", keys);
  document.addEventListener("pointerdown", outside, true);
  (menu.querySelector("button:not(.reaction-choice)") ?? buttons[0])?.focus({ preventScroll: true });
}

function drawn(item) {
  if (item.reactions) {
    return el(
      "div",
      { class: "reaction-choices", role: "group" },
      item.reactions.map(([emoji, label, mine]) =>
        el("button", {
          type: "button",
          role: "menuitem",
          class: mine ? "reaction-choice mine" : "reaction-choice",
          "aria-label": label,
          text: emoji,
          onclick: () => done(() => item.run(emoji, mine)),
        }),
      ),
    );
  }
  return el(
    "button",
    { type: "button", role: "menuitem", class: item.danger ? "danger" : null, onclick: () => done(item.run) },
    icon(item.drawing),
    el("span", { text: item.words }),
  );
}

function done(run) {
  closeMenu();
  run();
}

function settle(menu, around) {
  const gap = 6;
  const { width, height } = menu.getBoundingClientRect();
  const left = Math.min(around.left, innerWidth - width - gap);
  const below = around.bottom + gap + height < innerHeight;
  menu.style.left = `${Math.max(gap, left)}px`;
  menu.style.top = `${Math.max(gap, below ? around.bottom + gap : around.top - height - gap)}px`;
}
