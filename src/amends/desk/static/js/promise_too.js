// "This is a promise too": what is selected in the reply stands in the field when it is opened.
export function startPromiseToo() {
  document.addEventListener("toggle", (event) => {
    const box = event.target;
    if (!(box instanceof HTMLElement) || !box.matches("[data-promise-too]") || !box.open) return;
    const text = document.querySelector("#composer textarea[name=text]");
    const chosen = text ? text.value.slice(text.selectionStart, text.selectionEnd).trim() : "";
    if (chosen) box.querySelector("[name=marked]").value = chosen;
  }, true);
}
