// Runs in one isolate: it mostly computes, and leaves nothing open.
import { assert, assertEquals, assertLessOrEqual } from "@std/assert";
import { crc32, inflateSync } from "node:zlib";
import { indexedPNG } from "../../lib/render/indexed.ts";

/** Reads an indexed PNG back into colours, row by row, checking what a decoder checks. */
function decode(png: Uint8Array) {
  const view = new DataView(png.buffer, png.byteOffset);
  const chunks = new Map<string, Uint8Array>();
  for (let at = 8; at < png.length;) {
    const length = view.getUint32(at);
    const framed = png.subarray(at + 4, at + 8 + length);
    assertEquals(view.getUint32(at + 8 + length), crc32(framed), "a chunk's checksum");
    chunks.set(new TextDecoder().decode(framed.subarray(0, 4)), framed.subarray(4));
    at += 12 + length;
  }
  assertEquals([...chunks.keys()], ["IHDR", "PLTE", "IDAT", "IEND"]);
  const palette = chunks.get("PLTE")!;
  const width = view.getUint32(16), height = view.getUint32(20);
  const rows = inflateSync(chunks.get("IDAT")!);
  const colors = Array.from({ length: width * height }, (_, i) => {
    const index = rows[(width + 1) * Math.floor(i / width) + 1 + i % width];
    return [...palette.subarray(3 * index, 3 * index + 3)];
  });
  return { width, height, colors, size: palette.length / 3 };
}

const opaque = (colors: number[][]) => Uint8Array.from(colors.flatMap((color) => [...color, 255]));

Deno.test("indexed: a picture of few colours comes back exactly", () => {
  const colors = [[255, 255, 255], [11, 98, 168], [255, 255, 255], [1, 2, 3], [4, 5, 6], [1, 2, 3]];
  const png = indexedPNG(opaque(colors), 3, 2)!;
  assertEquals(decode(png), { width: 3, height: 2, colors, size: 4 });
});

Deno.test("indexed: of many shades, flat areas stay exact and edges come near", () => {
  const flat = Array.from({ length: 5000 }, () => [11, 98, 168]);
  const shades = Array.from({ length: 5000 }, (_, i) => [i % 251, i % 241, i % 239]);
  const png = indexedPNG(opaque([...flat, ...shades]), 100, 100)!;
  const { colors, size } = decode(png);
  assertLessOrEqual(size, 256);
  assertEquals(colors.slice(0, 5000), flat);
  const off = colors.slice(5000).map((color, i) =>
    Math.max(...color.map((value, channel) => Math.abs(value - shades[i][channel])))
  );
  assertLessOrEqual(Math.max(...off), 63);
});

Deno.test("indexed: what is not opaque has to be written otherwise", () => {
  assert(indexedPNG(Uint8Array.from([1, 2, 3, 254]), 1, 1) === null);
});
