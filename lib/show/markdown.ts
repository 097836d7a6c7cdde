const DISPLAY = Symbol.for("Jupyter.display");

/** Markdown that `show` renders, and that a cell's last expression renders too. */
export class Markdown {
  constructor(readonly text: string) {}

  toString(): string {
    return this.text;
  }

  [DISPLAY](): Record<string, string> {
    return { "text/markdown": this.text, "text/plain": this.text };
  }
}

/**
 * Markdown with values in it: markdown`**${name}** took ${ms} ms`. The template is Markdown; what is
 * put into it is text, and shows as it is, whatever is in it, unless it is Markdown itself.
 *
 * ```ts
 * await show(markdown`The others are compared with **${results.baseline}**.`);
 * ```
 */
export function markdown(template: TemplateStringsArray, ...values: readonly unknown[]): Markdown {
  let text = template[0];
  for (const [i, value] of values.entries()) {
    const code = text.slice(text.lastIndexOf("\n") + 1).split("`").length % 2 === 0;
    text += value instanceof Markdown ? value.text : literal(String(value), code);
    text += template[i + 1];
  }
  return new Markdown(dedent(text));
}

/** A text as Markdown that shows it as it is; within a code span only a backtick means anything. */
function literal(text: string, code: boolean): string {
  if (code) return text.replaceAll("`", "'");
  return text.replace(/[\\`*_[\]<>&|~#]/g, (character) => ESCAPES[character] ?? `\\${character}`);
}

const ESCAPES: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;" };

/** Takes off the indentation that a template has for standing in indented code. */
function dedent(text: string): string {
  const lines = text.replace(/^\n/, "").trimEnd().split("\n");
  const indents = lines.filter((line) => line.trim() !== "").map((line) => line.search(/\S/));
  const common = Math.min(...indents);
  return lines.map((line) => line.slice(Number.isFinite(common) ? common : 0)).join("\n");
}
