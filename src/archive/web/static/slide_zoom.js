// Zoom, moving about and full screen. The zoomed picture scrolls, so keys, wheel and touch move it as usual.
import { areKeysOn } from "./keys.js";

const STEPS = [1, 1.5, 2, 3, 4];
const DRAG_MIN_PX = 4;
const ROOM = 0.7; // of the window's height

const stage = document.querySelector("[data-stage]");
const level = document.querySelector("[data-zoom-level]");
const full = document.querySelector("[data-full]");
let at = 0;
let drag = null;

function zoomTo(index) {
  const scroller = document.querySelector("[data-scroller]");
  const sheet = scroller?.querySelector("[data-sheet]");
  if (!sheet) return;
  const before = { width: scroller.scrollWidth, height: scroller.scrollHeight };
  const middle = {
    x: (scroller.scrollLeft + scroller.clientWidth / 2) / before.width,
    y: (scroller.scrollTop + scroller.clientHeight / 2) / before.height,
  };
  if (at === 0) scroller.dataset.base = String(sheet.clientWidth);
  at = Math.min(Math.max(index, 0), STEPS.length - 1);
  const isZoomed = at > 0;
  if (isZoomed) sharpen(sheet.querySelector("img"));
  if (at === 0 || !scroller.style.height) scroller.dataset.height = String(scroller.clientHeight);
  sheet.style.width = isZoomed ? `${Number(scroller.dataset.base) * STEPS[at]}px` : "";
  // A low, wide page may grow downwards; nothing becomes higher than the window shows.
  const grown = Math.min(Number(scroller.dataset.height) * STEPS[at], ROOM * window.innerHeight);
  scroller.style.height = isZoomed ? `${Math.max(Number(scroller.dataset.height), grown)}px` : "";
  scroller.classList.toggle("is-zoomed", isZoomed);
  label(scroller, isZoomed);
  scroller.scrollLeft = middle.x * scroller.scrollWidth - scroller.clientWidth / 2;
  scroller.scrollTop = middle.y * scroller.scrollHeight - scroller.clientHeight / 2;
  show();
}

// The picture in more pixels is drawn when it is first wanted, and shown once it is there.
async function sharpen(picture) {
  const address = picture?.dataset.sharper;
  if (!address) return;
  delete picture.dataset.sharper;
  const sharper = Object.assign(new Image(), { src: address });
  try {
    await sharper.decode();
    picture.src = address;
  } catch {
    picture.dataset.sharper = address; // many zoom just now: the next step asks again
  }
}

function label(scroller, isZoomed) {
  if (isZoomed) {
    scroller.tabIndex = 0;
    scroller.setAttribute("role", "region");
    scroller.setAttribute("aria-label", scroller.dataset.label);
    return;
  }
  for (const name of ["tabindex", "role", "aria-label"]) scroller.removeAttribute(name);
}

function show() {
  level.textContent = `${STEPS[at] * 100} %`;
  const hasPicture = Boolean(document.querySelector("[data-scroller]"));
  document.querySelector("[data-zoom=in]").disabled = !hasPicture || at === STEPS.length - 1;
  for (const name of ["out", "whole"]) document.querySelector(`[data-zoom=${name}]`).disabled = at === 0;
}

function turnFull() {
  if (document.fullscreenElement) document.exitFullscreen();
  else stage.requestFullscreen();
}

const ACTIONS = {
  in: () => zoomTo(at + 1),
  out: () => zoomTo(at - 1),
  whole: () => zoomTo(0),
};
const KEYS = { "+": ACTIONS.in, "-": ACTIONS.out, 0: ACTIONS.whole, f: turnFull };

document.addEventListener("click", (event) => {
  const button = event.target.closest?.("[data-zoom]");
  if (button) ACTIONS[button.dataset.zoom]();
  const sheet = event.target.closest?.("[data-sheet]");
  if (!sheet || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault(); // without this module the link shows the picture alone
  if (drag?.isMoved) drag = null;
  else zoomTo(at === 0 ? 2 : 0);
});

document.addEventListener("keydown", (event) => {
  const isTaken = event.ctrlKey || event.metaKey || event.altKey || event.target.closest?.("input, textarea, select");
  const action = KEYS[event.key.toLowerCase()];
  if (!action || isTaken || !areKeysOn() || (action === turnFull && full.hidden)) return;
  event.preventDefault();
  action();
});

stage.addEventListener("pointerdown", (event) => {
  const scroller = event.target.closest(".scroller.is-zoomed");
  drag = null;
  if (!scroller || event.pointerType !== "mouse" || event.button !== 0) return;
  drag = { scroller, x: event.clientX, y: event.clientY, left: scroller.scrollLeft, top: scroller.scrollTop };
});
window.addEventListener("pointermove", (event) => {
  if (!drag || !(event.buttons & 1)) return;
  const [x, y] = [event.clientX - drag.x, event.clientY - drag.y];
  drag.isMoved = drag.isMoved || Math.hypot(x, y) > DRAG_MIN_PX;
  drag.scroller.scrollLeft = drag.left - x;
  drag.scroller.scrollTop = drag.top - y;
});
stage.addEventListener("dragstart", (event) => {
  if (drag) event.preventDefault();
});

full.hidden = !document.fullscreenEnabled;
full.addEventListener("click", turnFull);
document.addEventListener("fullscreenchange", () => {
  full.textContent = document.fullscreenElement ? full.dataset.leave : full.dataset.enter;
  zoomTo(0);
});
document.addEventListener("parts-replaced", () => {
  at = 0;
  show();
});
document.querySelector("[data-tools]").hidden = false;
show();
