/** Pictures, files, sound, places: everything in a bubble that is not words. */

import { fileAddress } from "./api.js";
import { lightbox } from "./dialogs.js";
import { el, icon, avatar } from "./dom.js";
import { duration, say, sizeInWords } from "./words.js";

const WIDEST = 420;

export const best = (sizes) => sizes.reduce((widest, size) => (size.width * size.height >= widest.width * widest.height ? size : widest));

/** One photo in its own proportions; room is kept before it arrives, so nothing jumps. */
export function photo(message, album = false) {
  const size = best(message.photo);
  const address = fileAddress(size.file_id);
  const image = el("img", {
    src: address,
    alt: message.caption ?? say("photo"),
    loading: album ? "eager" : "lazy",
    width: size.width,
    height: size.height,
  });
  const frame = el(
    "button",
    { type: "button", class: "photo", "aria-label": say("open_photo"), onclick: () => lightbox(address, message.caption ?? "") },
    image,
  );
  if (!album) {
    frame.style.aspectRatio = `${size.width} / ${Math.min(size.height, size.width * 1.4)}`;
    frame.style.width = `${Math.min(WIDEST, Math.max(size.width, 180))}px`;
  }
  if (message.has_media_spoiler) veil(frame);
  return frame;
}

function veil(frame) {
  frame.classList.add("veiled");
  frame.addEventListener(
    "click",
    (event) => {
      if (!frame.classList.contains("veiled")) return;
      event.stopImmediatePropagation();
      frame.classList.remove("veiled");
    },
    true,
  );
}

/** Photos and videos of one album as a grid of two columns. */
export function album(messages) {
  return el(
    "div",
    { class: "album", "data-count": messages.length, role: "group", "aria-label": say("album") },
    messages.map((message) => (message.photo ? photo(message, true) : video(message.video))),
  );
}

export function file(it, name) {
  const address = fileAddress(it.file_id);
  return el(
    "a",
    { class: "file", href: address, download: name ?? it.file_name ?? "file" },
    el("span", { class: "file-mark" }, icon("download")),
    el(
      "span",
      { class: "file-words" },
      el("span", { class: "file-name", text: name ?? it.file_name ?? say("document") }),
      el("span", { class: "file-size", text: `${it.file_size === undefined ? "" : `${sizeInWords(it.file_size)} · `}${say("download")}` }),
    ),
  );
}

export function video(it) {
  const node = el("video", {
    class: "video",
    src: fileAddress(it.file_id),
    controls: true,
    preload: "metadata",
    playsinline: true,
    "aria-label": say("video"),
  });
  if (it.width && it.height) node.style.aspectRatio = `${it.width} / ${it.height}`;
  return node;
}

/** A voice message or a piece of music: one button, one slider, the time. */
export function sound(it, title) {
  const player = new Audio();
  player.preload = "none";
  const length = () => (Number.isFinite(player.duration) ? player.duration : (it.duration ?? 0));
  const button = el("button", { type: "button", class: "play", "aria-label": say("play"), onclick: () => turn() }, icon("play"));
  const slider = el("input", { type: "range", min: 0, max: 1000, value: 0, class: "position", "aria-label": say("position") });
  const time = el("span", { class: "time", text: duration(it.duration) });
  const show = () => {
    slider.value = length() ? (1000 * player.currentTime) / length() : 0;
    slider.style.setProperty("--done", `${slider.value / 10}%`);
    time.textContent = player.currentTime ? `${duration(player.currentTime)} / ${duration(length())}` : duration(length());
  };
  const paint = () => {
    button.replaceChildren(icon(player.paused ? "play" : "pause"));
    button.setAttribute("aria-label", say(player.paused ? "play" : "pause"));
  };
  const turn = () => {
    if (!player.src) player.src = fileAddress(it.file_id);
    if (player.paused) player.play().catch(() => time.classList.add("broken"));
    else player.pause();
  };
  slider.addEventListener("input", () => {
    if (!player.src) player.src = fileAddress(it.file_id);
    if (length()) player.currentTime = (slider.value / 1000) * length();
  });
  for (const kind of ["play", "pause", "ended"]) player.addEventListener(kind, paint);
  for (const kind of ["timeupdate", "loadedmetadata", "ended"]) player.addEventListener(kind, show);
  return el(
    "div",
    { class: "sound" },
    button,
    el("div", { class: "sound-words" }, title ? el("span", { class: "sound-title", text: title }) : null, slider, time),
  );
}

/** A place without a map: nothing is fetched from outside, so it is drawn and named. */
export function place(location, venue, openLink) {
  const point = `${location.latitude.toFixed(5)}, ${location.longitude.toFixed(5)}`;
  const address = `https://www.openstreetmap.org/?mlat=${location.latitude}&mlon=${location.longitude}#map=16/${location.latitude}/${location.longitude}`;
  return el(
    "button",
    { type: "button", class: "place", onclick: () => openLink(address, address) },
    el("span", { class: "place-map" }, icon("place")),
    el(
      "span",
      { class: "place-words" },
      el("strong", { text: venue?.title ?? say("location") }),
      venue?.address ? el("span", { text: venue.address }) : null,
      el("span", { class: "place-point", text: point }),
    ),
  );
}

export function contact(it) {
  const name = [it.first_name, it.last_name].filter(Boolean).join(" ");
  return el(
    "div",
    { class: "contact" },
    avatar(it.user_id ?? 0, name),
    el("span", {}, el("strong", { text: name }), el("span", { text: it.phone_number })),
  );
}
