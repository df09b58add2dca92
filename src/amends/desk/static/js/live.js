// Events of the desk: each names a case; parts that show it are asked for again and changed in place.
const CALM_MS = 250;
const REST_MS = 600;

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
  let last = 0;
  const stream = new EventSource(address);
  stream.addEventListener("message", (event) => {
    waiting.add(String(JSON.parse(event.data).case));
    // Many events come at once (a reply queued, a stage walked): one refresh for all of them. In a rush they never
    // stop coming, so the refresh waits for no silence, and leaves some time between itself and the last one.
    timer ||= setTimeout(() => {
      const names = waiting;
      waiting = new Set();
      timer = 0;
      last = Date.now();
      refresh(names);
    }, Math.max(CALM_MS, last + REST_MS - Date.now()));
  });
  addEventListener("pagehide", () => stream.close());
}
