// Replaces the parts of a page (data-part) by those of a newer copy; everything else on the page stays.

export async function fetchPage(address) {
  const response = await fetch(address, { headers: { Accept: "text/html" } });
  if (!response.ok) return null;
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  if (response.redirected) page.leadsTo = response.url;
  return page;
}

export function replaceParts(page) {
  const focused = document.activeElement?.dataset?.step;
  for (const part of document.querySelectorAll("[data-part]")) {
    const newer = page.querySelector(`[data-part="${part.dataset.part}"]`);
    if (!newer) continue;
    part.replaceChildren(...newer.childNodes);
    for (const name of Object.keys(newer.dataset)) part.dataset[name] = newer.dataset[name];
  }
  if (focused && document.activeElement === document.body) {
    // The control that was used has a new copy; at the last slide it has none, and its neighbour takes over.
    const copy = document.querySelector(`[data-step="${focused}"]`) ?? document.querySelector(".steps a.step");
    copy?.focus({ preventScroll: true });
  }
  document.dispatchEvent(new CustomEvent("parts-replaced"));
}
