/** The messages of one chat: rows are kept and only what changed is drawn anew, so nothing jumps and open quotes stay open. */

import { botAvatar, el, iconButton } from "./dom.js";
import { bubble } from "./bubbles.js";
import { measureQuotes } from "./entities.js";
import { measureLabels } from "./keyboards.js";
import { toast } from "./dialogs.js";
import { serviceWords } from "./services.js";
import { speakerOf } from "./speaker.js";
import { chatOf, history, isGroup, loadEarlier, nameOf, now, on, world } from "./store.js";
import { dayInWords, dayOf, language, say } from "./words.js";

const RUN_SECONDS = 600;
const NEAR_END = 60;

export function messageLog(taps) {
  const list = el("ol", { class: "log", role: "log", "aria-live": "polite" });
  const scroller = el("div", { class: "scroller", tabindex: "-1" }, list);
  const down = iconButton("down", "", () => toEnd("smooth"), { class: "icon-button to-end", hidden: true });
  const node = el("div", { class: "log-frame" }, scroller, down);
  let id = null;
  let rows = new Map();
  let news = 0;
  let sticking = true;

  const atEnd = () => scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < NEAR_END;
  const toEnd = (behavior = "instant") => scroller.scrollTo({ top: scroller.scrollHeight, behavior });

  function open(chat) {
    id = chat;
    rows = new Map();
    news = 0;
    list.replaceChildren();
    sticking = true;
    draw(true);
  }

  function draw(stick = atEnd()) {
    const chat = chatOf(id);
    if (!chat) return;
    const anchor = stick ? null : firstShown();
    const focus = focusInside();
    const wanted = items(chat);
    const next = new Map();
    const fresh = [];
    for (const item of wanted) {
      const known = rows.get(item.key);
      const same =
        known &&
        known.mark === item.mark &&
        known.parts.length === item.parts.length &&
        known.parts.every((part, at) => part === item.parts[at]);
      const row = same ? known : { ...item, node: item.draw() };
      if (!same) fresh.push(row.node);
      next.set(item.key, row);
    }
    place([...next.values()].map((row) => row.node));
    rows = next;
    for (const one of fresh) measure(one);
    if (focus && !document.activeElement?.closest?.(".log")) refocus(focus);
    sticking = stick;
    if (stick) toEnd();
    else if (anchor) restore(anchor);
    showDown();
  }

  function place(nodes) {
    const keep = new Set(nodes);
    for (const child of [...list.children]) if (!keep.has(child)) child.remove();
    nodes.forEach((child, at) => {
      if (list.children[at] !== child) list.insertBefore(child, list.children[at] ?? null);
    });
  }

  function items(chat) {
    const known = history(chat.id);
    if (!known.loaded) return [pill("loading", say("loading"))];
    if (!known.messages.length) return [isGroup(chat) ? pill("empty", say("empty_group")) : welcome(chat)];
    const viewer = speakerOf(chat);
    const groups = albums(known.messages);
    const made = [];
    groups.forEach((messages, at) => {
      const before = groups[at - 1]?.at(-1);
      const after = groups[at + 1]?.[0];
      const [message] = messages;
      const day = dayOf(message.date);
      if (!before || dayOf(before.date) !== day)
        made.push({ ...pill(`day-${day}`, dayInWords(message.date, now())), mark: `${day}${language()}` });
      const around = {
        viewer,
        group: isGroup(chat),
        taps,
        first: !together(before, message),
        last: !together(messages.at(-1), after),
      };
      const mark = JSON.stringify([viewer, around.first, around.last, language()]);
      made.push({ key: message.message_id, parts: messages, mark, draw: () => bubble(messages, around) });
    });
    if (!known.whole)
      made.unshift({
        key: "earlier",
        parts: [],
        mark: language(),
        draw: () => el("li", { class: "service" }, el("button", { type: "button", text: say("earlier"), onclick: () => loadEarlier(id) })),
      });
    return made;
  }

  const pill = (key, words) => ({
    key,
    parts: [],
    mark: words,
    draw: () => el("li", { class: "service day" }, el("span", { text: words })),
  });

  function welcome({ description }) {
    return {
      key: "welcome",
      parts: [],
      mark: description + language(),
      draw: () =>
        el(
          "li",
          { class: "welcome" },
          botAvatar(world.bot.id, nameOf(world.bot)),
          el("strong", { text: say("what_can") }),
          el("p", { text: description || say("no_description") }),
        ),
    };
  }

  function firstShown() {
    const top = scroller.getBoundingClientRect().top;
    const row = [...list.children].find((child) => child.dataset.id && child.getBoundingClientRect().bottom > top);
    return row ? { id: row.dataset.id, offset: row.getBoundingClientRect().top - top } : null;
  }

  function restore({ id: anchor, offset }) {
    const row = list.querySelector(`[data-id="${anchor}"]`);
    if (row) scroller.scrollTop += row.getBoundingClientRect().top - scroller.getBoundingClientRect().top - offset;
  }

  function focusInside() {
    const focused = document.activeElement;
    if (!list.contains(focused)) return null;
    return {
      row: focused.closest("[data-id]")?.dataset.id,
      key: focused.matches(".key") ? [focused.dataset.row, focused.dataset.column] : null,
    };
  }

  function refocus({ row, key }) {
    const home = row && list.querySelector(`[data-id="${row}"]`);
    const target =
      home && ((key && home.querySelector(`.key[data-row="${key[0]}"][data-column="${key[1]}"]`)) || home.querySelector(".key, .more"));
    target?.focus({ preventScroll: true });
  }

  function showDown() {
    down.hidden = atEnd();
    if (down.hidden) news = 0;
    down.dataset.news = news || "";
    down.title = say("newest");
    down.setAttribute("aria-label", say("newest"));
  }

  function jump(message) {
    const row = list.querySelector(`[data-id="${message}"]`);
    if (!row) return toast(say("gone"));
    row.scrollIntoView({ block: "center", behavior: "smooth" });
    row.classList.remove("lit");
    void row.offsetWidth;
    row.classList.add("lit");
  }

  function measure(root) {
    measureQuotes(root);
    measureLabels(root);
  }

  scroller.addEventListener("scroll", () => {
    sticking = atEnd();
    showDown();
    if (scroller.scrollTop < 80 && id !== null && history(id).loaded && scroller.scrollHeight > scroller.clientHeight) loadEarlier(id);
  });
  let width = 0;
  const sizes = new ResizeObserver(() => {
    if (sticking) toEnd();
    if (list.clientWidth === width) return;
    width = list.clientWidth;
    measure(list);
  });
  sizes.observe(scroller);
  sizes.observe(list);

  on("message", ({ chat, message, fresh }) => {
    if (chat !== id) return;
    const own = message.from?.id === speakerOf(chatOf(id));
    if (fresh && !own && !atEnd()) news += 1;
    draw(own || atEnd());
  });
  for (const kind of ["edited", "deleted", "reaction", "history", "chat"]) on(kind, (event) => event.chat === id && draw());
  on("world", () => draw());

  return { node, open, draw, jump, toEnd };
}

/** Consecutive messages of one album stand together. */
function albums(messages) {
  const groups = [];
  for (const message of messages) {
    const last = groups.at(-1);
    if (message.media_group_id && last?.[0].media_group_id === message.media_group_id) last.push(message);
    else groups.push([message]);
  }
  return groups;
}

function together(a, b) {
  return Boolean(
    a &&
    b &&
    a.from?.id === b.from?.id &&
    b.date - a.date < RUN_SECONDS &&
    dayOf(a.date) === dayOf(b.date) &&
    !serviceWords(a) &&
    !serviceWords(b),
  );
}
