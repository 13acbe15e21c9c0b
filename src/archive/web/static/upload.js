// Files that are dropped on the page or picked: sent a few at a time, and told what becomes of each.
import { droppedFiles, pickedFiles } from "./dropped_files.js";
import { bySeminar, zipped, zipSize } from "./folder_zip.js";
import { TusUpload } from "./tus.js";
import { UploadRows } from "./upload_rows.js";

const AT_ONCE = 2;
const DIGEST_MAX_BYTES = 512 * 1024 * 1024;
const NO_ROOM = 507;
const SIGNED_OUT = new Set([0, 401, 403]);
// What no document ever is. Everything else is sent: the archive looks at the bytes, not at the name.
const WRONG_TYPES = /\.(exe|dll|msi|dmg|apk|mp3|mp4|m4a|mov|avi|mkv|wav|iso|lnk|db|ini)$/i;

const area = document.querySelector("[data-uploads]");
const texts = area.querySelector("template[data-local-row]").dataset;
const { event, talk, document: documentId } = area.dataset;
const target = { event, talk, document: documentId };
const queue = [];
let active = 0;
const rows = new UploadRows(area, () => active + queue.length > 0);

// Adds files to what is to be sent; for a document, or a talk (its identifier), that is one file.
async function add(files, talkId) {
  const batch = crypto.randomUUID?.() ?? String(Date.now());
  const isOne = documentId || talkId;
  const { others, zips } = isOne ? { others: files.slice(0, 1), zips: [] } : bySeminar(files);
  for (const { file, folder } of others) {
    const problem = problemOf(file);
    if (problem) localRow(file.name, problem);
    else queue.push({ file, metadata: { filename: file.name, folder, batch, ...target, talk: talkId ?? talk } });
  }
  start();
  for (const zip of zips) {
    const packing = localRow(zip.name, texts.packing);
    const isTooLarge = zipSize(zip) > Number(area.dataset.zipMax);
    const file = isTooLarge ? null : await zipped(zip).catch(() => null);
    packing.remove();
    if (file) queue.push({ file, metadata: { filename: zip.name, folder: zip.folder, batch, ...target } });
    else localRow(zip.name, isTooLarge ? texts.zipTooLarge : texts.unreadable);
    start();
  }
}

function start() {
  for (let free = AT_ONCE - active; free > 0; free -= 1) next();
  tell();
}

function problemOf(file) {
  const max = Number(/\.zip$/i.test(file.name) ? area.dataset.zipMax : area.dataset.fileMax);
  if (!file.size) return texts.empty;
  if (file.size > max) return texts.tooLarge;
  return WRONG_TYPES.test(file.name) ? texts.wrongType : "";
}

async function next() {
  const one = queue.shift();
  if (!one) return;
  active += 1;
  tell();
  try {
    if (one.metadata.sha256 || !(await isKnown(one))) await send(one);
  } catch (error) {
    localRow(one.file.name, SIGNED_OUT.has(error.status) ? texts.signedOut : error.message || texts.waiting);
  } finally {
    active -= 1;
    tell();
    next();
    rows.refresh();
  }
}

async function send({ file, metadata }) {
  let id = "";
  let waiting = null;
  const upload = new TusUpload(file, {
    address: area.dataset.uploads,
    metadata,
    pieceMax: Number(area.dataset.pieceMax),
    signal: new AbortController().signal,
    told: (offset) => {
      waiting?.remove();
      waiting = null;
      rows.progress(id, texts.progress.replace("{}", Math.floor((100 * offset) / file.size)));
    },
    broke: (status) => {
      waiting ??= localRow(file.name, "");
      waiting.querySelector("[data-text]").textContent = status === NO_ROOM ? texts.noRoom : texts.waiting;
    },
  });
  try {
    await upload.send((given) => {
      if (id !== given) rows.refresh();
      id = given;
    });
  } finally {
    waiting?.remove();
  }
}

// Asks whether the archive has the same bytes, and if so lets the visitor choose what to do.
async function isKnown(one) {
  if (one.file.size > DIGEST_MAX_BYTES || !globalThis.crypto?.subtle) return false;
  one.metadata.sha256 = await digest(one.file);
  if (!one.metadata.sha256) return false;
  const answer = await fetch(`${area.dataset.known}?sha256=${one.metadata.sha256}`).catch(() => null);
  const known = answer?.ok ? await answer.json() : {};
  if (!known.document) return false;
  const row = localRow(one.file.name, texts.known);
  const ways = area.querySelector("template[data-ways-row]").content.cloneNode(true);
  const way = (name) => ways.querySelector(`[data-way="${name}"]`);
  Object.assign(way("open"), { href: known.address, textContent: `${known.title}, ${known.date}` });
  const again = (changes) => () => {
    row.remove();
    Object.assign(one.metadata, changes);
    queue.push(one);
    if (active < AT_ONCE) next();
  };
  const { talk: talkId } = one.metadata;
  const isNewest = known.is_newest && (!documentId || documentId === known.document);
  const place = event || talkId;
  const choices = {
    link: place && !known.is_linked && (() => linkHere(row, known, talkId)),
    version: !isNewest && again({ document: documentId ?? known.document, talk: "" }),
    separate: !documentId && again({ separate: "1" }),
  };
  for (const [name, choice] of Object.entries(choices)) {
    if (choice) way(name).addEventListener("click", choice);
    else way(name).remove();
  }
  // Why a way is not there: nobody has to guess.
  const reasons = [place && known.is_linked && texts.whyNoLink, isNewest && texts.whyNoVersion, documentId && texts.whyNoSeparate];
  row.querySelector("[data-why]").textContent = reasons.filter(Boolean).join(" ");
  row.querySelector("[data-ways]").append(ways);
  return true;
}

