// What stands above the reply folds once somebody writes, so that the words being written are seen. It folds by itself
// only once: whoever opens it again keeps it open.
export function startFolding(text) {
  let begun = false;
  const begin = () => {
    const open = document.querySelectorAll("details[data-folds][open]");
    if (begun && open.length === 0) return;
    begun = true;
    for (const part of open) {
      delete part.dataset.folds;
      part.open = false;
    }
    text.closest(".write").scrollIntoView({ block: "nearest" });
  };
  // A click, not the focus: nothing may move between a press and its release.
  for (const act of ["click", "input"]) text.addEventListener(act, begin);
}
