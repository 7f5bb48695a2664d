/** Trouble on demand: latency, rate limits and the next calls that shall go wrong. */

import * as api from "./api.js";
import { toast } from "./dialogs.js";
import { el, iconButton } from "./dom.js";
import { attempt } from "./links.js";
import { chosenChat } from "./route.js";
import { say } from "./words.js";

const DEEDS = [
  "429",
  "500",
  "502html",
  "timeout_before",
  "timeout_after",
  "drop_before",
  "drop_after",
  "hold_before",
  "hold_after",
  "bad_json",
  "403_blocked",
  "400_chat_not_found",
  "401",
  "migrate",
];
const METHODS = ["*", "sendMessage", "editMessageText", "answerCallbackQuery", "sendPhoto", "sendDocument", "getUpdates"];
const LIMITS = ["all_per_second", "chat_per_second", "group_per_minute"];

export function faultsPanel() {
  const box = el("div", { class: "faults" });
  const show = async () => {
    await attempt(async () => draw(box, await api.faults(), change));
  };
  const change = (given, words) =>
    attempt(async () => {
      await api.setFaults(given);
      if (words) toast(words);
      await show();
    });
  show();
  return box;
}

function draw(box, faults, change) {
  box.replaceChildren(always(faults, change), next(faults, change), held(faults, change));
}

function always(faults, change) {
  return el(
    "form",
    {
      class: "fault-form",
      onsubmit: (event) => {
        event.preventDefault();
        const { elements } = event.target;
        change(
          {
            latency_ms: Number(elements.latency.value),
            clock_shift_s: Number(elements.shift.value),
            rate_limits: elements.limited.checked,
            limits: Object.fromEntries(LIMITS.map((name) => [name, Number(elements[name].value)])),
          },
          say("applied"),
        );
      },
    },
    number("latency", say("latency"), faults.latency_ms, { min: 0, step: 50 }),
    number("shift", say("clock_shift"), faults.clock_shift_s, { step: 1 }),
    el(
      "label",
      { class: "check" },
      el("input", { type: "checkbox", name: "limited", checked: faults.rate_limits }),
      el("span", { text: say("rate_limits") }),
    ),
    ...LIMITS.map((name) => number(name, say(name), faults.limits?.[name], { min: 0, step: "any" })),
    el("button", { type: "submit", class: "strong", text: say("apply") }),
  );
}

function next(faults, change) {
  const planned = faults.next ?? [];
  const chat = chosenChat();
  return el(
    "section",
    {},
    el("h3", { text: say("next_faults") }),
    planned.length
      ? el(
          "ul",
          { class: "planned" },
          planned.map((one, at) =>
            el(
              "li",
              {},
              el("code", { text: sentence(one) }),
              iconButton("close", say("remove"), () => change({ next: planned.toSpliced(at, 1) })),
            ),
          ),
        )
      : el("p", { class: "hint", text: say("none") }),
    el(
      "form",
      {
        class: "fault-form",
        onsubmit: (event) => {
          event.preventDefault();
          const { elements } = event.target;
          const made = { method: elements.method.value.trim() || "*", do: elements.do.value, times: Number(elements.times.value) };
          if (elements.retry.value) made.retry_after = Number(elements.retry.value);
          if (elements.here?.checked) made.chat_id = chat;
          change({ next: [...planned, made] });
        },
      },
      el(
        "label",
        { class: "field" },
        el("span", { text: say("method") }),
        el("input", { name: "method", list: "fault-methods", value: "*", autocomplete: "off" }),
      ),
      el(
        "datalist",
        { id: "fault-methods" },
        METHODS.map((name) => el("option", { value: name })),
      ),
      el(
        "label",
        { class: "field" },
        el("span", { text: say("what_happens") }),
        el(
          "select",
          { name: "do" },
          DEEDS.map((name) => el("option", { value: name, text: name })),
        ),
      ),
      number("times", say("times"), 1, { min: -1, step: 1 }),
      number("retry", say("retry_after"), "", { min: 1, step: 1 }),
      chat === null
        ? null
        : el("label", { class: "check" }, el("input", { type: "checkbox", name: "here" }), el("span", { text: say("this_chat_only") })),
      el("button", { type: "submit", class: "strong", text: say("add_fault") }),
    ),
  );
}

function held(faults, change) {
  const waiting = faults.held ?? [];
  return el(
    "section",
    {},
    el("button", {
      type: "button",
      class: "strong wide",
      text: `${say("release")}${waiting.length ? ` (${waiting.length})` : ""}`,
      onclick: async () => {
        await attempt(() => api.release());
        await change({});
      },
    }),
  );
}

const sentence = (one) =>
  [
    one.method,
    "→",
    one.do,
    one.times === 1 ? "" : `×${one.times}`,
    one.retry_after ? `${one.retry_after}s` : "",
    one.chat_id ? `#${one.chat_id}` : "",
  ]
    .filter(Boolean)
    .join(" ");

const number = (name, words, value, limits) =>
  el("label", { class: "field" }, el("span", { text: words }), el("input", { type: "number", name, value: value ?? "", ...limits }));
