/** What a page shows of an output before it says that there is more. */
const LINES = 120, LINE = 2_000, CHARACTERS = 24_000;

/** A long text as its beginning and its end, with a line between that says what is left out. */
export function shorten(text: string): string {
  const lines = text.split("\n").map(shortenLine);
  let kept = Math.min(lines.length, LINES);
  while (kept > 2 && characters(lines, kept) > CHARACTERS) kept = Math.floor(kept * 0.8);
  if (kept === lines.length) return lines.join("\n");
  const tail = Math.ceil(kept / 5);
  const left = lines.length - kept;
  return [
    ...lines.slice(0, kept - tail),
    `… ${left} ${left === 1 ? "line is" : "lines are"} left out here …`,
    ...lines.slice(lines.length - tail),
  ].join("\n");
}

function shortenLine(line: string): string {
  return line.length <= LINE
    ? line
    : `${line.slice(0, LINE)} … ${line.length - LINE} more characters`;
}

function characters(lines: readonly string[], kept: number): number {
  const tail = Math.ceil(kept / 5);
  return [...lines.slice(0, kept - tail), ...lines.slice(-tail)].join("\n").length;
}
