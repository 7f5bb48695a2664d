/** One message (or one album) as a bubble. Pure: from a message and what surrounds it to an element. */

import { avatar, botAvatar, el, icon, toneOf } from "./dom.js";
import { formatted, onlyEmoji } from "./entities.js";
import { inlineKeyboard } from "./keyboards.js";
import { album, contact, file, photo, place, sound, video } from "./media.js";
import { poll } from "./polls.js";
import { preview } from "./preview.js";
import { serviceWords } from "./services.js";
import { nameOf, votesOf } from "./store.js";
import { clock, say } from "./words.js";

/**
 * `messages` is one message, or all of one album. `around`: {viewer, group, first, last, taps}: `first` and `last`
 * tell the place in a run of one sender, `taps` what a touch does.
 */
export function bubble(messages, around) {
  const [message] = messages;
  const service = serviceWords(message);
  if (service) return el("li", { class: "service", "data-id": message.message_id }, el("span", { text: service }));

  const mine = message.from?.id === around.viewer;
  const classes = ["row", mine ? "mine" : "theirs", around.first ? "first" : "", around.last ? "last" : ""];
  const kind = kindOf(message, messages);
  const box = el(
    "article",
    { class: `bubble ${kind}`, "aria-label": `${nameOf(message.from)}, ${clock(message.date)}` },
    author(message, mine, around),
    forwarded(message),
    via(message),
    quote(message, around.taps),
    ...body(messages, around),
    reactionRow(message, around),
    meta(messages, mine),
  );
  const keyboard = message.reply_markup?.inline_keyboard
    ? inlineKeyboard(message.reply_markup, (button, row, column) => around.taps.press(message, button, row, column))
    : null;
  const face =
    around.group && !mine
      ? el(
          "span",
          { class: "face" },
          around.last ? (message.from?.is_bot ? botAvatar : avatar)(message.from?.id ?? 0, nameOf(message.from)) : null,
        )
      : null;
  const row = el(
    "li",
    { class: classes.join(" "), "data-id": message.message_id },
    face,
    el("div", { class: keyboard ? "stack keyed" : "stack" }, box, keyboard),
    el(
      "button",
      {
        type: "button",
        class: "more",
        "aria-label": say("actions"),
        "aria-haspopup": "menu",
        onclick: (event) => around.taps.actions(messages, { anchor: event.currentTarget }),
      },
      icon("more"),
    ),
  );
  box.addEventListener("contextmenu", (event) => {
    if (event.target.closest("a")) return;
    event.preventDefault();
    around.taps.actions(messages, { x: event.clientX, y: event.clientY });
  });
  return row;
}

function kindOf(message, messages) {
  if (message.sticker || message.dice || onlyEmoji(message.text, message.entities)) return "bare";
  if (messages.length > 1 || message.photo || message.video) return captionOf(messages) ? "pictured" : "pictured wordless";
  return message.text === undefined ? "other" : "worded";
}

const captionOf = (messages) => messages.find((message) => message.caption);

function author(message, mine, around) {
  if (!around.group || mine || !around.first) return null;
  return el("span", { class: `author ${toneOf(message.from?.id ?? 0)}`, text: nameOf(message.from ?? message.sender_chat) });
}

function forwarded(message) {
  const origin = message.forward_origin;
  if (!origin) return null;
  const name = origin.sender_user_name ?? nameOf(origin.sender_user ?? origin.sender_chat ?? origin.chat);
  return el("span", { class: "forwarded", text: say("forwarded", { name }) });
}

function via(message) {
  return message.via_bot ? el("span", { class: "forwarded", text: say("via", { name: `@${message.via_bot.username}` }) }) : null;
}

