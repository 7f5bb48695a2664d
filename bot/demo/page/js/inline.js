/** What the bot offers to somebody who types its name and a query, and the words that a chosen offer sends. */

import * as api from "./api.js";
import { toast } from "./dialogs.js";
import { world } from "./store.js";
import { say } from "./words.js";

const TAGS = {
  B: "bold",
  STRONG: "bold",
  I: "italic",
  EM: "italic",
  U: "underline",
  INS: "underline",
  S: "strikethrough",
  STRIKE: "strikethrough",
  DEL: "strikethrough",
  CODE: "code",
  PRE: "pre",
  "TG-SPOILER": "spoiler",
};

/** The query in "@bot query", or null. */
export function inlineQuery(typed) {
  const own = `@${world.bot?.username} `;
  return typed.toLowerCase().startsWith(own.toLowerCase()) ? typed.slice(own.length) : null;
}

/** Offers as suggestions; `deliver(what)` sends. */
export async function offers(person, query, deliver) {
  const { answer } = await api.inline(person, query);
  const results = answer?.results ?? [];
  if (!results.length) return [{ name: say("nothing_found"), words: "", run: () => {} }];
  return results.map((result) => ({
    name: result.title ?? result.type,
    words: result.description ?? "",
    run: () => (result.input_message_content?.message_text ? deliver(contentOf(result.input_message_content)) : toast(say("not_here"))),
  }));
}

function contentOf(content) {
  if (content.parse_mode?.toLowerCase() !== "html")
    return content.entities ? { text: content.message_text, entities: content.entities } : { text: content.message_text };
  const entities = [];
  const { body } = new DOMParser().parseFromString(content.message_text, "text/html");
  const text = walk(body, "", entities).trimEnd();
  return entities.length ? { text, entities } : { text };
}

function walk(node, before, entities) {
  let text = before;
  for (const child of node.childNodes) {
    if (child.nodeType === Node.TEXT_NODE) {
      text += child.data;
      continue;
    }
    const offset = text.length;
    text = walk(child, text, entities);
    const entity = entityOf(child);
    if (entity && text.length > offset) entities.push({ ...entity, offset, length: text.length - offset });
  }
  return text;
}

function entityOf(element) {
  if (element.tagName === "A") return { type: "text_link", url: element.getAttribute("href") };
  if (element.tagName === "BLOCKQUOTE") return { type: element.hasAttribute("expandable") ? "expandable_blockquote" : "blockquote" };
  return TAGS[element.tagName] ? { type: TAGS[element.tagName] } : null;
}
