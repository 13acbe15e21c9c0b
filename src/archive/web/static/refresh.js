// Keeps a part of a page (data-refresh) up to date: fetches the page every five seconds and changes what differs,
// node by node, so that focus, selected text and the place on the page stay. Stops while nobody looks.
// data-every: seconds between looks. data-leads-on: where the page leads on to another, the visitor goes there, too.
import { fetchPage } from "./page_parts.js";

const EVERY_S = 5;
const IDLE_MS = 30 * 60_000;

const part = document.querySelector("[data-refresh]");
const everyMs = 1000 * Number(part?.dataset.every ?? EVERY_S);
const pause = document.querySelector("[data-pause]");
let touchedAt = Date.now();
let isPaused = false;
let isOver = false;

// Tokens of forms are other ones in each copy of the page; both are good.
const isToken = (node) => node.name === "csrf";

function morph(old, newer) {
  if (old.nodeType === Node.TEXT_NODE) {
    if (old.data !== newer.data) old.data = newer.data;
    return;
  }
  if (old.nodeType !== Node.ELEMENT_NODE || isToken(old)) return;
  for (const { name } of [...old.attributes]) if (!newer.hasAttribute(name)) old.removeAttribute(name);
  for (const { name, value } of [...newer.attributes]) {
    if (old.getAttribute(name) !== value) old.setAttribute(name, value);
  }
  morphChildren(old, newer);
}

function morphChildren(old, newer) {
  const known = new Map([...old.children].filter((child) => child.id).map((child) => [child.id, child]));
  let place = old.firstChild;
  for (const wanted of [...newer.childNodes]) {
    const named = wanted.id ? known.get(wanted.id) : null;
    const isAlike = place && !named && !place.id && !wanted.id && place.nodeName === wanted.nodeName;
    const match = named ?? (isAlike ? place : null);
    if (!match) {
      old.insertBefore(document.importNode(wanted, true), place);
      continue;
    }
    // What stands before a row that stays has gone: it is taken away, the row is not moved (it may have the focus).
    while (place && place !== match && place.id && !newer.querySelector(`#${CSS.escape(place.id)}`)) {
      const gone = place;
      place = place.nextSibling;
      gone.remove();
    }
    if (match === place) place = place.nextSibling;
    else old.insertBefore(match, place);
    morph(match, wanted);
  }
  while (place) {
    const gone = place;
    place = place.nextSibling;
    gone.remove();
  }
}

// The first row in the window, by which the place on the page is held.
function anchor() {
  const rows = part.querySelectorAll("[id]");
  return [...rows].find((row) => row.getBoundingClientRect().top >= 0);
}

export function refreshFrom(page) {
  const newer = page.querySelector(`[data-refresh="${part.dataset.refresh}"]`);
  if (!newer) return false;
  const focused = document.activeElement;
  const held = scrollY > 0 ? anchor() : null;
  const before = held?.getBoundingClientRect().top;
  morph(part, newer);
  if (held?.isConnected) scrollBy(0, held.getBoundingClientRect().top - before);
  if (focused?.id && document.activeElement !== focused) {
    document.getElementById(focused.id)?.focus({ preventScroll: true });
  }
  return true;
}

async function look() {
  const isWanted = !document.hidden && !isPaused && Date.now() - touchedAt < IDLE_MS;
  if (isWanted) {
    const address = new URL(location.href);
    address.searchParams.delete("asked");
    const page = await fetchPage(address.href).catch(() => null);
    const leadsTo = "leadsOn" in part.dataset && page?.leadsTo;
    if (leadsTo) {
      location.replace(leadsTo);
      return;
    }
    if (page && !isPaused) isOver = !refreshFrom(page);
  }
  if (!isOver) setTimeout(look, everyMs);
}

if (part) {
  document.documentElement.style.overflowAnchor = "none"; // the place is held here
  for (const kind of ["pointerdown", "keydown", "scroll"]) {
    addEventListener(kind, () => (touchedAt = Date.now()), { passive: true });
  }
  if (pause) {
    pause.hidden = false;
    pause.addEventListener("click", () => {
      isPaused = !isPaused;
      pause.setAttribute("aria-pressed", String(isPaused));
    });
  }
  setTimeout(look, everyMs);
}
