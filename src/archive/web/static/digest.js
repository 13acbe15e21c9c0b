// A worker: the SHA-256 of a file, in hexadecimal. The page stays quick meanwhile.
self.addEventListener("message", async ({ data: file }) => {
  try {
    const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", await file.arrayBuffer()));
    self.postMessage(Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join(""));
  } catch {
    self.postMessage(""); // too large for the memory, say: it is sent without
  }
});
