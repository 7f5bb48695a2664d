/** What the bot offers to somebody who types its name and a query; a chosen offer goes into the chat "via" the bot. */

import * as api from "./api.js";
import { toast } from "./dialogs.js";
import { openStart } from "./links.js";
import { world } from "./store.js";
import { say } from "./words.js";

/** The query in "@bot query", or null. */
export function inlineQuery(typed) {
  const own = `@${world.bot?.username} `;
  return typed.toLowerCase().startsWith(own.toLowerCase()) ? typed.slice(own.length) : null;
}

/** Offers as suggestions; `deliver(what)` sends. */
export async function offers(person, query, deliver) {
  const { answer } = await api.inline(person, query);
  const results = answer?.results ?? [];
  const above = answer?.button
    ? [{ name: answer.button.text, words: "", run: () => (answer.button.start_parameter ? openStart(person, answer.button.start_parameter) : toast(say("not_here"))) }]
    : [];
  if (!results.length) return [...above, { name: say("nothing_found"), words: "", run: () => {} }];
  return [
    ...above,
    ...results.map((result) => ({
      name: result.title ?? result.type,
      words: result.description ?? "",
      run: () => (result.input_message_content?.message_text ? deliver({ inline_result: result }) : toast(say("not_here"))),
    })),
  ];
}
