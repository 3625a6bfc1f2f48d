// The map by keyboard: arrows and plus and minus move it, a cross marks its middle, what lies there is said, Enter
// chooses it.

/** Says what lies in the middle whenever the map was moved by keyboard, and chooses it on Enter. */
export function followMiddle(map, frame, { said, chosen }) {
  const canvas = map.getCanvas();
  const cross = document.createElement("div");
  cross.className = "wm-map__cross";
  cross.setAttribute("aria-hidden", "true");
  cross.hidden = true;
  frame.append(cross);
  const middle = () => map.project(map.getCenter());
  canvas.addEventListener("focus", () => { cross.hidden = !canvas.matches(":focus-visible"); });
  canvas.addEventListener("blur", () => { cross.hidden = true; });
  canvas.addEventListener("keydown", (event) => {
    cross.hidden = false;
    if (event.key === "Enter") chosen(middle());
  });
  map.on("moveend", () => { if (!cross.hidden && document.activeElement === canvas) said(middle()); });
}
