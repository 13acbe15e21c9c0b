// Buttons that copy the reference beside them; without scripts the text is there to be marked.
const said = document.querySelector("[data-said]");

async function copy(button) {
  const line = button.parentElement.querySelector("[data-reference]");
  try {
    await navigator.clipboard.writeText(line.textContent);
    said.textContent = button.dataset.done;
  } catch {
    getSelection().selectAllChildren(line); // the browser does not let pages copy
    said.textContent = button.dataset.failed;
  }
  button.nextElementSibling?.remove();
  const note = Object.assign(document.createElement("span"), { className: "facts", textContent: said.textContent });
  button.after(note);
}

for (const button of document.querySelectorAll("[data-copy-reference]")) {
  button.hidden = false;
  button.addEventListener("click", () => copy(button));
}
