// The composer: a real textarea, a mirror under it that carries the highlights, and the coach's suggestions.
// The server counts code points, the browser UTF-16 units: `units` turns one into the other.
const KINDS = ["promise", "hint", "warning", "error"];

export function units(text, places) {
  const wanted = [...new Set(places)].sort((a, b) => a - b);
  const found = new Map();
  let points = 0;
  let unit = 0;
  for (const place of wanted) {
    while (points < place && unit < text.length) {
      unit += text.codePointAt(unit) > 0xffff ? 2 : 1;
      points += 1;
    }
    found.set(place, unit);
  }
  return found;
}

function paint(mirror, spans) {
  if (!globalThis.Highlight || !CSS.highlights) return;
  const node = mirror.firstChild;
  const length = node ? node.length : 0;
  const place = units(node?.data ?? "", spans.flatMap((span) => [span.start, span.end]));
  for (const [rank, kind] of KINDS.entries()) {
    const ranges = spans.filter((span) => span.kind === kind).map((span) => {
      const range = new Range();
      range.setStart(node, Math.min(place.get(span.start), length));
      range.setEnd(node, Math.min(place.get(span.end), length));
      return range;
    });
    const highlight = new Highlight(...ranges);
    highlight.priority = rank;
    CSS.highlights.set(`coach-${kind}`, highlight);
  }
}

export function startComposer(form) {
  const text = form.querySelector("textarea");
  const mirror = form.querySelector("[data-mirror]");
  const spans = () => JSON.parse(document.getElementById("coach-spans")?.textContent ?? "[]");
  const reason = form.querySelector("[data-reason]");

  const copy = () => {
    // The last line end would have no height in a block; a space behind it gives the textarea its line.
    mirror.textContent = `${text.value} `;
  };
  const show = () => {
    copy();
    paint(mirror, text.value ? spans() : []);
    const errors = Number(document.getElementById("coach")?.dataset.errors ?? 0);
    if (reason && !reason.querySelector("input").value) reason.hidden = errors === 0;
  };

  text.addEventListener("input", () => {
    copy();
    // What was underlined may have moved; nothing is underlined until the coach has read it again.
    paint(mirror, []);
  });
  document.addEventListener("htmx:after:settle", show);
  document.addEventListener("htmx:after:swap", show);

  form.addEventListener("click", (event) => {
    const use = event.target.closest("[data-use]");
    const seen = event.target.closest("[data-seen]");
    if (use) {
      event.preventDefault();
      const [, start, end, words] = use.dataset.use.match(/^(\d+)-(\d+)-([^]*)$/);
      const place = units(text.value, [Number(start), Number(end)]);
      text.focus();
      text.setSelectionRange(place.get(Number(start)), place.get(Number(end)));
      // execCommand keeps the browser's own undo; setRangeText is the fallback.
      if (!document.execCommand("insertText", false, words)) text.setRangeText(words);
      text.dispatchEvent(new Event("input", { bubbles: true }));
    } else if (seen) {
      form.querySelector("[name=seen_version]").value = seen.dataset.seen;
      seen.closest(".news").remove();
    }
  });

  // Enter in a small field must not press the first button of the form.
  form.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.target.matches("input") && event.target.name !== "reason") event.preventDefault();
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.querySelector("[data-send]").click();
  });

  // Files go with what is written so far.
  const attach = document.querySelector("[data-attach]");
  attach?.addEventListener("change", () => {
    attach.elements.text.value = text.value;
    attach.elements.seen_version.value = form.elements.seen_version.value;
    attach.submit();
  });
  show();
}
