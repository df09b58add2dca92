// "@" in a note shows the colleagues whose names begin so: arrows choose, Enter or Tab puts the name in, Escape closes.
import { put } from "./composer.js";

// Thai writes no space before the "@"; a Latin letter before it makes it an address.
const CALLED = /(?<![A-Za-z0-9._+-])@([^\s@]{0,40})$/u;

export function startNames(text) {
  const list = document.getElementById(text.dataset.names);
  const all = [...list.querySelectorAll("[data-name]")];
  let at = 0;

  const shown = () => all.filter((item) => !item.hidden);
  const called = () => text.selectionStart === text.selectionEnd && CALLED.exec(text.value.slice(0, text.selectionStart));
  const close = () => {
    list.hidden = true;
    text.removeAttribute("aria-activedescendant");
    text.removeAttribute("aria-controls");
  };
  const choose = (number) => {
    const items = shown();
    at = (number + items.length) % items.length;
    for (const [place, item] of items.entries()) item.setAttribute("aria-selected", String(place === at));
    text.setAttribute("aria-activedescendant", items[at].id);
    items[at].scrollIntoView({ block: "nearest" });
  };
  const look = () => {
    const word = called();
    const wanted = word ? word[1].toLocaleLowerCase() : "";
    const begins = (item) => item.dataset.begins.toLocaleLowerCase().split(" ").some((part) => part.startsWith(wanted));
    for (const item of all) item.hidden = !begins(item);
    if (!word || !shown().length) return close();
    list.hidden = false;
    text.setAttribute("aria-controls", list.id);
    choose(0);
  };
  const take = (item) => {
    const end = text.selectionStart;
    const start = end - called()[1].length;
    close();
    put(text, start, end, `${item.dataset.name} `);
  };

  text.addEventListener("input", look);
  text.addEventListener("keydown", (event) => {
    if (list.hidden || event.isComposing || event.ctrlKey || event.metaKey) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") choose(at + (event.key === "ArrowDown" ? 1 : -1));
    else if (event.key === "Escape") close();
    else if (event.key === "Enter" || event.key === "Tab") take(shown()[at]);
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  // The textarea keeps the caret while somebody chooses with the mouse.
  list.addEventListener("mousedown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const item = event.target.closest("[data-name]");
    if (item) take(item);
  });
  text.addEventListener("blur", close);
}
