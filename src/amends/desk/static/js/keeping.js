// Words are never lost by doing something else: what stands in the composer is kept on the server before the page is
// left, whatever leaves it (another act, a link, the browser's own back); a note half written waits in this tab.
export function startKeeping(form, text) {
  const address = text.getAttribute("hx-post");
  let kept = text.value;
  let isSent = false;
  let isKeptFirst = false;
  const waiting = `waits:reply:${form.dataset.composer}:${address}`;
  const keep = (isLast) => {
    const words = text.value;
    return fetch(address, {
      method: "POST", body: new FormData(form), headers: { "HX-Request": "true" }, keepalive: isLast,
    }).then((answer) => {
      if (answer.ok) kept = words;
    });
  };

  document.addEventListener("submit", (event) => {
    if (event.defaultPrevented) return;
    // Pressed twice while a slow line answers: one reply leaves, and nobody is told that it was sent already.
    if (event.target === form && form.ariaBusy === "true") return event.preventDefault();
    if (isKeptFirst || text.value === kept) {
      isKeptFirst = false;
      isSent = event.target === form && text.value === kept;
      if (event.target === form) form.ariaBusy = "true";
      return;
    }
    event.preventDefault();
    const { target, submitter } = event;
    const go = () => {
      isKeptFirst = true;
      target.requestSubmit(submitter);
    };
    // Without a line the act is tried all the same, and the browser says so.
    keep(false).then(go, go);
  });
  addEventListener("pagehide", () => {
    if (isSent || text.value === kept) return;
    // Where the desk cannot take them now (nobody is logged in any more, no line), they wait in this tab.
    sessionStorage.setItem(waiting, text.value);
    keep(true);
  });
  addEventListener("pageshow", () => {
    isSent = false;
    form.ariaBusy = null;
  });
  const waited = sessionStorage.getItem(waiting);
  sessionStorage.removeItem(waiting);
  if (waited !== null && waited !== text.value) {
    text.value = waited;
    text.dispatchEvent(new Event("input", { bubbles: true }));
  }
  return (words) => {
    kept = words;
  };
}

export function startWaiting() {
  // Whoever logs out takes their half-written words along.
  document.querySelector("form[data-logs-out]")?.addEventListener("submit", () => sessionStorage.clear());
  for (const text of document.querySelectorAll("textarea[data-waits]")) {
    const name = `waits:${text.dataset.waits}`;
    text.value ||= sessionStorage.getItem(name) ?? "";
    text.addEventListener("input", () => sessionStorage.setItem(name, text.value));
    text.form.addEventListener("submit", (event) => event.defaultPrevented || sessionStorage.removeItem(name));
  }
}
