// What this device keeps of forms that are not yet on the server: one entry per person and form.
const PREFIX = "wardmote:draft:";
const LAST_PERSON = "wardmote:person";
const NEVER_KEPT = new Set(["csrfmiddlewaretoken", "draft_version"]);

export function readPerson() {
  return document.body.dataset.person || "";
}

function nameEntry(person, key) {
  return `${PREFIX}${person}:${key}`;
}

// Storage can be full, or forbidden by the browser's settings: then nothing is kept, and the caller is told so.
function attempt(action, otherwise) {
  try {
    return action();
  } catch {
    return otherwise;
  }
}

export function keep(key, copy) {
  return attempt(() => {
    localStorage.setItem(nameEntry(readPerson(), key), JSON.stringify(copy));
    return true;
  }, false);
}

export function find(key) {
  return attempt(() => JSON.parse(localStorage.getItem(nameEntry(readPerson(), key))), null);
}

export function drop(key) {
  attempt(() => localStorage.removeItem(nameEntry(readPerson(), key)));
}

export function rememberPerson() {
  if (readPerson()) attempt(() => localStorage.setItem(LAST_PERSON, readPerson()));
}

// After signing out the page no longer knows who it was; the device does. Other people's copies stay.
export function forgetPerson(token) {
  attempt(() => {
    const person = token || readPerson() || localStorage.getItem(LAST_PERSON) || "";
    const own = Object.keys(localStorage).filter((name) => name.startsWith(nameEntry(person, "")));
    own.forEach((name) => localStorage.removeItem(name));
    localStorage.removeItem(LAST_PERSON);
  });
}

// Files cannot be kept and passwords must not be.
export function readFields(form) {
  const secret = new Set([...form.querySelectorAll('input[type="password"]')].map((input) => input.name));
  return [...new FormData(form)].filter(
    ([name, value]) => typeof value === "string" && !secret.has(name) && !NEVER_KEPT.has(name),
  );
}

// What a person can have typed or chosen: hidden fields belong to the page and may differ each time it is drawn.
export function readTyped(form) {
  const hidden = new Set([...form.querySelectorAll('input[type="hidden"]')].map((input) => input.name));
  return readFields(form).filter(([name]) => !hidden.has(name));
}

export function writeFields(form, fields) {
  const kept = new Map();
  fields.forEach(([name, value]) => kept.set(name, [...(kept.get(name) || []), value]));
  for (const input of form.elements) {
    if (!input.name || NEVER_KEPT.has(input.name) || ["password", "file", "submit", "button"].includes(input.type)) continue;
    writeField(input, kept.get(input.name) || []);
  }
}

function writeField(input, values) {
  if (input.type === "radio" || input.type === "checkbox") input.checked = values.includes(input.value);
  else if (input.multiple && input.options) for (const option of input.options) option.selected = values.includes(option.value);
  else if (input.type !== "hidden" && values.length) input.value = values.shift();
}
