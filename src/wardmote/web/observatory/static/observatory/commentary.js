// Puts a figure's name where the writer's cursor stands. Without this script the name is shown to be copied.
const reveal = (scope) => scope.querySelectorAll("[data-insert][hidden]").forEach((button) => (button.hidden = false));

function insert(button) {
  const box = document.getElementById(button.dataset.insertInto);
  if (!box) return;
  const { selectionStart: start, selectionEnd: end, value } = box;
  const before = start > 0 && !/\s/.test(value[start - 1]) ? " " : "";
  box.setRangeText(before + button.dataset.insert, start, end, "end");
  box.dispatchEvent(new Event("input", { bubbles: true }));
  box.focus();
}

reveal(document);
document.addEventListener("htmx:after:swap", () => reveal(document));
document.addEventListener("click", (event) => {
  const button = event.target.closest?.("[data-insert]");
  if (button) insert(button);
});
