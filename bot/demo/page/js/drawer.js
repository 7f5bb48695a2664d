/** "What did the bot send?": every Bot API request with its parameters and answer, and a second page with the faults. */

import * as api from "./api.js";
import { toast } from "./dialogs.js";
import { el, icon, iconButton } from "./dom.js";
import { faultsPanel } from "./faults.js";
import { chosenChat } from "./route.js";
import { isGroup, nameOf, on, personOf, world } from "./store.js";
import { say } from "./words.js";

const KEPT = 400;

/** The drawer as an element with `toggle()` and `redraw()`; closed at first. */
export function drawer() {
  const node = el("aside", { class: "drawer", hidden: true, onkeydown: (event) => event.key === "Escape" && toggle() });
  const list = el("ol", { class: "requests" });
  const known = new Map();
  const wanted = { chat: false, refused: false, method: "" };
  let page = "requests";

  function toggle() {
    node.hidden = !node.hidden;
    document.documentElement.classList.toggle("with-drawer", !node.hidden);
    if (node.hidden) return document.querySelector(".drawer-toggle")?.focus();
    redraw();
    load();
    return node.querySelector("button").focus();
  }

  async function load() {
    try {
      const { requests } = await api.requests({});
      for (const request of requests) known.set(request.n, request);
      fill();
    } catch (error) {
      if (!(error instanceof api.Refused)) throw error;
    }
  }

  function redraw() {
    if (node.hidden) return;
    node.setAttribute("aria-label", say("drawer"));
    node.replaceChildren(
      el("header", { class: "drawer-head" }, el("h2", { text: say("drawer") }), iconButton("close", say("close"), toggle)),
      el(
        "div",
        { class: "segments", role: "tablist" },
        ["requests", "faults"].map((name) =>
          el("button", {
            type: "button",
            role: "tab",
            "aria-selected": String(page === name),
            text: say(name),
            onclick: () => {
              page = name;
              redraw();
              node.querySelector('[aria-selected="true"]').focus();
            },
          }),
        ),
      ),
      ...(page === "requests" ? [filters(), list] : [faultsPanel()]),
    );
    if (page === "requests") fill();
  }

  const filters = () =>
    el(
      "div",
      { class: "filters" },
      el("input", {
        type: "search",
        placeholder: say("method"),
        "aria-label": say("method"),
        value: wanted.method,
        oninput: (event) => {
          wanted.method = event.target.value.trim().toLowerCase();
          fill();
        },
      }),
      check("only_this_chat", "chat"),
      check("only_refused", "refused"),
      el("button", {
        type: "button",
        class: "small",
        text: say("clear"),
        onclick: () => {
          known.clear();
          fill();
        },
      }),
    );

  const check = (words, field) =>
    el(
      "label",
      { class: "check" },
      el("input", {
        type: "checkbox",
        checked: wanted[field],
        onchange: (event) => {
          wanted[field] = event.target.checked;
          fill();
        },
      }),
      el("span", { text: say(words) }),
    );

  const meets = (request) =>
    (!wanted.chat || chatIn(request) === chosenChat()) &&
    (!wanted.refused || !request.ok) &&
    (!wanted.method || request.method.toLowerCase().includes(wanted.method));

  function fill() {
    if (node.hidden || page !== "requests") return;
    const shown = [...known.values()].filter(meets).sort((a, b) => b.n - a.n);
    const before = new Map([...list.children].map((child) => [Number(child.dataset.n), child]));
    const focused = document.activeElement;
    list.replaceChildren(...shown.map((request) => before.get(request.n) ?? entry(request)));
    if (list.contains(focused)) focused.focus({ preventScroll: true });
    if (!shown.length) list.replaceChildren(el("li", { class: "hint", text: say("no_requests") }));
  }

  on("request", (request) => {
    if (typeof request.n !== "number") return;
    known.set(request.n, request);
    if (known.size > KEPT) known.delete(Math.min(...known.keys()));
    const old = list.querySelector(`[data-n="${request.n}"]`);
    if (old) old.replaceWith(entry(request));
    fill();
  });

  return { node, toggle, redraw, fill };
}

function chatIn(request) {
  const id = request.chat_id ?? request.params?.chat_id;
  return id === undefined || id === null ? null : Number(id);
}

function entry(request) {
  const chat = chatIn(request);
  const body = el("div", { class: "request-body" });
  const details = el(
    "details",
    { ontoggle: () => details.open && !body.childNodes.length && body.append(...opened(request)) },
    el(
      "summary",
      {},
      el(
        "span",
        { class: request.ok ? "mark ok" : "mark refused" },
        icon(request.ok ? "check" : "close"),
        el("span", { class: "only-heard", text: request.ok ? "ok" : "refused" }),
      ),
      el(
        "span",
        { class: "request-words" },
        el("span", { class: "request-method", text: request.method }),
        el("span", {
          class: "request-chat",
          text: request.ok ? (chat === null ? "" : chatName(chat)) : (request.error ?? request.response?.description ?? ""),
        }),
      ),
      el("time", { text: moment(request.at) }),
      !request.ok && request.status ? el("span", { class: "status", text: request.status }) : null,
    ),
    body,
  );
  return el("li", { "data-n": request.n }, details);
}

function chatName(id) {
  const chat = world.chats.get(id);
  if (!chat) return String(id);
  return isGroup(chat) ? chat.title : nameOf(personOf(chat.person));
}

const moment = (at) =>
  (typeof at === "number" ? new Date(at * 1000) : new Date(at)).toLocaleTimeString("ru-RU", { timeZone: "Asia/Bishkek" });

function opened(request) {
  const parts = [el("h3", {}, say("params"), copyButton(request.params)), pretty(unfolded(request.params ?? {}))];
  if (request.files?.length) parts.push(el("h3", { text: say("files") }), pretty(request.files));
  parts.push(
    el("h3", {}, `${say("answer")} `, el("span", { class: "status", text: request.status ?? "" })),
    pretty(request.response ?? request.error ?? null),
  );
  return parts;
}

const copyButton = (what) =>
  iconButton("copy", say("copy_json"), async () => {
    await navigator.clipboard?.writeText(JSON.stringify(unfolded(what), null, 2)).catch(() => {});
    toast(say("copied", { text: "JSON" }));
  });

/** Parameters that travel as JSON inside a form are shown as what they are. */
function unfolded(params) {
  return Object.fromEntries(
    Object.entries(params ?? {}).map(([name, value]) => {
      if (typeof value !== "string" || !/^[[{]/.test(value)) return [name, value];
      try {
        return [name, JSON.parse(value)];
      } catch {
        return [name, value];
      }
    }),
  );
}

const TOKENS = /("(?:\\.|[^"\\])*")(\s*:)?|\b(true|false|null)\b|-?\d+(?:\.\d+)?(?:e[+-]?\d+)?/gi;

/** JSON with its keys and values in colours; each piece is a text node. */
function pretty(what) {
  const words = JSON.stringify(what, null, 2);
  const box = el("pre", { class: "json", tabindex: "0" });
  let at = 0;
  for (const match of words.matchAll(TOKENS)) {
    box.append(words.slice(at, match.index));
    const kind = match[2] ? "key-name" : match[1] ? "string" : match[3] ? "word" : "number";
    box.append(el("span", { class: kind, text: match[1] ?? match[0] }), match[2] ?? "");
    at = match.index + match[0].length;
  }
  box.append(words.slice(at));
  return box;
}
