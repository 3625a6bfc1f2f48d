// Nothing typed is lost: every form marked data-draft is kept on the device at each stroke and sent to the server soon
// after. Without this script the form works as any form does.
//
//   data-draft="<key>"             the form's name on this device
//   data-draft-url="<address>"     where drafts are sent (form-encoded, with draft_version); may be left out
//   data-draft-version="<version>" the server's version that the page shows
//
// Answers: 200 with {"version": "..."}; 409 with the other person's change as HTML and X-Draft-Version; 422 with
// {"refused": "..."} where what was typed cannot be taken.
// A page with data-draft-clear="<key>" forgets that form; data-draft-forget forgets the person: on a form
// when it is sent (signing out), elsewhere at once.
import { drop, find, forgetPerson, keep, readFields, readTyped, rememberPerson, writeFields } from "./device.js";

const WAIT_MS = 800;
const RETRY_MS = 15000;

export function clearLeftovers() {
  document.querySelectorAll("[data-draft-clear]").forEach((mark) => drop(mark.dataset.draftClear));
  const leaving = document.querySelector("[data-draft-forget]");
  if (leaving?.tagName === "FORM") leaving.addEventListener("submit", () => forgetPerson(leaving.dataset.draftForget));
  else if (leaving) return forgetPerson(leaving.dataset.draftForget);
  rememberPerson();
}

export function startDrafts(scope) {
  scope.querySelectorAll("form[data-draft]:not([data-draft-started])").forEach((form) => new Draft(form).start());
}

function sayTime(moment) {
  return moment.toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
}

function sayDay(moment) {
  return moment.toLocaleDateString("en-GB", { day: "numeric", month: "long", year: "numeric" });
}

function makeButton(text, action, look = "govuk-button--secondary") {
  const button = document.createElement("button");
  button.type = "button";
  button.className = `govuk-button ${look}`.trim();
  button.textContent = text;
  button.addEventListener("click", action);
  return button;
}

function makeBox(look, label) {
  const box = document.createElement("section");
  box.className = look;
  box.tabIndex = -1;
  box.setAttribute("aria-label", label);
  return box;
}

function makeText(tag, text, look) {
  const element = document.createElement(tag);
  element.className = look;
  element.textContent = text;
  return element;
}

// What stands in the boxes, the empty ones left out: a page may have a box today that it did not have when this was typed.
function sayFilled(fields) {
  return JSON.stringify(fields.filter(([, value]) => value !== ""));
}

class Draft {
  constructor(form) {
    this.form = form;
    this.key = form.dataset.draft;
    this.url = form.dataset.draftUrl;
    this.isDirty = false; // something was typed that the server has not confirmed
    this.isSending = false;
    this.isLeaving = false;
    this.conflict = null;
  }

  start() {
    this.form.dataset.draftStarted = "";
    this.status = this.form.querySelector("[data-draft-status]") || this.addStatus();
    this.form.addEventListener("input", () => this.note());
    this.form.addEventListener("change", () => this.note());
    this.form.addEventListener("submit", () => this.leave());
    window.addEventListener("online", () => this.send());
    window.addEventListener("pageshow", () => (this.isLeaving = false));
    document.addEventListener("visibilitychange", () => document.hidden && this.send({ keepalive: true }));
    this.offerCopy();
  }

  addStatus() {
    const status = makeText("p", "", "wm-draft");
    status.setAttribute("role", "status");
    const buttons = this.form.querySelector(".govuk-button-group, button:not([type=button])");
    if (buttons) buttons.before(status);
    else this.form.append(status);
    return status;
  }

  say(text) {
    if (this.status.textContent !== text) this.status.textContent = text;
  }

  get version() {
    return this.form.dataset.draftVersion || "";
  }

