// The list of the visitor's own basket, as this browser keeps it.
const KEY = "archive.basket";
export const SLIDES_MAX = 40;
export const CHANGED = "archive:basket";

const REF = /^[0-9a-z]{10}(\.v[1-9][0-9]{0,4})?\.[1-9][0-9]{0,4}$/;

// What is no slide is left out: else no page would open with the basket, not even to empty it.
export function kept() {
  try {
    const listed = (localStorage.getItem(KEY) ?? "").split(",").filter((ref) => REF.test(ref));
    return [...new Set(listed)].slice(0, SLIDES_MAX);
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
