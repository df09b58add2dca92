// Words are never lost by doing something else: what stands in the composer is kept on the server before the page is
// left, whatever leaves it (another act, a link, the browser's own back); a note half written waits in this tab.
export function startKeeping(form, text) {
  const address = text.getAttribute("hx-post");
  let kept = text.value;
  let isSent = false;
  const keep = (isLast) => {
    const words = text.value;
    return fetch(address, {
      method: "POST", body: new FormData(form), headers: { "HX-Request": "true" }, keepalive: isLast,
    }).then((answer) => { if (answer.ok) kept = words; });
  };

  // Leaving the words for a button or a link: they are on their way before the press ends.
  text.addEventListener("blur", () => text.value === kept || text.dispatchEvent(new Event("review")));
  document.addEventListener("submit", (event) => {
    if (event.defaultPrevented) return;
    if (event.target === form) isSent = true;
    if (isSent || text.value === kept) return;
    event.preventDefault();
    const { target, submitter } = event;
    const go = () => {
      kept = text.value;
      target.requestSubmit(submitter);
    };
    // Without a line the act is tried all the same, and the browser says so.
    keep(false).then(go, go);
  });
  addEventListener("pagehide", () => {
    if (!isSent && text.value !== kept) keep(true);
  });
  addEventListener("pageshow", () => {
    isSent = false;
  });
  return (words) => {
    kept = words;
  };
}

export function startWaiting() {
  for (const text of document.querySelectorAll("textarea[data-waits]")) {
    const name = `waits:${text.dataset.waits}`;
    text.value ||= sessionStorage.getItem(name) ?? "";
    text.addEventListener("input", () => sessionStorage.setItem(name, text.value));
    text.form.addEventListener("submit", (event) => event.defaultPrevented || sessionStorage.removeItem(name));
  }
}
