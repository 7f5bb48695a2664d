/** Polls and quizzes that can be answered. */

import { el, icon } from "./dom.js";
import { formatted } from "./entities.js";
import { say } from "./words.js";

const rightOnes = (poll) => poll.correct_option_ids ?? (poll.correct_option_id === undefined ? [] : [poll.correct_option_id]);

/** `mine` are the options this person chose (empty: not voted yet); `vote(options)` sends the choice. */
export function poll(it, mine, vote, taps) {
  const voted = mine.length > 0;
  const open = !voted && !it.is_closed;
  const kind = it.is_closed
    ? say("closed_poll")
    : `${say(it.is_anonymous === false ? "open_vote" : "anonymous")} · ${say(it.type === "quiz" ? "quiz" : "poll").toLowerCase()}`;
  const options = el(
    "ul",
    { class: "options" },
    it.options.map((option, index) => el("li", {}, open ? choice(it, option, index, vote, taps) : result(it, option, index, mine, taps))),
  );
  const box = el(
    "div",
    { class: "poll" },
    el("p", { class: "question" }, formatted(it.question, it.question_entities, taps)),
    el("p", { class: "poll-kind", text: kind }),
    options,
  );
  if (open && it.allows_multiple_answers)
    box.append(el("button", { type: "button", class: "poll-vote", text: say("vote"), onclick: () => vote(checked(options)) }));
  if (!open && it.explanation) box.append(el("p", { class: "explanation" }, formatted(it.explanation, it.explanation_entities, taps)));
  box.append(el("p", { class: "votes", text: it.total_voter_count ? say("votes", { n: it.total_voter_count }) : say("nobody_voted") }));
  return box;
}

const checked = (options) => [...options.querySelectorAll("input:checked")].map((input) => Number(input.value));

function choice(it, option, index, vote, taps) {
  const words = el("span", { class: "option-text" }, formatted(option.text, option.text_entities, taps));
  if (it.allows_multiple_answers) return el("label", { class: "option" }, el("input", { type: "checkbox", value: String(index) }), words);
  return el("button", { type: "button", class: "option", onclick: () => vote([index]) }, el("span", { class: "dot" }), words);
}

function result(it, option, index, mine, taps) {
  const share = it.total_voter_count ? Math.round((100 * option.voter_count) / it.total_voter_count) : 0;
  const right = rightOnes(it).includes(index);
  const chosen = mine.includes(index);
  const state = it.type !== "quiz" ? (chosen ? "chosen" : "") : right ? "right" : chosen ? "wrong" : "";
  const bar = el("span", { class: "bar" });
  bar.style.setProperty("--share", `${share}%`);
  return el(
    "div",
    { class: `option result ${state}` },
    el("span", { class: "share", text: `${share}%` }),
    el(
      "span",
      { class: "option-text" },
      formatted(option.text, option.text_entities, taps),
      state === "right" || state === "wrong" ? el("span", { class: "only-heard", text: ` (${say(state)})` }) : null,
    ),
    state === "wrong" ? icon("close") : state ? icon("check") : null,
    bar,
  );
}
