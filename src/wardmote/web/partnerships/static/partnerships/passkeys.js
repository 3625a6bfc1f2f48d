// Passkeys: asks the browser for one and sends what it says with the form. The forms are marked by data-passkey:
// "sign-in" fetches its question first, "prove" answers the question in the page, "make" makes a new passkey.

const decode = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (sign) => sign.charCodeAt(0));
const encode = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");

const openKeys = (keys) => (keys || []).map((key) => ({ ...key, id: decode(key.id) }));

function readQuestion(publicKey) {
  const question = { ...publicKey, challenge: decode(publicKey.challenge) };
  if (publicKey.user) question.user = { ...publicKey.user, id: decode(publicKey.user.id) };
  if (publicKey.excludeCredentials) question.excludeCredentials = openKeys(publicKey.excludeCredentials);
  if (publicKey.allowCredentials) question.allowCredentials = openKeys(publicKey.allowCredentials);
  return question;
}

function writeAnswer(key) {
  const response = { clientDataJSON: encode(key.response.clientDataJSON) };
  for (const part of ["attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (key.response[part]) response[part] = encode(key.response[part]);
  }
  if (key.response.getTransports) response.transports = key.response.getTransports();
  return {
    id: key.id, rawId: encode(key.rawId), type: key.type, response,
    authenticatorAttachment: key.authenticatorAttachment,
    clientExtensionResults: key.getClientExtensionResults(),
  };
}

function demandAlone(question, alone) {
  const wanted = { ...question.authenticatorSelection, residentKey: alone ? "required" : "discouraged" };
  wanted.requireResidentKey = alone;
  if (alone) wanted.userVerification = "required";
  return { ...question, authenticatorSelection: wanted };
}

async function findOptions(form) {
  if (form.dataset.passkey !== "sign-in") {
    return JSON.parse(document.getElementById(form.dataset.passkeyOptions).textContent);
  }
  const answer = await fetch(form.action, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error("no question");
  return answer.json();
}

async function askBrowser(form) {
  const options = await findOptions(form);
  if (form.dataset.passkey === "make") {
    const alone = form.elements.passwordless?.checked ?? false;
    return navigator.credentials.create({
      publicKey: demandAlone(readQuestion(options.creation_options.publicKey), alone),
    });
  }
  return navigator.credentials.get({ publicKey: readQuestion(options.request_options.publicKey) });
}

function watch(form) {
  const said = form.querySelector("[data-passkey-error]");
  form.hidden = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    said.hidden = true;
    try {
      form.elements.credential.value = JSON.stringify(writeAnswer(await askBrowser(form)));
      form.submit();
    } catch {
      said.textContent = "The browser gave no passkey. Try again, or use another way.";
      said.hidden = false;
    }
  });
}

if (window.PublicKeyCredential) document.querySelectorAll("form[data-passkey]").forEach(watch);
