// Events of the desk: each names a case; parts that show it are asked for again and changed in place.
const CALM_MS = 250;

function refresh(names) {
  for (const part of document.querySelectorAll("[data-live]")) {
    const wanted = part.dataset.live;
    if (wanted === "*" || names.has(wanted)) part.dispatchEvent(new CustomEvent("live"));
  }
}

export function startLive(address) {
  if (!address || !document.querySelector("[data-live]")) return;
  let waiting = new Set();
  let timer = 0;
  const stream = new EventSource(address);
  stream.addEventListener("message", (event) => {
    waiting.add(String(JSON.parse(event.data).case));
    // Many events come at once (a reply queued, a stage walked): one refresh for all of them.
    clearTimeout(timer);
    timer = setTimeout(() => {
      const names = waiting;
      waiting = new Set();
      refresh(names);
    }, CALM_MS);
  });
  addEventListener("pagehide", () => stream.close());
}
