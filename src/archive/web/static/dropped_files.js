// The files that were dropped or picked, each with the folder it was in; hidden ones are left out.

const isHidden = (name) => name.startsWith(".") || name.startsWith("~$");

export async function droppedFiles(transfer) {
  // All at once: the list is empty after the first wait.
  const items = Array.from(transfer.items).filter((item) => item.kind === "file");
  const dropped = items.map((item) => [item.webkitGetAsEntry?.(), item.getAsFile()]);
  const found = [];
  for (const [entry, file] of dropped) {
    if (entry) await walk(entry, "", found);
    else if (file) found.push({ file, folder: "" });
  }
  return found;
}

export function pickedFiles(list) {
  const files = Array.from(list, (file) => {
    const path = file.webkitRelativePath || file.name;
    return { file, folder: path.slice(0, Math.max(0, path.lastIndexOf("/"))) };
  });
  return files.filter(({ file, folder }) => ![...folder.split("/"), file.name].some(isHidden));
}

async function walk(entry, folder, found) {
  if (isHidden(entry.name)) return;
  if (entry.isFile) {
    const file = await new Promise((resolve) => entry.file(resolve, () => resolve(null)));
    if (file) found.push({ file, folder });
    return;
  }
  const reader = entry.createReader();
  for (;;) {
    // A folder is read in parts of a hundred or so.
    const part = await new Promise((resolve) => reader.readEntries(resolve, () => resolve([])));
    if (!part.length) return;
    for (const child of part) await walk(child, folder ? `${folder}/${entry.name}` : entry.name, found);
  }
}