// Puts the document here; what was refused is told in the row.
async function linkHere(row, known, talkId) {
  const body = new URLSearchParams({ known: known.document, event: event ?? "", talk: talkId ?? "" });
  const answer = await post(area.dataset.link, body).catch(() => null);
  const isDone = answer?.type === "opaqueredirect";
  const page = isDone || !answer ? "" : await answer.text();
  const refusal = new DOMParser().parseFromString(page, "text/html").querySelector(".refusal")?.textContent;
  row.querySelector("[data-text]").textContent = isDone ? texts.linked : (refusal ?? texts.waiting);
  for (const button of row.querySelectorAll("[data-ways] button")) button.remove();
  row.querySelector("[data-why]").textContent = "";
}

function digest(file) {
  return new Promise((resolve) => {
    const worker = new Worker(area.dataset.digest, { type: "module" });
    const done = (sha256) => {
      worker.terminate();
      resolve(sha256);
    };
    worker.addEventListener("message", ({ data }) => done(data));
    worker.addEventListener("error", () => done(""));
    worker.postMessage(file);
  });
}

function localRow(name, text) {
  const row = area.querySelector("template[data-local-row]").content.firstElementChild.cloneNode(true);
  row.querySelector("[data-name]").textContent = name;
  row.querySelector("[data-text]").textContent = text;
  row.querySelector("[data-dismiss]").addEventListener("click", () => row.remove());
  area.querySelector("[data-local]").append(row);
  return row;
}

function tell() {
  const said = active ? texts.sending + (queue.length ? ` ${queue.length} ${texts.queued}` : "") : "";
  const status = area.querySelector("[data-sending]");
  if (status.textContent !== said) status.textContent = said;
}

const post = (address, body) => fetch(address, { method: "POST", body, redirect: "manual" });

for (const part of area.querySelectorAll("[data-scripted]")) part.hidden = false;
const files = area.querySelector("#upload-files");
const folder = area.querySelector("[data-folder]");
for (const input of [files, folder]) {
  input?.addEventListener("change", () => {
    add(pickedFiles(input.files));
    input.value = "";
  });
}
area.querySelector("[data-pick-folder]")?.addEventListener("click", () => folder.click());
area.querySelector(".drop").addEventListener("submit", (submit) => {
  submit.preventDefault();
  files.click();
});
// What stands at a row is done without leaving the page.
addEventListener("submit", async (submit) => {
  const form = submit.target;
  if (submit.defaultPrevented || !form.matches("[data-act], [data-replace]")) return;
  submit.preventDefault();
  if (form.matches("[data-replace]")) {
    const { document: replaced, talk: talkId } = form.elements;
    const picked = pickedFiles(form.elements.files.files);
    form.reset();
    if (talkId && form.dataset.replace === "") {
      add(picked, talkId.value);
      return;
    }
    const [{ file, folder: within }] = picked;
    queue.push({ file, metadata: { filename: file.name, folder: within, ...target, document: replaced?.value ?? documentId } });
    if (form.dataset.replace) post(new URL(`${form.dataset.replace}/remove`, `${location.origin}${area.dataset.uploads}/`), new FormData());
    if (active < AT_ONCE) next();
    return;
  }
  await post(form.action, new FormData(form)).catch(() => null);
  form.reset();
  rows.refresh();
});
const isOfFiles = (drag) => Array.from(drag.dataTransfer?.types ?? []).includes("Files");
const talkUnder = (drag) => (drag.target instanceof Element ? drag.target.closest("[data-drop-talk]") : null);
const markTalk = (over) => {
  for (const marked of document.querySelectorAll(".is-drop-target")) marked.classList.toggle("is-drop-target", marked === over);
  over?.classList.add("is-drop-target");
};
addEventListener("dragover", (drag) => {
  if (!isOfFiles(drag)) return;
  drag.preventDefault();
  document.body.classList.add("is-dropping");
  markTalk(talkUnder(drag));
});
addEventListener("dragleave", (drag) => {
  if (drag.relatedTarget) return;
  document.body.classList.remove("is-dropping");
  markTalk(null);
});
addEventListener("drop", async (drag) => {
  if (!isOfFiles(drag)) return;
  drag.preventDefault();
  document.body.classList.remove("is-dropping");
  markTalk(null);
  const talkId = talkUnder(drag)?.dataset.dropTalk;
  add(await droppedFiles(drag.dataTransfer), talkId);
});
