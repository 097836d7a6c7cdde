import { readFile } from "node:fs/promises";
import { findPackageJSON } from "node:module";
import { dirname, join } from "node:path";

/** The face that pictures are drawn with, and by which text is measured. */
export const FONT = "DejaVu Sans";

let loaded: ReturnType<typeof load> | undefined;

/**
 * The regular and the bold face: each a font's `file`, and the `width` of a text at 1 px, in px. Loaded
 * once. They come with the project, so no picture depends on the machine.
 */
export function faces(): ReturnType<typeof load> {
  return loaded ??= load();
}

async function load() {
  // The import makes the package present; only its place on disk is wanted (resvg reads files).
  const [{ default: opentype }] = await Promise.all([
    import("opentype.js"),
    import("dejavu-fonts-ttf/package.json", { with: { type: "json" } }),
  ]);
  const manifest = findPackageJSON("dejavu-fonts-ttf", import.meta.url);
  if (manifest === undefined) throw new Error("the package dejavu-fonts-ttf has no place on disk");
  const face = async (name: string) => {
    const file = join(dirname(manifest), "ttf", name);
    const { buffer } = await readFile(file);
    // Else every glyph is read at once, which takes ten times as long.
    const font = opentype.parse(buffer, { lowMemory: true }) as Font;
    const known = new Map<string, number>();
    // Kerning is left out: it only ever makes DejaVu's text narrower.
    const advance = (character: string) => {
      if (!known.has(character)) known.set(character, font.charToGlyph(character).advanceWidth);
      return known.get(character)! / font.unitsPerEm;
    };
    return {
      file,
      width: (text: string) => [...text].reduce((sum, sign) => sum + advance(sign), 0),
    };
  };
  const [regular, bold] = await Promise.all([face("DejaVuSans.ttf"), face("DejaVuSans-Bold.ttf")]);
  return { regular, bold };
}

/** What of a parsed font is needed here. */
interface Font {
  readonly unitsPerEm: number;
  charToGlyph(character: string): { readonly advanceWidth: number };
}
