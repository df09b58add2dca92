// j k o move and open, on a case j k u lead to its neighbours and back to the list it was opened from; a d e n r s / jump to what carries data-key; ? shows the list. Never while somebody types.
const typing = (target) => target.closest("input, textarea, select, [contenteditable]");

// The list somebody came from, in this tab: its cases in order, and its own address.
const LIST = "list";
const came = () => JSON.parse(sessionStorage.getItem(LIST) ?? '{"cases":[],"at":"/"}');

function remember(links) {
  const cases = links.map((link) => link.pathname);
  if (cases.length) sessionStorage.setItem(LIST, JSON.stringify({ cases, at: location.pathname + location.search }));
}

function neighbour(step) {
  const { cases } = came();
  const here = cases.indexOf(location.pathname);
  const next = here < 0 ? undefined : cases[here + step];
  if (next) location.href = next;
}

function move(step) {
  const links = [...document.querySelectorAll(".row .who a")];
  if (!links.length) return neighbour(step);
  const here = links.indexOf(document.activeElement);
  const next = here < 0 ? (step > 0 ? 0 : links.length - 1) : Math.min(links.length - 1, Math.max(0, here + step));
  links[next].focus();
  links[next].closest(".row").scrollIntoView({ block: "nearest" });
}

// In the queue, assign, ask, note and reply are done on the case itself: open it there.
function carry(key) {
  const chosen = document.activeElement;
  if (!chosen.matches(".row .who a")) return false;
  location.href = `${chosen.href}#key-${key}`;
  return true;
}

function jump(key) {
  const meant = [...document.querySelectorAll(`[data-key="${key}"]`)];
  const target = meant.find((part) => part.checkVisibility({ visibilityProperty: true })) ?? meant[0];
  if (!target) return carry(key);
  if (target.matches("a")) return target.click(), true;
  if (target.matches("summary")) {
    target.parentElement.open = true;
    (target.parentElement.querySelector("textarea, .sheet button") ?? target).focus();
  } else {
    target.focus();
  }
  return true;
}

export function startKeys() {
  const carried = /^#key-([adenrs])$/.exec(location.hash);
  if (carried) jump(carried[1]);
  const help = document.getElementById("help");
  // Rows come and go while the list is open: what counts is how it stood when somebody left it.
  addEventListener("pagehide", () => remember([...document.querySelectorAll(".rows:not(:has(.told)) .row .who a")]));
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || typing(event.target) || help?.open) return;
    if (event.key === "j" || event.key === "k") move(event.key === "j" ? 1 : -1);
    else if (event.key === "o") document.activeElement.matches?.(".row .who a") && document.activeElement.click();
    else if (event.key === "u") document.getElementById("timeline") && (location.href = came().at);
    else if (event.key === "?") help?.showModal();
    else if (!/^[adenrs/]$/.test(event.key) || !jump(event.key)) return;
    event.preventDefault();
  });
  document.addEventListener("click", (event) => {
    const opens = event.target.closest("[data-opens]");
    if (opens) document.getElementById(opens.dataset.opens)?.showModal();
  });
}
