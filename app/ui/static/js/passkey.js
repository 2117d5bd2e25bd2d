// A passkey is made or shown: the browser answers what the page asks, and the form carries it.

const place = document.querySelector("[data-passkey]");
const form = place?.querySelector("form");

const bytes = (text) =>
  Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (one) => one.charCodeAt(0));

const text = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");

function read(options) {
  const named = (key) => ({ ...key, id: bytes(key.id) });
  return {
    ...options,
    challenge: bytes(options.challenge),
    ...(options.user && { user: { ...options.user, id: bytes(options.user.id) } }),
    excludeCredentials: options.excludeCredentials?.map(named),
    allowCredentials: options.allowCredentials?.map(named),
  };
}

function told(key) {
  const answer = { clientDataJSON: text(key.response.clientDataJSON) };
  for (const name of ["attestationObject", "authenticatorData", "signature"]) {
    if (key.response[name]) {
      answer[name] = text(key.response[name]);
    }
  }
  return JSON.stringify({
    id: key.id,
    rawId: text(key.rawId),
    type: key.type,
    response: answer,
    clientExtensionResults: key.getClientExtensionResults(),
  });
}

async function ask() {
  const publicKey = read(JSON.parse(place.dataset.options));
  const making = place.dataset.passkey === "make";
  const key = await (making
    ? navigator.credentials.create({ publicKey })
    : navigator.credentials.get({ publicKey }));
  form.elements.credential.value = told(key);
}

form?.addEventListener("submit", async (event) => {
  if (form.elements.credential.value) {
    return;
  }
  event.preventDefault();
  const failed = place.querySelector("[data-passkey-failed]");
  failed.hidden = true;
  try {
    await ask();
    HTMLFormElement.prototype.submit.call(form);
  } catch {
    // refused, timed out, or no such key here: the page stays, another way stands beside it
    failed.hidden = false;
    form.querySelector("[type=submit]").removeAttribute("disabled");
  }
});
