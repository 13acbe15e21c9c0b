// The page of a basket: keeps the visitor's own list as the page has it, and moves slides by dragging.
import { keep, kept } from "./basket_list.js";
import { letRowsBeDragged } from "./dragging.js";

const page = document.querySelector("[data-basket-page]");
const said = document.querySelector("[data-basket-said]");
const rows = document.querySelector("[data-basket-rows]");
const listIn = (address) => (new URL(address, location.href).searchParams.get("s") ?? "").split(",").filter(Boolean);
const asked = listIn(location.href);
const listed = page.dataset.list.split(",").filter(Boolean);
const isSame = (some, others) => some.join() === others.join();
const own = kept();
const STEP = "archive.basket.step";

// An edit of the own basket leads to its new address: the list follows when that page is there.
function steps() {
  try {
    const step = sessionStorage.getItem(STEP) ?? "";
    sessionStorage.removeItem(STEP);
    return step;
  } catch {
    return "";
  }
}

const isOwn = isSame(asked, own) || isSame(listed, own) || steps() === "own";

function follow(address) {
  const url = new URL(address, location.href);
  if (isOwn) {
    keep(listIn(url));
    try {
      sessionStorage.setItem(STEP, "own");
    } catch { /* the list says the same */ }
  }
  location.assign(url);
}

function byDragging() {
  const order = () => [...rows.children].map((row) => row.dataset.ref);
  const before = order();
  letRowsBeDragged(rows, "[data-ref]", () => {
    // What is left out has no row: it stays where it is.
    const moved = order();
    const list = listed.map((ref) => (before.includes(ref) ? moved.shift() : ref));
    const url = new URL(location.href);
    url.search = `?s=${list.join(",")}`;
    url.hash = "slides";
    follow(url);
  });
}

function copying() {
  const button = document.querySelector("[data-basket-copy]");
  const field = document.querySelector("[data-basket-link]");
  if (!button) return;
  button.hidden = false;
  button.addEventListener("click", async () => {
    field.select();
    try {
      await navigator.clipboard.writeText(field.value);
      said.textContent = button.dataset.done;
    } catch {
      said.textContent = button.dataset.failed;
    }
    button.textContent = said.textContent;
  });
}

if (!asked.length && own.length) {
  location.replace(`${location.pathname}?s=${own.join(",")}`);
} else {
  if (isOwn && !isSame(listed, own)) keep(listed);
  const shared = document.querySelector("[data-basket-shared]");
  shared.hidden = isOwn || !rows;
  document.querySelector("[data-basket-keep]").addEventListener("click", () => {
    keep(listed);
    location.reload();
  });
  page.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-basket-edit]");
    if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    follow(link.href);
  });
  if (rows?.children.length > 1) byDragging();
  copying();
}
