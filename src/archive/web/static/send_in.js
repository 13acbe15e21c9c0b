// Sends what somebody who is not of the staff sends in: first the fields of the form, then each file in pieces.
import { TusUpload } from "./tus.js";

const form = document.querySelector("form[data-send]");
const texts = form?.querySelector("template[data-texts]").dataset;

function row(name) {
  const item = document.createElement("li");
  item.className = "row";
  const label = document.createElement("bdi");
  label.textContent = name;
  const state = document.createElement("span");
  state.className = "facts";
  item.append(label, state);
  form.querySelector("ul[data-sending]").append(item);
  return state;
}

const problemOf = (file) => (!file.size ? texts.empty : file.size > Number(form.dataset.fileMax) ? texts.tooLarge : "");

function pieces(file, metadata, state) {
  return new TusUpload(file, {
    address: form.dataset.uploads,
    metadata,
    pieceMax: Number(form.dataset.pieceMax),
    signal: new AbortController().signal,
    told: (offset) => {
      state.textContent = texts.sending.replace("{}", Math.floor((100 * offset) / file.size));
    },
    broke: () => {
      state.textContent = texts.waiting;
    },
  });
}

// Sends a file and returns whether it has arrived; what was refused is told at it.
async function sendFile(file, submission) {
  const state = row(file.name);
  const problem = problemOf(file);
  try {
    if (problem) throw new Error(problem);
    await pieces(file, { filename: file.name, submission }, state).send(() => {});
    state.textContent = texts.done;
    return true;
  } catch (error) {
    state.textContent = error.message || texts.failed;
    return false;
  }
}

function tellErrors(errors) {
  for (const place of form.querySelectorAll("[data-error]")) {
    const said = errors[place.dataset.error] ?? "";
    place.textContent = said;
    place.hidden = !said;
    const control = form.elements[place.dataset.error];
    if (said) control?.setAttribute("aria-invalid", "true");
    else control?.removeAttribute("aria-invalid");
  }
  const first = Object.keys(errors).find((name) => form.elements[name]);
  if (first) form.elements[first].focus();
}

async function send(files) {
  const fields = new FormData(form);
  fields.delete("files");
  fields.set("files_follow", "1");
  const status = form.querySelector("[data-status]");
  status.textContent = texts.busy;
  const response = await fetch(form.action, { method: "POST", body: fields }).catch(() => null);
  const answer = await response?.json().catch(() => null);
  if (!response?.ok || !answer) {
    status.textContent = answer?.errors ? "" : texts.failed;
    tellErrors(answer?.errors ?? {});
    return;
  }
  tellErrors({});
  let isWhole = true;
  for (const file of files) isWhole = (await sendFile(file, answer.submission)) && isWhole;
  if (isWhole) {
    location.assign(answer.next);
    return;
  }
  status.textContent = texts.someFailed;
  form.querySelector("[data-next]").href = answer.next;
  form.querySelector("[data-on]").hidden = false;
}

form?.addEventListener("submit", async (submit) => {
  const { files } = form.elements;
  if (!files?.files.length) return; // the server says what is missing, or takes the fields alone
  submit.preventDefault();
  const button = form.querySelector("button[type=submit]");
  if (button.disabled) return;
  button.disabled = true;
  form.querySelector("ul[data-sending]").replaceChildren();
  await send(Array.from(files.files));
  button.disabled = false;
});

// A file that was broken off goes on when the same one is picked again.
for (const begun of form ? document.querySelectorAll("[data-begun]") : []) {
  const state = begun.querySelector("[data-text]");
  begun.querySelector("[data-scripted]").hidden = false;
  begun.querySelector("input").addEventListener("change", async ({ target }) => {
    const [file] = target.files;
    if (file.size !== Number(begun.dataset.size)) {
      state.textContent = texts.other;
      return;
    }
    const upload = pieces(file, { filename: file.name }, state);
    upload.url = begun.dataset.begun;
    const isSent = await upload.send(() => {}).then(() => true, () => false);
    if (isSent) location.reload();
    else state.textContent = texts.failed;
  });
}
