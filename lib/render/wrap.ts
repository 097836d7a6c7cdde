/**
 * Breaks a text into lines no wider than `room`, by the measure given. A number stays with its
 * unit; a word wider than the room has a line of its own.
 */
export function wrap(text: string, measure: (line: string) => number, room: number): string[] {
  const lines = [""];
  for (const word of text.trim().split(BREAK)) {
    const longer = `${lines.at(-1)} ${word}`.trim();
    if (lines.at(-1) === "" || measure(longer) <= room) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}

/** White space that no unit follows. */
const BREAK = /\s+(?!(?:ms|s|MB|%|×|~)(?![\p{L}\d]))/u;