function quote(message, taps) {
  const origin = message.reply_to_message;
  if (!origin) return null;
  return el(
    "button",
    { type: "button", class: `quoted ${toneOf(origin.from?.id ?? 0)}`, title: say("jump"), onclick: () => taps.jump(origin.message_id) },
    el("span", { class: "quoted-name", text: nameOf(origin.from ?? origin.sender_chat) }),
    el("span", { class: "quoted-words", text: message.quote?.text ?? preview(origin) }),
  );
}

function body(messages, around) {
  const [message] = messages;
  const { taps } = around;
  const parts = [];
  if (messages.length > 1 && messages.every((one) => one.photo || one.video)) parts.push(album(messages));
  else if (messages.length > 1) parts.push(...messages.map((one) => media(one, around)));
  else parts.push(media(message, around));
  const captioned = captionOf(messages);
  if (message.text !== undefined) {
    const big = onlyEmoji(message.text, message.entities);
    parts.push(el("div", { class: big ? "words huge" : "words" }, formatted(message.text, message.entities, taps)));
  } else if (captioned) {
    const words = el("div", { class: "words" }, formatted(captioned.caption, captioned.caption_entities, taps));
    if (captioned.show_caption_above_media) parts.unshift(words);
    else parts.push(words);
  } else if (parts.every((part) => part === null)) {
    parts.push(el("div", { class: "words unknown", text: say("unknown_kind") }));
  }
  return parts;
}

function media(message, around) {
  if (message.photo) return photo(message);
  if (message.video) return video(message.video);
  if (message.animation) return video(message.animation);
  if (message.document) return file(message.document);
  if (message.voice) return sound(message.voice, null);
  if (message.audio) return sound(message.audio, message.audio.title ?? message.audio.file_name ?? say("audio"));
  if (message.venue) return place(message.venue.location, message.venue, around.taps.link);
  if (message.location) return place(message.location, null, around.taps.link);
  if (message.contact) return contact(message.contact);
  if (message.poll) return poll(message.poll, votesOf(message, around.viewer), (options) => around.taps.vote(message, options), around.taps);
  if (message.sticker)
    return el("div", {
      class: "sticker",
      role: "img",
      "aria-label": `${say("sticker")} ${message.sticker.emoji ?? ""}`,
      text: message.sticker.emoji ?? "◻",
    });
  if (message.dice) return el("div", { class: "sticker", text: `${message.dice.emoji} ${message.dice.value}` });
  return null;
}

/** The reactions {by, reaction} of a message as counts by emoji, and whether the viewer's is among them. */
export function countsOf({ reactions = [] }, viewer) {
  const counts = new Map();
  for (const one of reactions) {
    const emoji = one.reaction.emoji ?? "⭐";
    const known = counts.get(emoji) ?? { count: 0, mine: false };
    counts.set(emoji, { count: known.count + 1, mine: known.mine || one.by === viewer });
  }
  return counts;
}

function reactionRow(message, around) {
  const counts = countsOf(message, around.viewer);
  if (!counts.size) return null;
  return el(
    "div",
    { class: "reactions" },
    [...counts].map(([emoji, { count, mine }]) =>
      el(
        "button",
        {
          type: "button",
          class: mine ? "reaction mine" : "reaction",
          "aria-pressed": String(mine),
          "aria-label": say("react_with", { emoji }),
          onclick: () => around.taps.react(message, mine ? null : emoji),
        },
        el("span", { text: emoji }),
        count > 1 ? el("span", { class: "count", text: count }) : null,
      ),
    ),
  );
}

function meta(messages, mine) {
  const last = messages.at(-1);
  return el(
    "span",
    { class: "meta" },
    messages.some((message) => message.edit_date) ? el("span", { class: "edited", text: say("edited") }) : null,
    el("time", { datetime: new Date(last.date * 1000).toISOString(), text: clock(last.date) }),
    mine && messages.every((message) => message.unseen_by_bot)
      ? el("span", { class: "unseen", title: say("unseen"), role: "img", "aria-label": say("unseen") }, icon("hidden"))
      : mine
        ? icon("ticks")
        : null,
  );
}
