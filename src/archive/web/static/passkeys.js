// Passkeys: a form with `data-passkey` ("create" or "get") asks the authenticator and sends its answer along.
const WHERE = "[data-passkey]";

const toBytes = (text) =>
  Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (letter) => letter.charCodeAt(0));
const toText = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");

// Browsers before 2024, and extensions that keep passkeys, know neither `parseRequestOptionsFromJSON` nor `toJSON`.
function readOptions(options) {
  const read = { ...options, challenge: toBytes(options.challenge) };
  const keys = (list) => (list ?? []).map((key) => ({ ...key, id: toBytes(key.id) }));
  if (options.user) read.user = { ...options.user, id: toBytes(options.user.id) };
  if (options.excludeCredentials) read.excludeCredentials = keys(options.excludeCredentials);
  if (options.allowCredentials) read.allowCredentials = keys(options.allowCredentials);
  return read;
}

function writeCredential(credential) {
  const response = {};
  for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (credential.response[name]) response[name] = toText(credential.response[name]);
  }
  return JSON.stringify({
    id: credential.id,
    rawId: toText(credential.rawId),
    type: credential.type,
    response,
    clientExtensionResults: {},
  });
}

async function ask(form, more) {
  const body = new URLSearchParams({ csrf: form.elements.csrf.value });
  const answer = await fetch(form.dataset.options, { method: "POST", body });
  if (!answer.ok) throw new Error(String(answer.status));
  const publicKey = readOptions(await answer.json());
  const credential = await navigator.credentials[form.dataset.passkey]({ publicKey, ...more });
  form.elements.credential.value = writeCredential(credential);
  form.submit();
}

let waiting = null; // for a passkey from the list that the browser shows at the login's field

async function offerAtLogin(form) {
  if (!(await PublicKeyCredential.isConditionalMediationAvailable?.())) return;
  waiting = new AbortController();
  // Without a passkey, or with another one, the button and the password are still there.
  await ask(form, { mediation: "conditional", signal: waiting.signal }).catch(() => {});
}

async function askAloud(event) {
  event.preventDefault();
  const form = event.currentTarget;
  const said = form.querySelector("[data-said]");
  said.hidden = true;
  waiting?.abort();
  try {
    await ask(form, {});
  } catch (error) {
    const isHere = error.name === "InvalidStateError"; // the authenticator has a passkey of this account
    said.textContent = isHere ? said.dataset.here : said.dataset.failed;
    said.hidden = false;
  }
}

for (const form of window.PublicKeyCredential ? document.querySelectorAll(WHERE) : []) {
  form.hidden = false;
  form.addEventListener("submit", askAloud);
  if (document.querySelector('[autocomplete~="webauthn"]') && form.dataset.passkey === "get") offerAtLogin(form);
}
