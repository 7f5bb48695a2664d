/** The left side: characters in their groups, with who they are, the last words and what is unread. */

import * as api from "./api.js";
import { formBox } from "./dialogs.js";
import { avatar, el, icon, iconButton } from "./dom.js";
import { attempt } from "./links.js";
import { showMenu } from "./menu.js";
import { preview } from "./preview.js";
import { addressOf, chosenChat, goTo } from "./route.js";
import { addPerson, isGroup, nameOf, now, on, personOf, refreshed, unreadOf, world } from "./store.js";
import { themeButton } from "./theme.js";
import { chooseLanguage, inBoth, language, say, shortMoment } from "./words.js";

const SECTIONS = ["candidates", "group", "coordinators", "others"];

/** The list as an element; it redraws itself when the world changes. `onLanguage` is called after a change of the page's language. */
export function chatList(onLanguage) {
  const node = el("nav", { class: "chats" });
  const redraw = () => {
    const focused = node.contains(document.activeElement) ? document.activeElement.dataset.focus : null;
    const top = node.querySelector(".chat-sections")?.scrollTop ?? 0;
    node.setAttribute("aria-label", say("characters"));
    node.replaceChildren(head(redraw, onLanguage), sections(), el("p", { class: "note", text: say("note") }));
    node.querySelector(".chat-sections").scrollTop = top;
    if (focused) node.querySelector(`[data-focus="${focused}"]`)?.focus({ preventScroll: true });
  };
  for (const kind of ["world", "chat", "message", "edited", "deleted", "seen"]) on(kind, redraw);
  redraw();
  return { node, redraw };
}

function head(redraw, onLanguage) {
  return el(
    "header",
    { class: "chats-head" },
    el("h1", { text: say("title") }),
    el(
      "div",
      { class: "chats-tools" },
      el(
        "div",
        { class: "languages", role: "group", "aria-label": say("language") },
        [
          ["ky", "Кыргызча"],
          ["ru", "Русский"],
        ].map(([tag, name]) =>
          el("button", {
            type: "button",
            lang: tag,
            text: name,
            "data-focus": `language-${tag}`,
            "aria-pressed": String(language() === tag),
            onclick: () => {
              chooseLanguage(tag);
              onLanguage();
            },
          }),
        ),
      ),
      el("span", { class: "grow" }),
      themeButton(redraw),
      iconButton(
        "plus",
        say("add_more"),
        (event) =>
          showMenu(
            [
              { words: say("new_person"), drawing: "person", run: newPerson },
              { words: say("new_group"), drawing: "group", run: newGroup },
            ],
            { anchor: event.currentTarget },
          ),
        { "aria-haspopup": "menu" },
      ),
    ),
  );
}

/** Which section a chat stands in: what the server says of the person, else the words about them, else the group they are in. */
export function sectionOf(chat) {
  if (isGroup(chat)) return "group";
  const person = personOf(chat.person);
  const said = person?.section ?? person?.role;
  if (said) return SECTIONS.find((section) => section.startsWith(said)) ?? "others";
  if (!person?.about) return "others";
  if (/координатор/i.test(`${person.about.ru} ${person.about.ky}`)) return "coordinators";
  const grouped = [...world.chats.values()].some((other) => isGroup(other) && other.members?.some((member) => member.id === person.id));
  return grouped ? "group" : "candidates";
}

function sections() {
  const chats = [...world.chats.values()];
  const box = el("div", { class: "chat-sections" });
  for (const section of SECTIONS) {
    const here = chats.filter((chat) => sectionOf(chat) === section).sort((a, b) => Number(isGroup(b)) - Number(isGroup(a)));
    if (!here.length) continue;
    box.append(
      el(
        "section",
        { "aria-labelledby": `section-${section}` },
        el("h2", { id: `section-${section}`, text: say(section) }),
        el("ul", {}, here.map(entry)),
      ),
    );
  }
  if (world.ready && !chats.length)
    box.append(el("div", { class: "hint" }, el("strong", { text: say("nobody") }), el("p", { text: say("nobody_why") })));
  return box;
}

function entry(chat) {
  const person = personOf(chat.person);
  const group = isGroup(chat);
  const name = group ? chat.title : nameOf(person);
  const who = group ? groupWho(chat) : inBoth(person?.about);
  const unread = unreadOf(chat);
  return el(
    "li",
    {},
    el(
      "a",
      {
        class: "chat-entry",
        href: addressOf(chat.id),
        "data-focus": `chat-${chat.id}`,
        "aria-current": chosenChat() === chat.id ? "page" : null,
      },
      avatar(group ? chat.id : (person?.id ?? 0), name, group ? "group" : null),
      el(
        "span",
        { class: "entry-words" },
        el(
          "span",
          { class: "entry-top" },
          el("span", { class: "entry-name", text: name }),
          chat.blocked
            ? el("span", { class: "entry-blocked", role: "img", "aria-label": say("blocked"), title: say("blocked") }, icon("block"))
            : null,
          chat.last ? el("time", { text: shortMoment(chat.last.date, now()) }) : null,
        ),
        who ? el("span", { class: "entry-who", text: who, title: who }) : null,
        chat.last
          ? el(
              "span",
              { class: "entry-bottom" },
              el("span", { class: "entry-last", text: lastWords(chat) }),
              unread
                ? el("span", { class: "badge" }, String(unread), el("span", { class: "only-heard", text: ` ${say("unread")}` }))
                : null,
            )
          : null,
      ),
    ),
  );
}

function groupWho(chat) {
  const bot = ["member", "administrator"].includes(chat.bot_status) ? say("and_bot") : say("without_bot");
  return `${say("members", { n: (chat.members ?? []).filter((member) => !["left", "kicked"].includes(member.status)).length })} · ${bot}`;
}

function lastWords(chat) {
  const words = preview(chat.last);
  return isGroup(chat) && chat.last.from && words ? `${chat.last.from.first_name}: ${words}` : words || "…";
}

async function newPerson() {
  const form = await formBox(
    say("new_person"),
    [
      { name: "first_name", label: say("name") },
      {
        name: "language_code",
        label: say("phone_language"),
        kind: "select",
        choices: [
          ["ky", "Кыргызча"],
          ["ru", "Русский"],
          ["en", "English"],
        ],
      },
      { name: "username", label: say("username"), optional: true },
    ],
    say("add"),
  );
  if (!form) return;
  if (!form.username) delete form.username;
  await attempt(async () => {
    const { person, chat } = await api.addPerson(form);
    addPerson(person);
    refreshed(chat);
    goTo(chat.id);
  });
}

async function newGroup() {
  const people = [...world.people.values()].map((person) => [person.id, nameOf(person)]);
  const form = await formBox(
    say("new_group"),
    [
      { name: "title", label: say("group_title") },
      { name: "members", label: say("who_in"), kind: "several", choices: people, hint: say("first_is_admin") },
    ],
    say("add"),
  );
  if (!form?.members.length) return;
  const members = form.members.map(Number);
  await attempt(async () => {
    const { chat } = await api.addGroup({ title: form.title, members, admins: members.slice(0, 1), type: "group" });
    refreshed(chat);
    goTo(chat.id);
  });
}
