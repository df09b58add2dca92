// Every page of the desk: keys, live parts, small conveniences. Each works by clicking and without scripts too.
import { startComposer } from "./composer.js";
import { startWaiting } from "./keeping.js";
import { startKeys } from "./keys.js";
import { startLive } from "./live.js";
import { startNames } from "./names.js";
import { startPromiseToo } from "./promise_too.js";

startKeys();
startPromiseToo();
startWaiting();
startLive(document.body.dataset.events);
for (const form of document.querySelectorAll("[data-composer]")) startComposer(form);
for (const text of document.querySelectorAll("textarea[data-names]")) startNames(text);

// A choice in a list marked data-sends is an act of its own.
document.addEventListener("change", (event) => {
  if (event.target.matches("[data-sends]")) event.target.form.requestSubmit();
});

// A long talk opens at its newest words, unless the address names an older one.
const talk = document.getElementById("timeline");
if (talk && !/^#(message|note)-/.test(location.hash)) talk.scrollTop = talk.scrollHeight;

// Tabs that do not fit begin at the one being read.
document.querySelector(".tabs [aria-current]")?.scrollIntoView({ block: "nearest", inline: "center", behavior: "instant" });

// One open menu at a time; Escape and a click elsewhere close it.
document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const menu = event.target.closest?.("details.menu[open]");
  if (menu) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});

// What is written in a menu is sent as a reply is; a menu that asks for words is opened to write them, with a mouse too.
document.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && event.target.matches?.(".sheet textarea")) {
    event.target.form.requestSubmit();
  }
});
document.addEventListener("toggle", ({ target }) => {
  if (!target.open || !target.matches("details.menu") || !matchMedia("(pointer: fine)").matches) return;
  const field = target.querySelector("input:not([type=hidden]), select, textarea, button");
  if (field?.matches("textarea, input:not([type=datetime-local]):not([type=checkbox]):not([type=radio])")) field.focus();
}, true);

// Seconds that run down while a reply can still be taken back.
for (const bar of document.querySelectorAll("[data-until]")) {
  const until = Date.parse(bar.dataset.until);
  const shown = bar.querySelector("[data-countdown]");
  const seconds = new Intl.RelativeTimeFormat(document.documentElement.lang);
  const tick = () => {
    const left = Math.ceil((until - Date.now()) / 1000);
    if (left <= 0) return bar.remove();
    shown.textContent = seconds.format(left, "second");
    setTimeout(tick, 250);
  };
  tick();
}
