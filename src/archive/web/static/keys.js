// Whether keys of a single letter do anything (WCAG 2.2, 2.1.4): a visitor may switch them off.

const SWITCH = "archive.keys";

export function areKeysOn() {
  try {
    return localStorage.getItem(SWITCH) !== "off";
  } catch {
    return true; // a browser that keeps nothing for us
  }
}

// Returns whether the choice could be kept.
export function turnKeys(areOn) {
  try {
    if (areOn) localStorage.removeItem(SWITCH);
    else localStorage.setItem(SWITCH, "off");
    return true;
  } catch {
    return false;
  }
}
