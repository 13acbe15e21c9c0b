// Buttons that copy the reference beside them; without scripts the text is there to be marked.
const said = document.querySelector("[data-said]");

async function copy(button) {
  const line = button.closest("[data-copied]").querySelector("[data-reference]");
  try {
    await navigator.clipboard.writeText(line.textContent);
    said.textContent = button.dataset.done;
  } catch {
    const folded = line.closest("details");
    if (folded) folded.open = true;
    getSelection().selectAllChildren(line); // the browser does not let pages copy
    said.textContent = button.dataset.failed;
  }
  button.parentElement.querySelector("[data-note]")?.remove();
  const note = Object.assign(document.createElement("span"), { className: "facts", textContent: said.textContent });
  note.dataset.note = "";
  button.parentElement.append(note);
}

for (const button of document.querySelectorAll("[data-copy-reference]")) {
  button.hidden = false;
  button.addEventListener("click", () => copy(button));
}
