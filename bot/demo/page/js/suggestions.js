/** What is offered above the input: the commands menu, those that begin as typed, names after "@". Arrows choose, Enter takes. */

import { el } from "./dom.js";
import { isGroup, world } from "./store.js";
import { say } from "./words.js";

/** `pick(words)` sends a command at once, as Telegram does; `insert(words)` puts a name into the input. */
export function suggestions({ input, pick, insert }) {
  const node = el("div", { class: "suggestions", role: "listbox", "aria-label": say("commands"), hidden: true });
  let chosen = -1;

  /** `options` are {name, words, run}; what a bot offers stands with its words below the name. */
  function show(options, offered = false) {
    chosen = -1;
    node.classList.toggle("offers", offered);
    node.hidden = !options.length;
    node.setAttribute("aria-label", say("commands"));
    node.replaceChildren(
      ...options.map(({ name, words, run }) =>
        el(
          "button",
          {
            type: "button",
            role: "option",
            tabindex: "-1",
            "aria-selected": "false",
            onclick: () => {
              hide();
              run();
            },
          },
          el("span", { class: "command", text: name }),
          el("span", { class: "meaning", text: words }),
        ),
      ),
    );
  }

  const hide = () => show([]);

  const commandsOf = (chat, begins = "/") =>
    (chat.commands ?? [])
      .filter(({ command }) => `/${command}`.startsWith(begins))
      .map(({ command, description }) => ({
        name: `/${command}`,
        words: description,
        run: () => {
          input.value = "";
          pick(isGroup(chat) ? `/${command}@${world.bot.username}` : `/${command}`);
        },
      }));

  function update(chat) {
    const typed = input.value;
    if (/^\/\w*$/.test(typed)) return show(commandsOf(chat, typed.toLowerCase()));
    const mention = isGroup(chat) && typed.match(/(^|\s)@(\w*)$/);
    if (mention) {
      const names = [world.bot, ...(chat.members ?? []).map((member) => world.people.get(member.id))].filter((one) =>
        one?.username?.toLowerCase().startsWith(mention[2].toLowerCase()),
      );
      return show(
        names.map((one) => ({
          name: `@${one.username}`,
          words: one.first_name,
          run: () => insert(`${typed.slice(0, typed.length - mention[2].length)}${one.username} `),
        })),
      );
    }
    return hide();
  }

  function toggle(chat) {
    if (!node.hidden) return hide();
    show(commandsOf(chat));
    return input.focus();
  }

  /** True when the key was meant for the list. */
  function key(event) {
    if (node.hidden) return false;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      chosen = (chosen + step + node.children.length) % node.children.length;
      [...node.children].forEach((child, at) => child.setAttribute("aria-selected", String(at === chosen)));
      node.children[chosen].scrollIntoView({ block: "nearest" });
    } else if (event.key === "Escape") hide();
    else if ((event.key === "Enter" || event.key === "Tab") && chosen >= 0) node.children[chosen].click();
    else return false;
    event.preventDefault();
    event.stopPropagation();
    return true;
  }

  return { node, show, update, toggle, hide, key };
}