  note() {
    this.isDirty = true;
    this.offer?.remove();
    const copy = { version: this.version, at: new Date().toISOString(), fields: readTyped(this.form) };
    this.isKept = keep(this.key, copy);
    if (!this.url) this.say(this.isKept ? `Kept on this device ${sayTime(new Date())}` : "");
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.send(), WAIT_MS);
  }

  // The submit carries everything itself; a draft that overtakes it would be taken for another person's change.
  leave() {
    this.isLeaving = true;
    clearTimeout(this.timer);
  }

  async send({ keepalive = false } = {}) {
    if (!this.url || !this.isDirty || this.isSending || this.isLeaving || this.conflict) return;
    clearTimeout(this.timer);
    this.isSending = true;
    this.isDirty = false;
    const answer = await this.post(keepalive).catch(() => null);
    this.isSending = false;
    await this.settle(answer);
  }

  post(keepalive) {
    const body = new URLSearchParams(readFields(this.form));
    body.set("draft_version", this.version);
    const token = this.form.elements.csrfmiddlewaretoken?.value;
    const headers = { "X-CSRFToken": token || "", Accept: "application/json", "X-Requested-With": "fetch" };
    return fetch(this.url, { method: "POST", body, headers, keepalive, credentials: "same-origin" });
  }

  async settle(answer) {
    if (answer?.ok && !answer.redirected) return this.confirm(answer);
    this.isDirty = true;
    if (answer?.status === 409) return this.showConflict(answer);
    const where = this.isKept === false ? "keep this page open" : "kept on this device";
    if (!answer || answer.status >= 500) {
      this.say(`Not saved: no connection, ${where}`);
      this.timer = setTimeout(() => this.send(), RETRY_MS);
    } else if (answer.redirected || [401, 403].includes(answer.status)) {
      this.say(`Not saved: your sign-in has ended, ${where}. Sign in again in another tab, then go on typing here`);
    } else {
      const { refused } = await answer.json().catch(() => ({}));
      this.say(`Not saved: ${refused || "the server could not take it"}, ${where}`);
    }
  }

  async confirm(answer) {
    const { version, overtook_at: at, compare } = await answer.json().catch(() => ({}));
    if (version !== undefined) this.form.dataset.draftVersion = version;
    if (at && compare) this.tellOwn(at, compare);
    this.say(`Saved ${sayTime(new Date())}`);
    if (this.isDirty) this.timer = setTimeout(() => this.send(), WAIT_MS);
    else if (!this.isLeaving) drop(this.key);
  }

  // The same person in two windows: the later save stands, and the earlier text can be looked at.
  tellOwn(at, compare) {
    this.own?.remove();
    this.own = makeBox("wm-draft__other", "Your other window");
    this.own.setAttribute("role", "status");
    const text = makeText("p", `You saved something else at ${at} in another window; it is kept: `, "govuk-body");
    const link = makeText("a", "compare", "govuk-link");
    link.href = compare;
    text.append(link);
    this.own.append(text);
    this.form.before(this.own);
  }

  async showConflict(answer) {
    this.conflict = makeBox("wm-draft__other", "Somebody else has changed this");
    this.conflict.append(makeText("h2", "Somebody else has changed this", "govuk-heading-m"));
    const theirs = document.createElement("div");
    theirs.innerHTML = await answer.text();
    const choices = makeText("div", "", "govuk-button-group");
    const version = answer.headers.get("X-Draft-Version");
    choices.append(
      makeButton("Keep what I typed", () => this.keepMine(version), ""),
      makeButton("Take theirs", () => this.takeTheirs()),
    );
    this.conflict.append(theirs, makeText("p", "What you typed is still in the form below.", "govuk-body"), choices);
    this.form.before(this.conflict);
    this.say("Not saved: somebody else has changed this. What you typed is still here");
    this.conflict.focus();
  }

  keepMine(version) {
    if (version) this.form.dataset.draftVersion = version;
    this.conflict.remove();
    this.conflict = null;
    this.status.tabIndex = -1;
    this.status.focus();
    this.send();
  }

  takeTheirs() {
    drop(this.key);
    location.reload();
  }

  offerCopy() {
    const copy = find(this.key);
    if (!copy) return;
    if (sayFilled(copy.fields) === sayFilled(readTyped(this.form))) return this.dropTwin();
    const moment = new Date(copy.at);
    this.offer = makeBox("wm-draft__offer", "Unsent text on this device");
    const when = `${sayDay(moment)} at ${sayTime(moment)}`;
    const text = `What was typed here on ${when} is kept on this device. It has not reached the server.`;
    const moved = copy.version !== this.version ? " The page has been changed since then: compare before you send." : "";
    const choices = makeText("div", "", "govuk-button-group");
    choices.append(
      makeButton("Put it back", () => this.putBack(copy), ""),
      makeButton("Throw it away", () => this.throwAway()),
    );
    this.offer.append(makeText("p", text + moved, "govuk-body"), choices);
    this.form.before(this.offer);
  }

  // The page shows all that the device has. A form that was refused shows it too, but the server has kept none of it.
  dropTwin() {
    if (!document.querySelector(".govuk-error-summary")) drop(this.key);
  }

  putBack(copy) {
    writeFields(this.form, copy.fields);
    this.note();
    this.form.querySelector("input:not([type=hidden]), textarea, select")?.focus();
  }

  throwAway() {
    drop(this.key);
    this.offer.remove();
    this.form.querySelector("input:not([type=hidden]), textarea, select")?.focus();
  }
}
