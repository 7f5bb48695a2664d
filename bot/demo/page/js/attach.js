/** Files and other things that are not words: the attach menu, and a look at the files before they go. */

import { formBox, panel } from "./dialogs.js";
import { el, icon } from "./dom.js";
import { placeFields } from "./composer.js";
import { showMenu } from "./menu.js";
import { say, sizeInWords } from "./words.js";

const KINDS = [
  ["photo", "photo_or_album", "photo", "image/*", true],
  ["document", "document", "file", "", true],
  ["voice", "voice_file", "voice", "audio/*", false],
  ["audio", "audio", "play", "audio/*", false],
  ["video", "video", "play", "video/*", false],
];

/** `files(kind, files)` is called with what was chosen, `deliver(what)` with a place or a contact. */
export function attachMenu(anchor, { files, deliver }) {
  showMenu(
    [
      ...KINDS.map(([kind, words, drawing, accept, several]) => ({
        words: say(words),
        drawing,
        run: () => choose(accept, several, (chosen) => files(kind, chosen)),
      })),
      {
        words: say("location"),
        drawing: "place",
        run: async () => {
          const form = await formBox(say("location"), placeFields(), say("send"));
          if (form) await deliver({ location: form });
        },
      },
      {
        words: say("contact"),
        drawing: "person",
        run: async () => {
          const form = await formBox(say("contact"), [{ name: "phone_number", label: say("phone"), value: "+996700000000" }], say("send"));
          if (form) await deliver({ contact: form });
        },
      },
    ],
    { anchor },
  );
}

function choose(accept, multiple, done) {
  const input = el("input", {
    type: "file",
    accept: accept || null,
    multiple,
    class: "chooser",
    onchange: () => {
      done([...input.files]);
      input.remove();
    },
    oncancel: () => input.remove(),
  });
  document.body.append(input);
  input.click();
}

/** Show what is about to go and ask for a caption. `send(caption)` is true when it has gone; so is the promise. */
export async function sendFiles(kind, files, send) {
  const addresses = files.map((file) => URL.createObjectURL(file));
  let gone = false;
  const view = panel(say(kind === "photo" ? "photo_or_album" : kind), (body) => {
    const caption = el("textarea", { rows: 2, maxlength: 1024, placeholder: say("caption"), "aria-label": say("caption") });
    const button = el("button", { type: "submit", class: "strong", text: say("send") });
    body.replaceChildren(
      el(
        "form",
        {
          class: "send-files",
          onsubmit: async (event) => {
            event.preventDefault();
            button.disabled = true;
            gone = await send(caption.value.trim());
            button.disabled = false;
            if (gone) body.closest("dialog").close();
          },
        },
        el(
          "div",
          { class: "previews" },
          files.map((file, at) => (kind === "photo" ? el("img", { src: addresses[at], alt: file.name }) : fileLine(file))),
        ),
        caption,
        el("div", { class: "choices" }, button),
      ),
    );
  });
  await view.closed;
  addresses.forEach((address) => URL.revokeObjectURL(address));
  return gone;
}

const fileLine = (file) =>
  el(
    "div",
    { class: "file" },
    el("span", { class: "file-mark" }, icon("file")),
    el(
      "span",
      { class: "file-words" },
      el("span", { class: "file-name", text: file.name }),
      el("span", { class: "file-size", text: sizeInWords(file.size) }),
    ),
  );
