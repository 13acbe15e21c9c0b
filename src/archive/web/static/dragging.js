// Rows that are moved by dragging: while one is dragged the others make room for it.

// `rows` are those below `area` that a selector finds; `whenMoved` is called with the row that has another place.
export function letRowsBeDragged(area, selector, whenMoved) {
  const rows = () => [...area.querySelectorAll(selector)];
  let dragged = null;
  let before = [];
  for (const row of rows()) row.draggable = true;
  area.addEventListener("dragstart", (event) => {
    dragged = event.target.closest(selector);
    before = rows();
    dragged?.classList.add("is-dragged");
    event.dataTransfer.effectAllowed = "move";
  });
  area.addEventListener("dragover", (event) => {
    const over = event.target.closest(selector);
    if (!dragged || !over) return;
    event.preventDefault();
    if (over === dragged) return;
    const box = over.getBoundingClientRect();
    if (event.clientY > box.top + box.height / 2) over.after(dragged);
    else over.before(dragged);
  });
  area.addEventListener("drop", (event) => event.preventDefault());
  area.addEventListener("dragend", () => {
    if (!dragged) return;
    const moved = dragged;
    dragged = null;
    moved.classList.remove("is-dragged");
    if (rows().some((row, at) => row !== before[at])) whenMoved(moved);
  });
}
