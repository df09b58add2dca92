// The composer: a real textarea, a mirror under it that carries the marks, and the coach's suggestions.
import { startFolding } from "./folding.js";
import { startKeeping } from "./keeping.js";
import { inUnits, moved, paint, units } from "./marks.js";
import { startSnippets } from "./snippets.js";

const QUIET_MS = 1500;

// Put words into the textarea so that the browser's own undo takes them back; setRangeText is the fallback.
export function put(text, start, end, words) {
  text.focus();
  text.setSelectionRange(start, end);
  const done = words ? document.execCommand("insertText", false, words) : document.execCommand("delete");
  if (!done) {
    text.setRangeText(words, start, end, "end");
    text.dispatchEvent(new Event("input", { bubbles: true }));
  }
}

// Say the findings once typing rests, and only when they are others than before.
function startSaying(text) {
  const said = document.getElementById("coach-said");
  let timer = 0;
  const later = () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      const words = document.getElementById("coach")?.dataset.said ?? "";
      if (said && said.textContent !== words) said.textContent = words;
    }, QUIET_MS);
  };
  text.addEventListener("input", later);
  return later;
}

// Ask what the new sentence means, and change only what stands below the words: nothing above it moves.
function startMeaning(form, text, shown) {
  let asking = null;
  text.addEventListener("input", () => asking?.abort());
  return async () => {
    const coach = document.getElementById("coach");
    if (!coach?.hasAttribute("data-awaits")) return;
    coach.removeAttribute("data-awaits");
    asking?.abort();
    asking = new AbortController();
    const asked = text.value;
    try {
      const answer = await fetch(form.dataset.meaning, {
        method: "POST", body: new FormData(form), headers: { "HX-Request": "true" }, signal: asking.signal,
      });
      if (!answer.ok || text.value !== asked) return;
      take(new DOMParser().parseFromString(await answer.text(), "text/html"));
      shown(asked);
    } catch (error) {
      if (error.name !== "AbortError") throw error;
    }
  };
}

function take(fresh) {
  const coach = document.getElementById("coach");
  const said = fresh.getElementById("coach");
  if (!coach || !said) return;
  Object.assign(coach.dataset, { errors: said.dataset.errors ?? "0", said: said.dataset.said ?? "" });
  for (const part of fresh.querySelectorAll("[data-later][id]")) {
    const here = document.getElementById(part.id);
    // Somebody is just writing a reason there.
    if (!here || here.contains(document.activeElement) || here.querySelector("details[open]")) continue;
    here.replaceWith(part);
    globalThis.htmx?.process(part);
  }
}

// On a slow machine somebody writes before this script, or htmx, has begun to listen: their words are coached too.
function hearWhatWasWrittenBefore(text) {
  const hear = () => {
    if (text.value !== text.defaultValue) text.dispatchEvent(new Event("input", { bubbles: true }));
  };
  text.addEventListener("htmx:after:init", hear, { once: true });
  hear();
}

function useSuggestion(text, button, asked) {
  const [, start, end, words] = button.dataset.use.match(/^(\d+)-(\d+)-([^]*)$/);
  const place = units(asked, [Number(start), Number(end)]);
  const span = { start: place.get(Number(start)), end: place.get(Number(end)) };
  const [here] = moved([span], asked, text.value);
  // Its words were changed meanwhile: the coach reads them anew and offers what fits.
  if (here) put(text, here.start, here.end, words);
}

export function startComposer(form) {
  const text = form.querySelector("textarea");
  const mirror = form.querySelector("[data-mirror]");
  const reason = form.querySelector("[data-reason]");
  const asked = new WeakMap();
  let marks = [];
  let read = text.value; // what the coach's words on the page are about
  let last = text.value;

  const copy = () => {
    // The last line end would have no height in a block; a space behind it gives the textarea its line.
    mirror.textContent = `${text.value} `;
    paint(mirror, marks);
  };
  const show = (about) => {
    read = about;
    last = text.value;
    const spans = JSON.parse(document.getElementById("coach-spans")?.textContent ?? "[]");
    marks = last ? moved(inUnits(read, spans), read, last) : [];
    copy();
    const errors = Number(document.getElementById("coach")?.dataset.errors ?? 0);
    if (reason && !reason.querySelector("input").value) reason.hidden = errors === 0;
  };
  const say = startSaying(text);
  const mean = startMeaning(form, text, (about) => {
    show(about);
    say();
  });

  const keptIs = startKeeping(form, text);

  text.addEventListener("input", () => {
    marks = moved(marks, last, text.value);
    last = text.value;
    copy();
  });
  document.addEventListener("htmx:before:request", ({ detail }) => {
    if (detail.ctx?.target?.id === "coach") asked.set(detail.ctx, text.value);
  });
  document.addEventListener("htmx:after:swap", ({ detail }) => {
    if (!asked.has(detail.ctx)) return;
    form.elements.inserted.value = "";
    keptIs(asked.get(detail.ctx));
    show(asked.get(detail.ctx));
    say();
    mean();
  });

  form.addEventListener("click", (event) => {
    const use = event.target.closest("[data-use]");
    const seen = event.target.closest("[data-seen]");
    if (use) {
      event.preventDefault();
      useSuggestion(text, use, read);
    } else if (seen) {
      form.querySelector("[name=seen_version]").value = seen.dataset.seen;
      seen.closest(".news").remove();
    }
  });

  // Enter in a small field must not press the first button of the form.
  form.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.target.matches("input") && event.target.name !== "reason") event.preventDefault();
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      form.querySelector(event.shiftKey ? "[data-send-next]" : "[data-send]").click();
    }
  });

  // Files go with what is written so far.
  const attach = document.querySelector("[data-attach]");
  attach?.addEventListener("change", () => {
    attach.elements.text.value = text.value;
    attach.elements.seen_version.value = form.elements.seen_version.value;
    attach.submit();
  });
  startSnippets(form, text, put);
  startFolding(text);
  show(text.value);
  hearWhatWasWrittenBefore(text);
}
