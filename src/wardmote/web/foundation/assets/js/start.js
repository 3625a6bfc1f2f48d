// Before the first paint: tells the stylesheet that scripts run, so that nothing jumps when they have loaded.
document.body.classList.add("js-enabled");
if ("noModule" in HTMLScriptElement.prototype) document.body.classList.add("govuk-frontend-supported");
