// Sends a file in pieces by tus 1.0 (https://tus.io/protocols/resumable-upload), and goes on after any break:
// a lost connection, a server that restarts, a full disk, a browser that was closed.

const PIECE_MIN_BYTES = 64 * 1024;
const PIECE_MAX_BYTES = 4 * 1024 * 1024;
// A piece that is cut is sent again whole, so it is as large as goes in this time and no larger.
const PIECE_TIME_MS = 150;
const STALLED_MS = 60_000;
const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 30_000;
const KEPT_PREFIX = "archive-upload:";
const NO_ROOM = 507;
// Another piece is being written, or the file is at another place than we thought: ask where, and go on.
const PASSING = new Set([408, 409, 423, 425, 429, 460, 502, 503, 504, NO_ROOM]);

export class Refused extends Error {
  constructor(status, text) {
    super(text);
    this.status = status;
  }
}

export class TusUpload {
  // `told(offset)` after each piece, `broke(status)` when it has to wait, 0 where there is no answer at all.
  constructor(file, { address, metadata, pieceMax, told, broke, signal }) {
    Object.assign(this, { file, address, metadata, told, broke, signal });
    this.pieceMax = Math.min(PIECE_MAX_BYTES, pieceMax);
    this.piece = PIECE_MIN_BYTES;
    this.wait = FIRST_WAIT_MS;
    const place = [metadata.event, metadata.talk, metadata.document, metadata.folder, metadata.submission].join("/");
    this.key = `${KEPT_PREFIX}${place}/${file.name}/${file.size}/${file.lastModified}`;
  }

  // Sends all of it; begun(id) is called once it has an identifier. Throws Refused, or AbortError.
  async send(begun) {
    let offset = null;
    for (;;) {
      try {
        offset ??= await this.#place();
        begun(this.url.slice(this.url.lastIndexOf("/") + 1));
        while (offset < this.file.size) {
          offset = await this.#sendPiece(offset);
          this.told(offset);
          this.wait = FIRST_WAIT_MS;
        }
        localStorage.removeItem(this.key);
        return;
      } catch (error) {
        if (this.signal.aborted || (error instanceof Refused && !PASSING.has(error.status))) throw error;
        offset = null;
        this.piece = Math.max(PIECE_MIN_BYTES, this.piece / 4);
        this.broke(error.status ?? 0);
        await this.#pause();
      }
    }
  }

  // Forgets and ends what was sent.
  async end() {
    localStorage.removeItem(this.key);
    if (this.url) await this.#ask(this.url, { method: "DELETE" }).catch(() => null);
  }

  // Returns how much of it is there; begins it where nothing is.
  async #place() {
    this.url ??= localStorage.getItem(this.key);
    if (this.url) {
      const response = await this.#ask(this.url, { method: "HEAD" }, [404, 410]);
      const isSame = Number(response.headers.get("Upload-Length")) === this.file.size;
      if (response.ok && isSame) return Number(response.headers.get("Upload-Offset"));
    }
    const pairs = Object.entries(this.metadata).filter(([, value]) => value);
    const headers = {
      "Upload-Length": String(this.file.size),
      "Upload-Metadata": pairs.map(([name, value]) => `${name} ${base64(value)}`).join(","),
    };
    const response = await this.#ask(this.address, { method: "POST", headers });
    this.url = new URL(response.headers.get("Location"), location.href).pathname;
    localStorage.setItem(this.key, this.url);
    return 0;
  }

  async #sendPiece(offset) {
    const began = performance.now();
    const body = this.file.slice(offset, offset + this.piece);
    const headers = { "Upload-Offset": String(offset), "Content-Type": "application/offset+octet-stream" };
    const response = await this.#ask(this.url, { method: "PATCH", headers, body });
    const fits = (body.size * PIECE_TIME_MS) / Math.max(1, performance.now() - began);
    this.piece = Math.round(Math.min(this.pieceMax, Math.max(PIECE_MIN_BYTES, Math.min(fits, this.piece * 2))));
    return Number(response.headers.get("Upload-Offset"));
  }

  async #ask(address, { method, headers = {}, body }, alsoGood = []) {
    const signal = AbortSignal.any([this.signal, AbortSignal.timeout(STALLED_MS)]);
    const response = await fetch(address, {
      method,
      body,
      signal,
      redirect: "manual",
      headers: { "Tus-Resumable": "1.0.0", ...headers },
    });
    if (response.ok || alsoGood.includes(response.status)) return response;
    throw new Refused(response.status, (await response.text().catch(() => "")).trim());
  }

  // Waits longer each time, and no longer once the browser says that it is connected again.
  #pause() {
    const wait = this.wait;
    this.wait = Math.min(LONGEST_WAIT_MS, wait * 2);
    return new Promise((resolve) => {
      const done = () => {
        clearTimeout(timer);
        removeEventListener("online", done);
        this.signal.removeEventListener("abort", done);
        resolve();
      };
      const timer = setTimeout(done, wait);
      addEventListener("online", done);
      this.signal.addEventListener("abort", done);
    });
  }
}

const base64 = (text) => btoa(String.fromCodePoint(...new TextEncoder().encode(text)));
