// The visitor's own basket: the list of its slides is kept in this browser, and sent only in addresses.
import { CHANGED, SLIDES_MAX, keep, kept } from "./basket_list.js";

const SLIDE = /\/d\/([0-9a-z]{10})\/(?:v([0-9]+)\/)?([0-9]+)(?=[?#]|$)/;
const LISTED = "a.hit-slide, a.overview-slide, a.row-hit";
const texts = document.querySelector("[data-basket]")?.dataset ?? {};

const spoken = Object.assign(document.createElement("p"), { className: "unseen" });
spoken.setAttribute("role", "status");

function refOf(link) {
  const [, document_, version, number] = SLIDE.exec(link.getAttribute("href")) ?? [];
  if (!number) return "";
  const of = link.closest("[data-slides-of]")?.dataset.slidesOf ?? "";
  if (version) return `${document_}.v${version}.${number}`;
  return of.startsWith(`${document_}.`) ? `${of}.${number}` : `${document_}.${number}`;
}

// A button beside each slide of a list; the one on a slide's own page is there without scripts, as a link.
function addButtons() {
  for (const link of document.querySelectorAll(LISTED)) {
    const ref = link.nextElementSibling?.matches(".to-basket") ? "" : refOf(link);
    if (!ref) continue;
    const button = Object.assign(document.createElement("button"), { type: "button", className: "to-basket" });
    button.dataset.toBasket = ref;
    button.dataset.name = link.querySelector(".hit-number")?.textContent.trim() ?? "";
    link.after(button);
  }
  for (const link of document.querySelectorAll("a[data-to-basket]")) {
    const button = Object.assign(document.createElement("button"), { type: "button", className: link.className });
    button.dataset.toBasket = link.dataset.toBasket;
    link.replaceWith(button);
  }
}

function show() {
  const refs = kept();
  const buttons = document.querySelectorAll("button[data-to-basket]");
  if (buttons.length && !spoken.isConnected) document.body.append(spoken);
  for (const button of buttons) {
    const isIn = refs.includes(button.dataset.toBasket);
    const words = isIn ? texts.added : texts.add;
    if (button.textContent !== words) button.textContent = words;
    button.setAttribute("aria-pressed", String(isIn));
    const { name } = button.dataset;
    if (name) button.setAttribute("aria-label", `${words}: ${name}`);
  }
  for (const link of document.querySelectorAll("[data-basket]")) {
    link.hidden = !refs.length;
    link.href = link.href.split("?")[0] + (refs.length ? `?s=${refs.join(",")}` : "");
    link.querySelector("[data-basket-count]").textContent = refs.length;
  }
}

function toggle(button) {
  const refs = kept();
  const ref = button.dataset.toBasket;
  const isIn = refs.includes(ref);
  if (!isIn && refs.length >= SLIDES_MAX) {
    spoken.textContent = texts.whenFull;
    button.textContent = texts.whenFull;
    return;
  }
  const now = isIn ? refs.filter((one) => one !== ref) : [...refs, ref];
  const said = isIn ? texts.saidOut : texts.saidIn;
  spoken.textContent = keep(now) ? said.replace("{count}", now.length) : texts.notKept;
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("button[data-to-basket]");
  if (button) toggle(button);
});
addEventListener(CHANGED, show);
addEventListener("storage", show);
addEventListener("pageshow", show);
// Slides are exchanged without a new page by the viewer's own scripts.
new MutationObserver(() => {
  addButtons();
  show();
}).observe(document.querySelector("main"), { childList: true, subtree: true });
addButtons();
show();
