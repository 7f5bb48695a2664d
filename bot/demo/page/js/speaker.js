/** Who holds the phone: the person of a private chat, or the member chosen to speak in a group */

import { inChat, isGroup } from "./store.js";

/** The members of a group that can speak, admins first. */
export const speakers = (chat) => (chat.members ?? []).filter((member) => inChat(member.status)).sort((a, b) => rank(a) - rank(b));

const rank = (member) => ["creator", "administrator"].indexOf(member.status) + 1 || 3;

export function speakerOf(chat) {
  if (!isGroup(chat)) return chat.person;
  const kept = Number(localStorage.getItem(`speaker:${chat.id}`));
  const known = speakers(chat);
  return known.find((member) => member.id === kept)?.id ?? known[0]?.id ?? null;
}

export function speakAs(chat, person) {
  localStorage.setItem(`speaker:${chat.id}`, person);
}
