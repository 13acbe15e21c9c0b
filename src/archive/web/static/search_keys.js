// Shortcuts on every page with a search box: "/" goes to it, Escape closes the filters on small screens.
import { areKeysOn, turnKeys } from "./keys.js";

function isWriting(element) {
  return element instanceof HTMLElement && (element.isContentEditable || element.matches("input, textarea, select"));
}

document.addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
  const box = document.getElementById("q");
  if (!box || isWriting(document.activeElement) || !areKeysOn()) return;
  event.preventDefault();
  box.focus();
  box.select();
});

const sheet = document.querySelector("details.narrow-all");
const isSheet = window.matchMedia("(max-width: 61.99rem)");

function closeSheet() {
  sheet.open = false;
  sheet.querySelector("summary").focus();
}

if (sheet) {
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && sheet.open && isSheet.matches) closeSheet();
  });
  // A click outside the sheet is on its backdrop, which belongs to the same element.
  sheet.addEventListener("click", (event) => {
    if (event.target === sheet && isSheet.matches) closeSheet();
  });
}

const choice = document.querySelector("[data-keys-switch]");
if (choice) {
  choice.hidden = false;
  const box = choice.querySelector("input");
  box.checked = areKeysOn();
  box.addEventListener("change", () => {
    if (!turnKeys(box.checked)) box.checked = true;
  });
}
