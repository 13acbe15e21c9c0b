// The rows of the catalogue: fetched again while something is on its way, without losing focus or place.
import { fetchPage } from "./page_parts.js";

const LOOK_EVERY_MS = 2_000;

export class UploadRows {
  // `isSending()` tells whether this page sends files itself.
  constructor(area, isSending) {
    this.area = area;
    this.isSending = isSending;
    this.timer = 0;
    document.addEventListener("visibilitychange", () => this.refresh());
    this.#plan();
  }

  // Fetches the rows and shows what is new in them.
  async refresh() {
    clearTimeout(this.timer);
    if (!document.hidden) {
      const page = await fetchPage(this.area.dataset.rows).catch(() => null);
      const newer = page?.querySelector("[data-upload-rows]");
      if (newer) this.#show(newer);
    }
    this.#plan();
  }

  // Shows how far a file is that this page sends.
  progress(id, text) {
    const told = this.area.querySelector(`[data-row="${id}"] [data-progress]`);
    if (told) told.textContent = text;
    return Boolean(told);
  }

  #plan() {
    clearTimeout(this.timer);
    const isPending = this.area.querySelector("[data-pending-rows]") || this.isSending();
    if (isPending) this.timer = setTimeout(() => this.refresh(), LOOK_EVERY_MS);
  }

  #show(newer) {
    const place = this.area.querySelector("[data-upload-rows]");
    place.toggleAttribute("data-pending-rows", newer.hasAttribute("data-pending-rows"));
    const list = place.querySelector(".rows");
    if (!list || !newer.querySelector(".rows")) {
      place.replaceChildren(...newer.childNodes);
      return;
    }
    const summary = newer.querySelector("[data-summary]").textContent;
    const told = place.querySelector("[data-summary]");
    if (told.textContent !== summary) told.textContent = summary;
    const known = new Map(Array.from(list.children, (row) => [row.dataset.row, row]));
    let next = list.firstElementChild;
    for (const row of Array.from(newer.querySelector(".rows").children)) {
      const old = known.get(row.dataset.row);
      known.delete(row.dataset.row);
      const isSame = old && (old.dataset.mark === row.dataset.mark || isBeingTypedIn(old));
      if (old && !isSame) {
        if (next === old) next = row;
        renew(old, row);
      }
      const shown = isSame ? old : row;
      if (shown === next) next = next.nextElementSibling;
      else list.insertBefore(shown, next);
    }
    for (const gone of known.values()) gone.remove();
  }
}

const isBeingTypedIn = (row) => Array.from(row.querySelectorAll("input:not([type=hidden])")).some((one) => one.value);

// Puts the newer row in the place of the old one; what was open stays open, what had the focus keeps it.
function renew(old, row) {
  const key = old.contains(document.activeElement) ? document.activeElement.closest("[data-key]")?.dataset.key : null;
  const hadFocus = old.contains(document.activeElement);
  for (const open of old.querySelectorAll("details[open]")) {
    row.querySelector(`details[data-key="${open.dataset.key}"]`)?.setAttribute("open", "");
  }
  old.replaceWith(row);
  if (!hadFocus) return;
  const control = key && row.querySelector(`[data-key="${key}"]`);
  const focused = control?.querySelector("summary") ?? control ?? row.querySelector("a, button, summary");
  focused?.focus({ preventScroll: true });
}
