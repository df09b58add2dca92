// Marks under the words of a reply: they move with their words while somebody types.
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

// What the server said of `text`, in the browser's own units.
export function inUnits(text, spans) {
  const place = units(text, spans.flatMap((span) => [span.start, span.end]));
  return spans.map((span) => ({ ...span, start: place.get(span.start), end: place.get(span.end) }));
}

// The stretch in which two texts differ: one edit, as a key or a paste makes it.
function edit(before, after) {
  const most = Math.min(before.length, after.length);
  let start = 0;
  while (start < most && before[start] === after[start]) start += 1;
  let back = 0;
  while (back < most - start && before[before.length - 1 - back] === after[after.length - 1 - back]) back += 1;
  return { start, end: before.length - back, grown: after.length - before.length };
}

// The spans where they are after an edit; one whose own words were changed is gone until it is read again.
export function moved(spans, before, after) {
  if (before === after) return spans;
  const { start, end, grown } = edit(before, after);
  return spans.flatMap((span) => {
    if (span.end <= start) return [span];
    if (span.start >= end) return [{ ...span, start: span.start + grown, end: span.end + grown }];
    return [];
  });
}

export function paint(mirror, spans) {
  if (!globalThis.Highlight || !CSS.highlights) return;
  const node = mirror.firstChild;
  const length = node ? node.length : 0;
  for (const [rank, kind] of KINDS.entries()) {
    const ranges = spans.filter((span) => span.kind === kind && node).map((span) => {
      const range = new Range();
      range.setStart(node, Math.min(span.start, length));
      range.setEnd(node, Math.min(span.end, length));
      return range;
    });
    const highlight = new Highlight(...ranges);
    highlight.priority = rank;
    CSS.highlights.set(`coach-${kind}`, highlight);
  }
}
