/** What a program printed as a terminal shows it, for streams that are read later. */

/** The column that a move to the right stops at: no terminal is wider, and room is finite. */
const WIDTH = 400;

/** A character with the colour codes in force where it was written. */
interface Sign {
  readonly text: string;
  readonly style: string;
}

/**
 * A stream's text after its carriage returns, backspaces and cursor movements: a progress bar that
 * was drawn a hundred times over itself is one line. Follows `\r`, `\b`, `ESC[A` to `ESC[H`,
 * `ESC[J` and `ESC[K`; colours (`ESC[…m`) stay with the characters they were written with, other
 * sequences are left out. Rows above the text's first do not exist: a move stops there.
 *
 * @example terminalText(" 50 %\r100 %\n") // "100 %\n"
 *
 * Source of the sequences: ECMA-48, fifth edition.
 */
export function terminalText(text: string): string {
  // deno-lint-ignore no-control-regex
  if (!/\r(?!\n)|[\b\u001b]/.test(text)) return text.replaceAll("\r\n", "\n");
  const screen = new Screen();
  for (const [part, parameters, command, other] of text.matchAll(PARTS)) {
    if (command !== undefined) screen.command(command, parameters);
    else if (other === undefined && part !== "\u001b") screen.write(part);
  }
  return screen.text();
}

const PARTS =
  // deno-lint-ignore no-control-regex
  /\u001b\[([0-9;:?<=>]*)[ -/]*([@-~])|(\u001b\][^\u0007\u001b]*(?:\u0007|\u001b\\)?|\u001b[ -/]*[0-Z\\^-~])|[^\u001b\r\b\n]+|[^]/g;

class Screen {
  /** A row is text until something is written over it. */
  readonly #rows: (string | Sign[])[] = [""];
  #row = 0;
  #column = 0;
  #style = "";

  write(part: string): void {
    if (part === "\n") {
      this.#column = 0;
      if (++this.#row === this.#rows.length) this.#rows.push("");
    } else if (part === "\r") this.#column = 0;
    else if (part === "\b") this.#column = Math.max(0, this.#column - 1);
    else {
      const row = this.#rows[this.#row];
      if (row === "" && this.#column === 0 && this.#style === "") {
        this.#rows[this.#row] = part;
        this.#column = [...part].length;
        return;
      }
      const signs = this.#signs();
      while (signs.length < this.#column) signs.push({ text: " ", style: "" });
      for (const text of part) signs[this.#column++] = { text, style: this.#style };
    }
  }

  command(name: string, parameters: string): void {
    const [first, second] = parameters.split(";").map((number) => parseInt(number));
    const by = first || 1;
    if (name === "m") this.#style = /^0*$/.test(parameters) ? "" : this.#styled(parameters);
    else if (name === "A" || name === "F") this.#row = Math.max(0, this.#row - by);
    else if (name === "B" || name === "E") this.#row = Math.min(this.#row + by, this.#last);
    else if (name === "C") this.#column = this.#stop(this.#column + by);
    else if (name === "D") this.#column = Math.max(0, this.#column - by);
    else if (name === "G") this.#column = this.#stop(by - 1);
    else if (name === "H") {
      this.#row = Math.min(by - 1, this.#last);
      this.#column = this.#stop((second || 1) - 1);
    } else if (name === "K") this.#eraseInLine(first || 0);
    else if (name === "J") this.#eraseBelow(first || 0);
    if (name === "E" || name === "F") this.#column = 0;
  }

  text(): string {
    return this.#rows.map((row) => typeof row === "string" ? row : painted(row)).join("\n");
  }

  get #last(): number {
    return this.#rows.length - 1;
  }

  /** Repeated colours replace each other: a style is as long as the codes that are in force. */
  #styled(parameters: string): string {
    const code = `\u001b[${parameters}m`;
    return /(^|;)0*(;|$)/.test(parameters) || this.#style.length > 60 ? code : this.#style + code;
  }

  #stop(column: number): number {
    return Math.min(column, Math.max(WIDTH, this.#rows[this.#row].length));
  }

  #signs(): Sign[] {
    const row = this.#rows[this.#row];
    if (typeof row !== "string") return row;
    return this.#rows[this.#row] = [...row].map((text) => ({ text, style: "" }));
  }

  #eraseInLine(part: number): void {
    const signs = this.#signs();
    if (part === 0) signs.length = Math.min(signs.length, this.#column);
    else signs.fill({ text: " ", style: "" }, 0, part === 1 ? this.#column + 1 : signs.length);
  }

  #eraseBelow(part: number): void {
    if (part === 1) return;
    if (part === 0) this.#eraseInLine(0);
    else this.#rows.fill("", 0, this.#row + 1);
    this.#rows.length = this.#row + 1;
  }
}

/** A row with its colour codes put where they change. */
function painted(row: readonly Sign[]): string {
  let style = "", text = "";
  for (const sign of row) {
    if (sign.style !== style) text += (style === "" ? "" : "\u001b[0m") + sign.style;
    ({ style } = sign);
    text += sign.text;
  }
  return (style === "" ? text : `${text}\u001b[0m`).trimEnd();
}
