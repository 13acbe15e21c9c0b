// Checks the fields of a record's form when they are left, with the words that the server has for the same.
const form = document.querySelector("[data-record-form]");

const DATE = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$/;

function isDate(text) {
  const [, year, month = "01", day = "01"] = DATE.exec(text) ?? [];
  if (!year || year === "0000") return false;
  const made = new Date(`${year}-${month}-${day}T00:00:00Z`);
  return !Number.isNaN(made.getTime()) && made.toISOString().startsWith(`${year}-${month}-${day}`);
}

const CHECKS = {
  date: isDate,
  address: (text) => /^https?:\/\/\S+$/i.test(text),
  year: (text) => /^\d{4}$/.test(text) && Number(text) >= 1900 && Number(text) <= 2100,
};

function wrongWith(input) {
  const text = input.value.trim();
  if (!text) return input.required ? form.dataset.needed : "";
  const check = input.dataset.check;
  if (check && !CHECKS[check](text)) return form.dataset[check];
  return isBeforeItsBeginning(input) ? form.dataset.order : "";
}

function isBeforeItsBeginning(input) {
  const first = { ends: "starts", year_to: "year_from" }[input.name];
  const start = first && form.elements[first].value.trim();
  if (!start) return false;
  const shared = Math.min(start.length, input.value.trim().length);
  return input.value.trim().slice(0, shared) < start.slice(0, shared);
}

function tell(input, told) {
  const place = document.getElementById(`${input.id}-error`);
  if (!place) return;
  place.textContent = told;
  place.hidden = !told;
  if (told) input.setAttribute("aria-invalid", "true");
  else input.removeAttribute("aria-invalid");
}

if (form) {
  form.addEventListener("focusout", ({ target }) => {
    if (target.matches("input[id], textarea[id]")) tell(target, wrongWith(target));
  });
  form.addEventListener("input", ({ target }) => {
    if (target.getAttribute("aria-invalid") === "true") tell(target, wrongWith(target));
  });
  document.getElementById("errors")?.focus();
}
