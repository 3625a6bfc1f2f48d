// A part of a page that is asked for while a form is filled in: only the part itself is put in. An error's page, or that
// of signing in, is none; then the part says in words that there is no answer.
const STAYS = "What you typed stays in the form.";

export function watchAnswers() {
  document.addEventListener("htmx:before:response", (event) => {
    const { ctx } = event.detail;
    const { raw, status } = ctx.response;
    if (!ctx.sourceElement.closest("form") || (raw.ok && !raw.redirected)) return;
    event.preventDefault();
    const isSignedOut = raw.redirected || [401, 403].includes(status);
    say(ctx, isSignedOut ? "your sign-in has ended" : `the server could not answer (${status})`);
  });
  document.addEventListener("htmx:error", (event) => {
    const { ctx } = event.detail;
    if (ctx && !ctx.response && ctx.sourceElement.closest("form")) say(ctx, "there is no connection");
  });
}

function say(ctx, why) {
  const target = typeof ctx.target === "string" ? document.querySelector(ctx.target) : ctx.target;
  const text = document.createElement("p");
  text.className = "govuk-body";
  text.textContent = `This could not be checked just now: ${why}. ${STAYS}`;
  target?.replaceChildren(text);
}
