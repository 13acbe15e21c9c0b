// Moves the talks of a programme by their buttons or by dragging, and saves each move without a new page.
import { letRowsBeDragged } from "./dragging.js";

const form = document.querySelector("[data-talk-order]");
const said = document.querySelector("[data-order-said]");

const rows = () => [...form.querySelectorAll("li.row")];
const order = () => rows().map((row) => row.querySelector("[name=talk]").value);

function markEnds() {
  rows().forEach((row, at, all) => {
    const [up, down] = row.querySelectorAll("button");
    if (up) up.disabled = at === 0;
    if (down) down.disabled = at === all.length - 1;
  });
}

async function save(moved) {
  markEnds();
  const answer = await fetch(form.action, { method: "POST", body: new FormData(form) }).catch(() => null);
  if (!answer?.ok) {
    said.textContent = form.dataset.failed;
    if (answer?.status === 409) showPage(await answer.text());
    else location.reload();
    return;
  }
  const now = order();
  form.querySelectorAll("[name=base]").forEach((base, at) => { base.value = now[at]; });
  said.textContent = form.dataset.moved
    .replace("{topic}", moved.dataset.topic)
    .replace("{place}", rows().indexOf(moved) + 1)
    .replace("{count}", now.length);
}

// The page that asks which of two orders is to be kept.
function showPage(text) {
  const page = new DOMParser().parseFromString(text, "text/html");
  document.title = page.title;
  document.querySelector("main").replaceWith(page.querySelector("main"));
}

function move(row, isDown) {
  const other = isDown ? row.nextElementSibling : row.previousElementSibling;
  if (!other) return false;
  if (isDown) other.after(row);
  else other.before(row);
  return true;
}

function byButton(event) {
  const button = event.submitter;
  const row = button?.closest("li.row");
  if (!row) return;
  event.preventDefault();
  if (!move(row, button.value.startsWith("down:"))) return;
  save(row);
  // At an end its button is off: the other one is what is left to press.
  (button.disabled ? row.querySelector("button:not(:disabled)") : button)?.focus();
}

if (form && rows().length > 1) {
  form.addEventListener("submit", byButton);
  letRowsBeDragged(form, "li.row", save);
}
