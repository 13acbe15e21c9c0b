// The arrows beside the strip scroll it, and fetch the slides beyond its ends.
import { fetchPage } from "./page_parts.js";

const SHARE = 0.8; // of what is seen at once
const NEARLY_PX = 2;

const strip = () => document.querySelector("[data-strip]");
const arrows = () => [...document.querySelectorAll("[data-scroll]")];
const directionOf = (arrow) => Number(arrow.dataset.scroll);

function roomPx(direction) {
  const row = strip();
  return direction < 0 ? row.scrollLeft : row.scrollWidth - row.clientWidth - row.scrollLeft;
}

function show() {
  if (!strip()) return;
  const isLong = roomPx(-1) + roomPx(1) > NEARLY_PX;
  for (const arrow of arrows()) {
    const isBeyond = arrow.hasAttribute("href");
    arrow.hidden = !isLong && !isBeyond;
    arrow.setAttribute("aria-disabled", String(roomPx(directionOf(arrow)) <= NEARLY_PX && !isBeyond));
  }
}

// Adds the slides beyond one end; the arrow then leads to those beyond them.
async function extend(arrow) {
  const page = await fetchPage(arrow.href).catch(() => null);
  const row = strip();
  const more = page?.querySelector("[data-strip]");
  if (!more || !arrow.isConnected) return;
  const known = new Set([...row.querySelectorAll("a")].map((link) => link.dataset.step));
  const added = [...more.children].filter((item) => !known.has(item.querySelector("a").dataset.step));
  for (const item of added) {
    item.classList.remove("is-current");
    item.querySelector("a").removeAttribute("aria-current");
  }
  const widthPx = row.scrollWidth;
  if (directionOf(arrow) < 0) {
    row.prepend(...added);
    row.scrollLeft += row.scrollWidth - widthPx;
  } else {
    row.append(...added);
  }
  const next = page.querySelector(`[data-scroll="${arrow.dataset.scroll}"]`);
  if (next?.hasAttribute("href")) {
    arrow.href = next.href;
  } else {
    arrow.removeAttribute("href");
    arrow.tabIndex = 0;
  }
}

async function scroll(arrow) {
  const direction = directionOf(arrow);
  const wantedPx = SHARE * strip().clientWidth;
  if (roomPx(direction) < wantedPx && arrow.hasAttribute("href")) await extend(arrow);
  const isCalm = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  strip().scrollBy({ left: direction * wantedPx, behavior: isCalm ? "auto" : "smooth" });
  show();
}

document.addEventListener("click", (event) => {
  const arrow = event.target.closest?.("[data-scroll]");
  if (!arrow || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  scroll(arrow);
});
document.addEventListener("keydown", (event) => {
  const arrow = event.target.closest?.("[data-scroll]");
  if (!arrow || (event.key !== "Enter" && event.key !== " ")) return;
  event.preventDefault();
  scroll(arrow);
});
document.addEventListener("scroll", (event) => event.target === strip() && show(), true);
document.addEventListener("parts-replaced", show);
window.addEventListener("resize", show);
show();
