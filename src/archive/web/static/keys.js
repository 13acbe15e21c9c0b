// Whether shortcuts of a single key are on (WCAG 2.2, 2.1.4): a visitor may switch them off.

const SWITCH = "archive.keys";

export function areKeysOn() {
  try {
    return localStorage.getItem(SWITCH) !== "off";
  } catch {
    return true; // the browser stores nothing for this site
  }
}

// Returns whether the choice could be stored.
export function turnKeys(areOn) {
  try {
    if (areOn) localStorage.removeItem(SWITCH);
    else localStorage.setItem(SWITCH, "off");
    return true;
  } catch {
    return false;
  }
}
