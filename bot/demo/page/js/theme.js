/** Light, dark, or as the system says; kept between visits. */

import { iconButton } from "./dom.js";
import { say } from "./words.js";

const ORDER = ["auto", "light", "dark"];

const kept = () => (ORDER.includes(localStorage.getItem("page-theme")) ? localStorage.getItem("page-theme") : "auto");

export function applyTheme() {
  const theme = kept();
  if (theme === "auto") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
}

/** A button that walks auto → light → dark. */
export function themeButton(redraw) {
  const theme = kept();
  return iconButton(theme, say(`theme_${theme}`), () => {
    localStorage.setItem("page-theme", ORDER[(ORDER.indexOf(theme) + 1) % ORDER.length]);
    applyTheme();
    redraw();
  });
}
