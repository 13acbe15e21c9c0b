// Marks on and off, the link to the slide, the picture as PNG, and printing.
import { areKeysOn } from "./keys.js";

const SWITCH = "archive.marks";
const stage = document.querySelector("[data-stage]");
const said = document.querySelector("[data-said]");

function storedSwitch() {
  try {
    return localStorage.getItem(SWITCH);
  } catch {
    return null; // the browser stores nothing for this site
  }
}

function storeSwitch(value) {
  try {
    if (value) localStorage.setItem(SWITCH, value);
    else localStorage.removeItem(SWITCH);
  } catch {
    // then it applies to this page only
  }
}

const isOffByAddress = () => new URLSearchParams(location.search).get("marks") === "off";

function showMarks(areOn) {
  stage.classList.toggle("is-unmarked", !areOn);
  const link = document.querySelector("[data-marks]");
  if (link) link.textContent = areOn ? link.dataset.hide : link.dataset.show;
}

function turnMarks(event) {
  if (isOffByAddress()) {
    storeSwitch(""); // the link leads to the address where they are on
    return;
  }
  event.preventDefault();
  const areOn = stage.classList.contains("is-unmarked");
  storeSwitch(areOn ? "" : "off");
  showMarks(areOn);
}

async function copyLink(button) {
  const box = button.parentElement.querySelector("input");
  try {
    await navigator.clipboard.writeText(box.value);
    said.textContent = button.dataset.done;
  } catch {
    box.select(); // the browser does not let pages copy
    said.textContent = button.dataset.failed;
  }
  button.nextElementSibling?.remove();
  const note = Object.assign(document.createElement("span"), { className: "facts", textContent: said.textContent });
  button.after(note);
}

// The link leads to the slide alone, unless the visitor wants to pass on the question, too.
function putQuestion(isWanted) {
  const box = document.querySelector("[data-link]");
  box.dataset.alone ??= box.value;
  box.value = isWanted ? box.dataset.withQuestion : box.dataset.alone;
}

function savePng(event, link) {
  const picture = document.querySelector("[data-sheet] img");
  if (!picture?.complete || !picture.naturalWidth) return; // then the link gives the picture as it is stored
  event.preventDefault();
  const canvas = Object.assign(document.createElement("canvas"), {
    width: picture.naturalWidth,
    height: picture.naturalHeight,
  });
  canvas.getContext("2d").drawImage(picture, 0, 0);
  canvas.toBlob((blob) => {
    const address = URL.createObjectURL(blob);
    Object.assign(document.createElement("a"), { href: address, download: link.dataset.name }).click();
    setTimeout(() => URL.revokeObjectURL(address), 10_000);
  }, "image/png");
}

function showControls() {
  for (const part of document.querySelectorAll("[data-copy], [data-print], [data-with-question-switch]")) part.hidden = false;
  const png = document.querySelector("[data-png]");
  if (png) png.textContent = document.querySelector("[data-png-words]").textContent;
  if (storedSwitch() === "off" && !isOffByAddress()) showMarks(false);
}

document.addEventListener("click", (event) => {
  const found = (selector) => event.target.closest?.(selector);
  if (found("[data-marks]")) turnMarks(event);
  if (found("[data-copy]")) copyLink(found("[data-copy]"));
  if (found("[data-png]")) savePng(event, found("[data-png]"));
  if (found("[data-print-button]")) window.print();
});
document.addEventListener("change", (event) => {
  if (event.target.closest?.("[data-with-question-switch]")) putQuestion(event.target.checked);
});
document.addEventListener("keydown", (event) => {
  const isTaken = event.ctrlKey || event.metaKey || event.altKey || event.target.closest?.("input, textarea, select");
  if (event.key.toLowerCase() === "m" && !isTaken && areKeysOn()) document.querySelector("[data-marks]")?.click();
});
document.addEventListener("parts-replaced", showControls);
showControls();
