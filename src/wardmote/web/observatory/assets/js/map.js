// The map of an indicator: local boundaries, shades that the server chose, and everything by keyboard.
// What it needs stands in the page as data; the table beside it holds the same values and works without this file.

import {
  Map as LocalMap, NavigationControl, ScaleControl, setWorkerUrl,
} from "maplibre-gl";
import { drawHatching } from "./hatching.js";
import { followMiddle } from "./middle.js";

const LINE = "#4a5658";
const INK = "#0b0c0c";
const EMPTY = { type: "FeatureCollection", features: [] };

const frame = document.getElementById("map");
const data = JSON.parse(document.getElementById("map-data")?.textContent ?? "null");

if (frame && data) start();

async function start() {
  const picture = document.getElementById("map-picture");
  try {
    const shapes = await fetchShapes();
    picture.hidden = true;
    frame.hidden = false;
    const map = openMap();
    map.on("load", () => fill(map, shapes));
  } catch (error) {
    // No WebGL, or the boundaries did not come: the picture that the server draws stays.
    frame.hidden = true;
    picture.hidden = false;
    if (!picture.querySelector("img")) showPicture(picture);
    say(frame.dataset.failed);
    frame.dataset.error = String(error);
  }
}

async function fetchShapes() {
  if (!document.createElement("canvas").getContext("webgl2")) throw new Error("no WebGL 2");
  const answer = await fetch(data.shapes, { credentials: "same-origin" });
  if (!answer.ok) throw new Error(`boundaries: ${answer.status}`);
  const shapes = await answer.json();
  for (const feature of shapes.features) {
    const area = data.areas[feature.properties.code];
    feature.properties = { code: feature.properties.code, shade: area ? area.shade : "missing" };
  }
  return shapes;
}

function showPicture(holder) {
  const image = document.createElement("img");
  image.src = holder.dataset.src;
  image.alt = holder.dataset.alt;
  image.className = "wm-map__image";
  holder.append(image);
}

function openMap() {
  setWorkerUrl(data.worker);
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const map = new LocalMap({
    container: frame, bounds: data.bounds, fitBoundsOptions: { padding: 16 }, maxZoom: 15, minZoom: 5,
    maxBounds: widen(data.bounds), attributionControl: false, dragRotate: false, pitchWithRotate: false,
    touchPitch: false, renderWorldCopies: false, cooperativeGestures: true, fadeDuration: calm ? 0 : 200,
    locale: data.words, style: { version: 8, sources: {}, layers: [] },
  });
  map.touchZoomRotate.disableRotation();
  map.keyboard.disableRotation();
  map.addControl(new NavigationControl({ showCompass: false }), "top-right");
  map.addControl(new ScaleControl({ unit: "metric" }), "bottom-left");
  return map;
}

/** As far as the map may be moved: its own size to every side. */
function widen([west, south, east, north]) {
  const [across, up] = [east - west, north - south];
  return [west - across, Math.max(south - up, -85), east + across, Math.min(north + up, 85)];
}

function fill(map, shapes) {
  for (const [name, image] of Object.entries(drawHatching())) map.addImage(name, image, { pixelRatio: 2 });
  map.addSource("areas", { type: "geojson", data: shapes });
  map.addSource("chosen", { type: "geojson", data: EMPTY });
  const shades = data.shades.flatMap((colour, place) => [String(place), colour]);
  map.addLayer({
    id: "fill", type: "fill", source: "areas",
    paint: { "fill-color": shades.length ? ["match", ["get", "shade"], ...shades, "#ffffff"] : "#ffffff" },
  });
  for (const shade of ["missing", "suppressed"]) {
    map.addLayer({
      id: shade, type: "fill", source: "areas", filter: ["==", ["get", "shade"], shade],
      paint: { "fill-pattern": shade },
    });
  }
  map.addLayer({ id: "borders", type: "line", source: "areas", paint: { "line-color": LINE, "line-width": 0.8 } });
  map.addLayer({ id: "chosen-halo", type: "line", source: "chosen", paint: { "line-color": "#ffffff", "line-width": 7 } });
  map.addLayer({ id: "chosen", type: "line", source: "chosen", paint: { "line-color": INK, "line-width": 3.5 } });
  listen(map, shapes);
  frame.dataset.ready = "yes";
}

function listen(map, shapes) {
  const choose = (code, { move = false } = {}) => {
    const feature = shapes.features.find((one) => one.properties.code === code);
    map.getSource("chosen").setData(feature ?? EMPTY);
    markRow(code);
    say(data.areas[code]?.words ?? "");
    frame.dataset.chosen = code ?? "";
    if (feature && move) showWhole(map, feature);
  };
  map.on("click", (event) => choose(findCode(map, event.point)));
  map.on("mousemove", "fill", () => { map.getCanvas().style.cursor = "pointer"; });
  map.on("mouseleave", "fill", () => { map.getCanvas().style.cursor = ""; });
  followMiddle(map, frame, {
    said: (point) => say(data.areas[findCode(map, point)]?.words ?? data.words.outside),
    chosen: (point) => choose(findCode(map, point)),
  });
  for (const link of document.querySelectorAll("[data-area]")) {
    link.addEventListener("click", (event) => {
      event.preventDefault();
      choose(link.dataset.area, { move: true });
    });
  }
  if (data.chosen) choose(data.chosen);
}

function findCode(map, point) {
  return map.queryRenderedFeatures(point, { layers: ["fill"] })[0]?.properties.code;
}

function showWhole(map, feature) {
  const points = feature.geometry.coordinates.flat(2);
  const [x, y] = [points.map((one) => one[0]), points.map((one) => one[1])];
  const bounds = [Math.min(...x), Math.min(...y), Math.max(...x), Math.max(...y)];
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  map.fitBounds(bounds, { padding: 60, maxZoom: 12.5, animate: !calm, duration: 500 });
}

function markRow(code) {
  for (const row of document.querySelectorAll("tr.wm-chosen")) row.classList.remove("wm-chosen");
  for (const link of document.querySelectorAll("[data-area][aria-current]")) link.removeAttribute("aria-current");
  const link = code && document.querySelector(`[data-area="${CSS.escape(code)}"]`);
  if (!link) return;
  link.setAttribute("aria-current", "true");
  link.closest("tr").classList.add("wm-chosen");
  scrollIntoList(link.closest("tr"));
}

/** Only the list itself is scrolled: the page would jump away from the map. */
function scrollIntoList(row) {
  const list = row.closest(".wm-map__list");
  if (!list || list.scrollHeight <= list.clientHeight) return;
  const [above, below] = [row.getBoundingClientRect(), list.getBoundingClientRect()];
  if (above.top < below.top + 40 || above.bottom > below.bottom) list.scrollTop += above.top - below.top - 80;
}

function say(words) {
  document.getElementById("map-said").textContent = words;
}
