/** One line that stands for a message: in the list of chats, in quotes, in the pinned bar. */

import { say } from "./words.js";

const KINDS = [
  ["photo", "photo"],
  ["voice", "voice"],
  ["audio", "audio"],
  ["video", "video"],
  ["location", "location"],
  ["contact", "contact"],
];

export function preview(message) {
  const words = (message.text ?? message.caption ?? "").replace(/\s+/g, " ").trim();
  if (message.text) return words;
  if (message.sticker) return `${message.sticker.emoji ?? ""} ${say("sticker")}`.trim();
  if (message.poll) return `${say(message.poll.type === "quiz" ? "quiz" : "poll")}: ${message.poll.question}`;
  if (message.venue) return message.venue.title;
  if (message.document) return words || message.document.file_name || say("document");
  if (message.dice) return message.dice.emoji;
  const kind = KINDS.find(([field]) => field in message);
  if (kind) return words ? `${say(kind[1])}: ${words}` : say(kind[1]);
  return words;
}
