// A folder with a seminar.toml goes as one zip: what that file says of the others needs them all together.
// The zip is not compressed (APPNOTE.TXT 6.3.10, method 0): decks are zips themselves, and the bytes stay on disk.

const SEMINAR = "seminar.toml";
const UTF8_NAMES = 0x0800;
const VERSION = 20;
const NO_DATE = 0x21; // 1980-01-01, so that the same folder gives the same bytes, and is gone on with
const MAX_BYTES = 0xffffffff;
const MAX_FILES = 0xfffe;
const CRC_TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? 0xedb88320 ^ (value >>> 1) : value >>> 1;
  return value;
});

// Returns the files with those of each seminar's folder as one: { file: the zip to be made, folder, parts }.
export function bySeminar(files) {
  const tops = files.filter(({ file }) => file.name === SEMINAR).map(({ folder }) => folder);
  const top = (folder) => tops.filter((one) => isWithin(folder, one)).sort((a, b) => a.length - b.length)[0];
  const seminars = new Map();
  const others = [];
  for (const one of files) {
    const within = top(one.folder);
    if (within === undefined) others.push(one);
    else seminars.set(within, [...(seminars.get(within) ?? []), one]);
  }
  const zips = Array.from(seminars, ([folder, parts]) => ({ parts, ...placeOf(folder) }));
  return { others, zips };
}

// Returns how large the zip of these files becomes, Infinity where the format has no room for them.
export function zipSize(zip) {
  const total = zip.parts.reduce((sum, { file }) => sum + file.size + 2 * (46 + 3 * file.name.length) + 300, 22);
  return total > MAX_BYTES || zip.parts.length > MAX_FILES ? Infinity : total;
}

// Makes the zip.
export async function zipped({ parts, name, top }) {
  const body = [];
  const directory = [];
  let offset = 0;
  for (const { file, folder } of [...parts].sort((a, b) => (pathOf(a) < pathOf(b) ? -1 : 1))) {
    const path = new TextEncoder().encode([folder.slice(top.length), file.name].join("/").replace(/^\/+/, ""));
    const facts = [VERSION, UTF8_NAMES, 0, 0, NO_DATE];
    const sizes = [await crc32(file), file.size, file.size];
    const head = bytes([0x04034b50], facts, sizes, [path.length, 0]);
    directory.push(bytes([0x02014b50], [VERSION, ...facts], sizes, [path.length, 0, 0, 0, 0], [0, offset]), path);
    body.push(head, path, file);
    offset += head.length + path.length + file.size;
  }
  const directoryBytes = directory.reduce((sum, one) => sum + one.length, 0);
  const count = parts.length;
  const end = bytes([0x06054b50], [0, 0, count, count], [directoryBytes, offset], [0]);
  const lastModified = Math.max(...parts.map(({ file }) => file.lastModified));
  return new File([...body, ...directory, end], name, { type: "application/zip", lastModified });
}

const isWithin = (folder, top) => top === "" || folder === top || folder.startsWith(`${top}/`);
const pathOf = ({ file, folder }) => `${folder}/${file.name}`;

function placeOf(top) {
  const cut = top.lastIndexOf("/");
  return { top, folder: top.slice(0, Math.max(0, cut)), name: `${top.slice(cut + 1) || "seminarium"}.zip` };
}

// Little-endian numbers: lists of four bytes each and of two bytes each, in turn.
function bytes(...lists) {
  const sizes = lists.map((_, nth) => (nth % 2 ? 2 : 4));
  const made = new DataView(new ArrayBuffer(lists.reduce((sum, list, nth) => sum + list.length * sizes[nth], 0)));
  let at = 0;
  lists.forEach((list, nth) => {
    for (const value of list) {
      if (sizes[nth] === 2) made.setUint16(at, value, true);
      else made.setUint32(at, value, true);
      at += sizes[nth];
    }
  });
  return new Uint8Array(made.buffer);
}

async function crc32(file) {
  let value = 0xffffffff;
  const reader = file.stream().getReader();
  for (;;) {
    const { done, value: piece } = await reader.read();
    if (done) return (value ^ 0xffffffff) >>> 0;
    for (const byte of piece) value = CRC_TABLE[(value ^ byte) & 0xff] ^ (value >>> 8);
  }
}
