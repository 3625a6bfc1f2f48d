import {
  Accordion,
  Button,
  CharacterCount,
  Checkboxes,
  ErrorSummary,
  FileUpload,
  NotificationBanner,
  PasswordInput,
  Radios,
  ServiceNavigation,
  SkipLink,
  Tabs,
  createAll,
  isSupported,
} from "govuk-frontend";
import { watchAnswers } from "./answers.js";
import { clearLeftovers, startDrafts } from "./drafts.js";
import { startRechecks } from "./errors.js";

const COMPONENTS = [
  Accordion,
  Button,
  CharacterCount,
  Checkboxes,
  ErrorSummary,
  FileUpload,
  NotificationBanner,
  PasswordInput,
  Radios,
  ServiceNavigation,
  SkipLink,
  Tabs,
];

// Parts that htmx brings in later are started too; a component that runs already is left alone.
function startComponents(scope) {
  if (!isSupported()) return;
  for (const component of COMPONENTS) {
    const name = component.moduleName;
    const waiting = scope.querySelectorAll(`[data-module="${name}"]:not([data-${name}-init])`);
    if (waiting.length) createAll(component, undefined, { scope, onError: () => {} });
  }
}

startComponents(document);
clearLeftovers();
startDrafts(document);
startRechecks(document);
watchAnswers();

document.addEventListener("htmx:after:swap", () => {
  startComponents(document);
  startDrafts(document);
});

// Django asks for its token with every write.
document.addEventListener("htmx:config:request", (event) => {
  const token = document.querySelector('meta[name="csrf-token"]')?.content;
  const request = event.detail?.ctx?.request;
  if (token && request?.headers) request.headers["X-CSRFToken"] = token;
});
