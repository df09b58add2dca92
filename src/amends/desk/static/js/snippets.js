// Snippets in the composer: "/" at the start of a word, or the button, opens the list; arrows choose, Enter puts it in.
const CALLED = /(?:^|\s)\/([^\s/]{0,40})$/u;

export function startSnippets(form, text, put) {
  const list = form.querySelector("[data-offers]");
  const button = form.querySelector("[data-snippets]");
  if (!list || !button) return;
  let from = -1; // where the "/" stands; -1: opened by the button
  let at = 0;

  const items = () => [...list.querySelectorAll("[data-insert]:not([hidden])")];
  const close = () => {
    list.hidden = true;
    text.removeAttribute("aria-activedescendant");
    text.removeAttribute("aria-controls");
    button.setAttribute("aria-expanded", "false");
  };
  const choose = (number) => {
    const shown = items();
    at = shown.length ? (number + shown.length) % shown.length : 0;
    for (const [place, item] of shown.entries()) item.setAttribute("aria-selected", String(place === at));
    const chosen = shown[at];
    if (!chosen) return text.removeAttribute("aria-activedescendant");
    text.setAttribute("aria-activedescendant", chosen.id);
    chosen.scrollIntoView({ block: "nearest" });
  };
  const narrow = (words) => {
    const wanted = words.toLocaleLowerCase();
    const all = [...list.querySelectorAll("[data-insert]")];
    const says = (part) => part.textContent.toLocaleLowerCase().includes(wanted);
    // Whoever types a name means that one; only where no name has the letters do the words count.
    const named = all.filter((item) => says(item.querySelector("b")));
    const found = new Set(named.length ? named : all.filter(says));
    for (const item of all) item.hidden = !found.has(item);
    choose(0);
  };
  const open = async (words) => {
    if (list.hidden) {
      list.hidden = false;
      text.setAttribute("aria-controls", list.id);
      button.setAttribute("aria-expanded", "true");
      const answer = await fetch(list.dataset.offers, { headers: { "HX-Request": "true" } });
      if (!answer.ok) return close();
      list.innerHTML = await answer.text();
    }
    narrow(from < 0 ? words : called()?.[1] ?? words);
  };
  const called = () => text.selectionStart === text.selectionEnd && CALLED.exec(text.value.slice(0, text.selectionStart));
  const insert = (item) => {
    const end = text.selectionEnd;
    const start = from < 0 ? text.selectionStart : from;
    close();
    form.elements.inserted.value = item.dataset.key;
    put(text, start, end, item.dataset.insert);
  };

  text.addEventListener("input", () => {
    const word = called();
    if (!word) return list.hidden || close();
    from = text.selectionStart - word[1].length - 1;
    open(word[1]);
  });
  text.addEventListener("keydown", (event) => {
    if (list.hidden || event.isComposing) return;
    const shown = items();
    if (event.key === "ArrowDown" || event.key === "ArrowUp") choose(at + (event.key === "ArrowDown" ? 1 : -1));
    else if (event.key === "Escape") close();
    else if (event.key === "Enter" && !event.ctrlKey && !event.metaKey && shown[at]) insert(shown[at]);
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  button.addEventListener("click", (event) => {
    event.preventDefault();
    if (!list.hidden) return close();
    from = -1;
    text.focus();
    open("");
  });
  // The textarea keeps the caret while somebody chooses with the mouse.
  for (const part of [list, button]) part.addEventListener("mousedown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const item = event.target.closest("[data-insert]");
    if (item) insert(item);
  });
  text.addEventListener("blur", close);
}
