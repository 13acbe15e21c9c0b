// While pictures are still being made, fetches the page again now and then until they are all there.
import { fetchPage, replaceParts } from "./page_parts.js";

const FIRST_WAIT_MS = 2_000;
const LONGEST_WAIT_MS = 30_000;

let wait = FIRST_WAIT_MS;

const pendingCount = (page) => page.querySelectorAll("[data-pending]").length;

async function look() {
  const before = pendingCount(document);
  if (!before) return;
  const address = location.href;
  if (!document.hidden) {
    const page = await fetchPage(address).catch(() => null);
    const isNewer = page && address === location.href && pendingCount(page) < before;
    if (isNewer) replaceParts(page);
    wait = isNewer ? FIRST_WAIT_MS : Math.min(wait * 1.5, LONGEST_WAIT_MS);
  }
  setTimeout(look, wait);
}

document.addEventListener("parts-replaced", () => {
  wait = FIRST_WAIT_MS;
});
if (pendingCount(document)) setTimeout(look, wait);
