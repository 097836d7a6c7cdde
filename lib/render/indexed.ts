import { Buffer } from "node:buffer";
import { crc32, deflateSync } from "node:zlib";

/**
 * Pixels as a PNG with a palette of at most 256 colours: a chart has few, and takes a third of the
 * room that way. Where edges have more shades than that, neighbours share the most frequent one.
 *
 * @param pixels red, green, blue and alpha of every pixel; all are taken to be opaque
 * @returns null where a pixel is not opaque. Source of the format: W3C PNG, third edition.
 */
export function indexedPNG(pixels: Uint8Array, width: number, height: number): Uint8Array | null {
  const colors = countColors(pixels);
  if (colors === null) return null;
  const { palette, indexOf } = quantise(colors);
  const rows = new Uint8Array((width + 1) * height);
  for (let y = 0, at = 0, from = 0, last = -1, index = 0; y < height; y++) {
    rows[at++] = 0; // No filter: that is best for indices.
    for (let x = 0; x < width; x++, from += 4) {
      const color = pixels[from] << 16 | pixels[from + 1] << 8 | pixels[from + 2];
      if (color !== last) index = indexOf.get(last = color)!;
      rows[at++] = index;
    }
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 3, 0, 0, 0], 8); // Eight bits a pixel, indexed, deflate, no filter, no interlace.
  return new Uint8Array(Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk("IHDR", header),
    chunk(
      "PLTE",
      Buffer.from(palette.flatMap((color) => [color >> 16, color >> 8 & 255, color & 255])),
    ),
    chunk("IDAT", deflateSync(rows, { level: 9, memLevel: 9 })),
    chunk("IEND", Buffer.alloc(0)),
  ]));
}

/** How many pixels each colour has; null where one is not opaque. */
function countColors(pixels: Uint8Array): Map<number, number> | null {
  const colors = new Map<number, number>();
  let last = -1, run = 0;
  // Most pixels have the colour of the one before: a run of them is looked up once.
  const count = () => run > 0 && colors.set(last, (colors.get(last) ?? 0) + run);
  for (let at = 0; at < pixels.length; at += 4) {
    if (pixels[at + 3] !== 255) return null;
    const color = pixels[at] << 16 | pixels[at + 1] << 8 | pixels[at + 2];
    if (color !== last) {
      count();
      [last, run] = [color, 0];
    }
    run++;
  }
  count();
  return colors;
}

/** A palette of at most 256 of the colours, and the place in it of each. */
function quantise(colors: Map<number, number>) {
  // The most frequent first: it stands for those that fall together with it.
  const sorted = [...colors].sort((a, b) => b[1] - a[1] || a[0] - b[0]).map(([color]) => color);
  for (let bits = 8;; bits--) {
    const mask = 0xff & 0xff << (8 - bits);
    const cells = new Map<number, number>();
    const palette: number[] = [];
    const indexOf = new Map<number, number>();
    for (const color of sorted) {
      const cell = color & (mask << 16 | mask << 8 | mask);
      let index = cells.get(cell);
      if (index === undefined) {
        index = palette.push(color) - 1;
        cells.set(cell, index);
      }
      indexOf.set(color, index);
    }
    if (palette.length <= 256) return { palette, indexOf };
  }
}

function chunk(type: string, data: Uint8Array): Uint8Array {
  const framed = Buffer.alloc(12 + data.length);
  framed.writeUInt32BE(data.length, 0);
  framed.write(type, 4, "latin1");
  framed.set(data, 8);
  framed.writeUInt32BE(crc32(framed.subarray(4, 8 + data.length)), 8 + data.length);
  return framed;
}
