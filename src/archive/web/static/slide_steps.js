// Steps from slide to slide without leaving the page, so that full screen, zoom and focus stay.
import { areKeysOn } from "./keys.js";
import { fetchPage, replaceParts } from "./page_parts.js";

const SWIPE_MIN_PX = 60;
const ZOOMED_STEP_PX = 60;
const KEYS = { ArrowLeft: "previous", ArrowRight: "next", p: "previous-match", n: "next-match" };

const stage = document.querySelector("[data-stage]");
const said = document.querySelector("[data-said]");
let latest = 0;

async function go(address, isNew) {
  const request = ++latest;
  let page = null;
  try {
    page = await fetchPage(address);
  } catch {
    page = null;
  }
  if (request !== latest) return; // another step was taken meanwhile
  if (!page) {
    location.assign(address); // the server's own answer says what is wrong
    return;
  }
  if (isNew) history.pushState(null, "", address);
  document.title = page.title;
  replaceParts(page);
  centreStrip();
  say();
}

function say() {
  const parts = [document.querySelector(".slide-head h1"), document.querySelector("[data-count]")];
  said.textContent = parts.filter(Boolean).map((part) => part.textContent.trim()).join(". ");
}

function step(name) {
  const link = document.querySelector(`[data-step="${name}"]`);
  if (link) go(link.href, true);
  return Boolean(link);
}

function centreStrip() {
  const strip = document.querySelector("[data-strip]");
  const current = strip?.querySelector(".is-current");
  if (current) strip.scrollLeft = current.offsetLeft - (strip.clientWidth - current.offsetWidth) / 2;
}

document.addEventListener("click", (event) => {
  const link = event.target.closest?.("a[data-step]");
  const isPlain = event.button === 0 && !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey);
  if (!link || !isPlain) return;
  event.preventDefault();
  go(link.href, true);
});

document.addEventListener("keydown", (event) => {
  const isTaken = event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey;
  const name = KEYS[event.key.length === 1 ? event.key.toLowerCase() : event.key];
  if (!name || isTaken || !areKeysOn()) return;
  // Arrow keys belong to what is being written in, chosen from or moved.
  if (event.target.closest?.("input, textarea, select, [data-strip], .table-scroll, .scroller.is-zoomed")) return;
  if (event.key.startsWith("Arrow") && moveZoomed(event.key)) {
    event.preventDefault();
    return;
  }
  if (step(name)) event.preventDefault();
});

// An enlarged picture is moved by the arrow keys, wherever the focus is.
function moveZoomed(key) {
  const scroller = document.querySelector(".scroller.is-zoomed");
  scroller?.scrollBy({ left: (key === "ArrowRight" ? 1 : -1) * ZOOMED_STEP_PX });
  return Boolean(scroller);
}

let touch = null;
stage.addEventListener("touchstart", (event) => {
  const isOne = event.touches.length === 1 && event.target.closest("[data-part=picture]");
  const isZoomed = document.querySelector(".scroller.is-zoomed") || (window.visualViewport?.scale ?? 1) > 1;
  touch = isOne && !isZoomed ? { x: event.touches[0].clientX, y: event.touches[0].clientY } : null;
}, { passive: true });
stage.addEventListener("touchend", (event) => {
  if (!touch) return;
  const [x, y] = [event.changedTouches[0].clientX - touch.x, event.changedTouches[0].clientY - touch.y];
  touch = null;
  if (Math.abs(x) >= SWIPE_MIN_PX && Math.abs(x) > 2 * Math.abs(y)) step(x < 0 ? "next" : "previous");
}, { passive: true });

window.addEventListener("popstate", () => go(location.href, false));
document.querySelector("[data-keys-help]").hidden = false;
centreStrip();
