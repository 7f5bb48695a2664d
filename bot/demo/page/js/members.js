/** The people of a group and the bot in it: who is admin, who comes and goes. */

import * as api from "./api.js";
import { panel } from "./dialogs.js";
import { avatar, botAvatar, el } from "./dom.js";
import { attempt } from "./links.js";
import { botIsIn, chatOf, inChat, nameOf, on, personOf, refreshed, world } from "./store.js";
import { speakerOf } from "./speaker.js";
import { say } from "./words.js";

const STATUS = { creator: "owner", administrator: "admin", left: "left", kicked: "left" };

export function showMembers(id) {
  const view = panel(say("people_here"), (body) => draw(body, chatOf(id)));
  const stops = ["chat", "world"].map((kind) => on(kind, () => chatOf(id) && view.redraw()));
  view.closed.then(() => stops.forEach((stop) => stop()));
}

export const statusWord = (status) => (STATUS[status] ? say(STATUS[status]) : "");

function draw(body, chat) {
  const by = speakerOf(chat);
  const people = [...(chat.members ?? [])].filter((member) => member.id !== world.bot.id);
  const outside = [...world.people.values()].filter((person) => !people.some((member) => member.id === person.id && inChat(member.status)));
  body.replaceChildren(
    row(
      world.bot.id,
      nameOf(world.bot),
      `${say("bot")}${chat.bot_status === "administrator" ? ` · ${say("admin")}` : ""}`,
      botDeeds(chat, by),
    ),
    el("hr"),
    ...people
      .filter((member) => inChat(member.status))
      .map((member) => row(member.id, nameOf(personOf(member.id)), statusWord(member.status), memberDeeds(chat, by, member))),
    outside.length ? el("h3", { text: say("bring_in") }) : "",
    ...outside.map((person) =>
      row(person.id, nameOf(person), "", [deed(say("add"), () => member(chat, by ?? person.id, person.id, "member"))]),
    ),
  );
}

const row = (id, name, status, deeds) =>
  el(
    "div",
    { class: "member" },
    id === world.bot.id ? botAvatar(id, name) : avatar(id, name),
    el("span", { class: "member-name" }, el("span", { text: name }), status ? el("span", { class: "member-status", text: status }) : null),
    el("span", { class: "member-deeds" }, deeds),
  );

const deed = (words, onclick, danger = false) =>
  el("button", { type: "button", class: danger ? "small danger" : "small", text: words, onclick });

function botDeeds(chat, by) {
  const set = (status) => () => attempt(async () => took(await api.setBot(chat.id, by, status)));
  if (!botIsIn(chat)) return [deed(say("add_bot"), set("member"))];
  const admin = chat.bot_status === "administrator";
  return [
    deed(say(admin ? "bot_member" : "bot_admin"), set(admin ? "member" : "administrator")),
    deed(say("remove_bot"), set("kicked"), true),
  ];
}

function memberDeeds(chat, by, one) {
  const itself = one.id === by;
  const leave = deed(say(itself ? "go_out" : "take_out"), () => member(chat, by, one.id, itself ? "left" : "kicked"), true);
  if (one.status === "creator") return [leave];
  const admin = one.status === "administrator";
  return [deed(say(admin ? "make_member" : "make_admin"), () => member(chat, by, one.id, admin ? "member" : "administrator")), leave];
}

const member = (chat, by, person, status) => attempt(async () => took(await api.setMember(chat.id, by, person, status)));

function took(answer) {
  if (answer.chat) refreshed(answer.chat);
}
