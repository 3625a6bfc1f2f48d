// What was refused stands no longer once the box is changed: a form marked data-recheck is asked about anew as it is
// typed into, and an old answer beside the new one would contradict it. Without this script the page is drawn anew.

const FIGURE = "input[inputmode=decimal]";

export function startRechecks(scope) {
  scope.querySelectorAll("form[data-recheck]:not([data-recheck-started])").forEach((form) => {
    form.dataset.recheckStarted = "";
    form.addEventListener("change", (event) => clearErrors(form, event.target));
  });
}

// A figure that is changed takes the errors of all figures along, and that of its explanation: they speak of it.
function clearErrors(form, box) {
  clearError(box);
  if (box.matches(FIGURE)) form.querySelectorAll(`${FIGURE}, [name=reason], [name=reason_code]`).forEach(clearError);
}

function clearError(box) {
  const group = box.closest(".govuk-form-group--error");
  if (group) {
    const text = group.querySelector(".govuk-error-message");
    group.classList.remove("govuk-form-group--error");
    for (const part of group.querySelectorAll("[class*='--error']")) {
      part.classList.remove(...[...part.classList].filter((name) => name.endsWith("--error")));
    }
    if (text) forget(group, text);
  }
  clearSummary(box);
}

function forget(group, text) {
  for (const part of group.querySelectorAll(`[aria-describedby~="${text.id}"]`)) {
    const left = part.getAttribute("aria-describedby").split(" ").filter((name) => name !== text.id);
    if (left.length) part.setAttribute("aria-describedby", left.join(" "));
    else part.removeAttribute("aria-describedby");
  }
  text.remove();
}

function clearSummary(box) {
  const summary = document.querySelector(".govuk-error-summary");
  if (!summary || !box.id) return;
  summary.querySelector(`a[href="#${CSS.escape(box.id)}"]`)?.closest("li")?.remove();
  if (!summary.querySelector("li")) summary.remove();
}
