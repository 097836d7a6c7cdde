import { readFile } from "node:fs/promises";
import { findPackageJSON } from "node:module";
import { dirname, join } from "node:path";

/** The face that pictures are drawn with, and by which text is measured. */
export const FONT = "DejaVu Sans";

/** A font file and the widths in it. */
interface Face {
  readonly file: string;
  /** Width of a text at 1 px, in px. */
  readonly width: (text: string) => number;
}

/** The regular and the bold face. */
export interface Faces {
  readonly regular: Face;
  readonly bold: Face;
}

let loaded: Promise<Faces> | undefined;

/** Loads the faces once. They come with the project, so no picture depends on the machine. */
export function faces(): Promise<Faces> {
  return loaded ??= load();
}

async function load(): Promise<Faces> {
  // The import makes the package present; only its place on disk is wanted (resvg reads files).
  await import("dejavu-fonts-ttf/package.json", { with: { type: "json" } });
  const manifest = findPackageJSON("dejavu-fonts-ttf", import.meta.url);
  if (manifest === undefined) throw new Error("the package dejavu-fonts-ttf has no place on disk");
  const folder = join(dirname(manifest), "ttf");
  const [regular, bold] = await Promise.all(
    ["DejaVuSans.ttf", "DejaVuSans-Bold.ttf"].map(async (name) => {
      const file = join(folder, name);
      return { file, width: widths(new DataView((await readFile(file)).buffer)) };
    }),
  );
  return { regular, bold };
}

/**
 * Reads advance widths out of a TrueType file: tables `head` (units), `hhea` and `hmtx` (advances)
 * and `cmap` format 4 (which glyph a character is). Kerning is left out: it only ever makes
 * DejaVu's text narrower. Source: the OpenType specification.
 */
function widths(font: DataView): (text: string) => number {
  const table = new Map<string, number>();
  for (let i = 0, at = 12; i < font.getUint16(4); i++, at += 16) {
    const tag = String.fromCharCode(...[0, 1, 2, 3].map((byte) => font.getUint8(at + byte)));
    table.set(tag, font.getUint32(at + 8));
  }
  const place = (tag: string) => table.get(tag)!;
  const unitsPerEm = font.getUint16(place("head") + 18);
  const advances = font.getUint16(place("hhea") + 34);
  const glyph = glyphs(font, place("cmap"));
  const known = new Map<string, number>();
  const advance = (character: string) => {
    let width = known.get(character);
    if (width === undefined) {
      const index = Math.min(glyph(character.codePointAt(0)!), advances - 1);
      width = font.getUint16(place("hmtx") + 4 * index) / unitsPerEm;
      known.set(character, width);
    }
    return width;
  };
  return (text) => [...text].reduce((sum, character) => sum + advance(character), 0);
}

/** The glyph of a character by `cmap` format 4; 0, the missing glyph, for what it lacks. */
function glyphs(font: DataView, cmap: number): (code: number) => number {
  let at = -1;
  for (let i = 0; i < font.getUint16(cmap + 2); i++) {
    const subtable = cmap + font.getUint32(cmap + 8 + 8 * i);
    if (font.getUint16(subtable) === 4) at = subtable;
  }
  if (at === -1) throw new Error("the font has no character map of format 4");
  const twice = font.getUint16(at + 6);
  const ends = at + 14,
    starts = ends + twice + 2,
    deltas = starts + twice,
    offsets = deltas + twice;
  return (code) => {
    if (code > 0xffff) return 0;
    let segment = 0;
    while (font.getUint16(ends + segment) < code) segment += 2;
    const start = font.getUint16(starts + segment);
    if (start > code) return 0;
    const delta = font.getUint16(deltas + segment), offset = font.getUint16(offsets + segment);
    if (offset === 0) return (code + delta) & 0xffff;
    const found = font.getUint16(offsets + segment + offset + 2 * (code - start));
    return found === 0 ? 0 : (found + delta) & 0xffff;
  };
}
