// The page of an import: marks the passage that the focused field was read from, F6 goes to the next unsure field,
// Enter accepts. Without this, each field links to its passage, and unsure ones have a box to tick.

const form = document.querySelector("[data-review]");
const count = form?.querySelector("[data-unsure-count]");
const keys = form?.querySelector("[data-keys]");
const fields = () => [...form.querySelectorAll("input:not([type=hidden], [type=checkbox], [type=radio]), textarea, select")];
const unsure = () => [...form.querySelectorAll("[data-unsure]")];

function unmark() {
  for (const mark of document.querySelectorAll(".source-block mark")) {
    mark.replaceWith(...mark.childNodes);
  }
  for (const block of document.querySelectorAll(".source-block")) {
    block.normalize();
    block.classList.remove("is-focused");
  }
}

// Letters are counted as code points, as the reader does.
function mark(block, start, end) {
  const letters = [...block.textContent];
  const words = letters.slice(start, end).join("");
  const made = document.createElement("mark");
  made.textContent = words;
  block.replaceChildren(letters.slice(0, start).join(""), made, letters.slice(end).join(""));
  block.classList.add("is-focused");
  return made;
}

function show(field) {
  unmark();
  const places = (field.dataset.places ?? "").split(" ").filter(Boolean).map((place) => place.split(":").map(Number));
  const marked = new Set();
  let first = null;
  for (const [number, start, end] of places) {
    const block = document.getElementById(`b${number}`);
    if (!block || marked.has(number)) continue; // a second passage in a block: the first is enough to find it
    marked.add(number);
    const made = mark(block, start, end);
    first ??= made;
  }
  const side = document.querySelector(".import-source");
  if (first && side && side.scrollHeight > side.clientHeight) {
    const top = first.getBoundingClientRect().top - side.getBoundingClientRect().top;
    side.scrollTop += top - side.clientHeight / 3;
  }
}

function tell() {
  const left = unsure().length;
  const text = left === 0 ? count.dataset.none : left === 1 ? count.dataset.one : count.dataset.many.replace("{}", left);
  if (count.textContent !== text) count.textContent = text;
}

function setAccepted(field, isAccepted) {
  field.toggleAttribute("data-unsure", !isAccepted);
  const box = form.querySelector(`[data-accepts="${CSS.escape(field.name)}"]`);
  if (box) box.checked = isAccepted;
  tell();
}

function nextUnsure(from, step) {
  const all = fields();
  const at = all.indexOf(from);
  const wanted = unsure().filter((field) => field !== from);
  if (wanted.length === 0) return null;
  const ordered = step > 0 ? wanted : [...wanted].reverse();
  return ordered.find((field) => step * (all.indexOf(field) - at) > 0) ?? ordered[0];
}

function go(field) {
  if (!field) return;
  field.closest("details")?.setAttribute("open", "");
  field.focus();
  field.select?.();
  field.scrollIntoView({ block: "center" });
}

if (form) {
  keys.hidden = false;
  form.addEventListener("focusin", (event) => {
    if (event.target.matches("input, textarea, select")) show(event.target);
  });
  // What somebody has typed themselves is no longer unsure.
  form.addEventListener("input", (event) => {
    if (event.target.matches("[data-unsure]")) setAccepted(event.target, true);
    if (event.target.matches("[data-accepts]")) {
      const field = document.getElementById(event.target.dataset.accepts);
      if (field) setAccepted(field, event.target.checked);
    }
  });
  form.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    if (!event.target.matches("input:not([type=checkbox], [type=radio]), select")) return;
    event.preventDefault(); // the form is sent by its buttons alone
    const wasUnsure = event.target.matches("[data-unsure]");
    if (wasUnsure) setAccepted(event.target, true);
    const all = fields();
    const next = nextUnsure(event.target, 1) ?? (wasUnsure ? null : all[all.indexOf(event.target) + 1]);
    go(next ?? form.querySelector("button[value=publish]")); // all is looked at
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "F6" || event.ctrlKey || event.altKey || event.metaKey) return;
    const next = nextUnsure(document.activeElement, event.shiftKey ? -1 : 1);
    if (!next) return; // the browser's own meaning holds
    event.preventDefault();
    go(next);
  });
  tell();
}
