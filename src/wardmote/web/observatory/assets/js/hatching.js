// Lines for places without a value: rising where none is held, falling where one is withheld. Never like a low value.

const SIZE = 20;

/** Both patterns as pixels, which tile without a seam. */
export function drawHatching() {
  return { missing: draw((x, y) => (x + y) % SIZE), suppressed: draw((x, y) => (x - y + SIZE) % SIZE) };
}

function draw(measure) {
  const pixels = new Uint8Array(SIZE * SIZE * 4);
  for (let y = 0; y < SIZE; y += 1) {
    for (let x = 0; x < SIZE; x += 1) pixels.set(measure(x, y) < 4 ? [74, 86, 88, 255] : [255, 255, 255, 255], 4 * (y * SIZE + x));
  }
  return { width: SIZE, height: SIZE, data: pixels };
}
