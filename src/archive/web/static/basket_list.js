// The list of the visitor's own basket, as this browser keeps it.
const KEY = "archive.basket";
export const SLIDES_MAX = 40;
export const CHANGED = "archive:basket";

export function kept() {
  try {
    return (localStorage.getItem(KEY) ?? "").split(",").filter(Boolean);
  } catch {
    return []; // the browser stores nothing for this site
  }
}

// Returns whether the list could be stored.
export function keep(refs) {
  try {
    if (refs.length) localStorage.setItem(KEY, refs.slice(0, SLIDES_MAX).join(","));
    else localStorage.removeItem(KEY);
  } catch {
    return false;
  }
  dispatchEvent(new Event(CHANGED));
  return true;
}
