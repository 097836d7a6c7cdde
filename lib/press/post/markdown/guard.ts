/** Text kept off what a generator would take for its own signs. */

/**
 * Words without any sign that Markdown, a generator's typography or its templates would take up:
 * goldmark and kramdown show escapes within the words for a picture as they are written.
 */
export function plainWords(text: string): string {
  return text.replace(/(^|[\s(\[{])'/g, "$1‘").replace(/'/g, "’")
    .replace(/(^|[\s(\[{])"/g, "$1“").replace(/"/g, "”")
    .replace(/[<>|[\]{}]/g, (sign) => PLAIN[SIGNS.indexOf(sign)])
    .replace(/[\\`*~$^#]|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, " ")
    .replace(/-{2,}/g, "–").replace(/\.{3,}/g, "…").replace(/&(?=[#\w]+;)/g, "+")
    .replace(/\s+/g, " ").trim();
}

/** Signs of Markdown and HTML, and those that stand for them in words. */
const SIGNS = "<>|[]{}", PLAIN = "‹›/()()";

/**
 * Text in which Hugo finds no shortcode and that shows the same: one that is closed is written as
 * Hugo's comment of itself. One that is not has no such form: an invisible joiner parts its braces.
 */
export function withoutShortcodes(text: string): string {
  return text.replace(
    /\{\{([<%])([^]*?)([>%])\}\}|\{\{(?=[<%])/g,
    (whole, open?: string, inner?: string, close?: string) => {
      const closes = open === "<" ? ">" : "%";
      if (open === undefined || close !== closes || /\{\{[<%]/.test(inner!)) {
        return `{\u2060${whole.slice(1, 2)}${withoutShortcodes(whole.slice(2))}`;
      }
      return `{{${open}/*${inner}*/${closes}}}`;
    },
  );
}

/**
 * `written`, which shows `source`, between tags that keep Liquid off it where it has to be; what
 * would end them early is split between two pairs.
 */
export function offLiquid(written: string, source: string, spot: string): string {
  if (!/\{[{%]/.test(source)) return written;
  const [open, close] = ["{% raw %}", "{% endraw %}"];
  const line = spot === "block" ? "\n" : "";
  return open + line + written.replace(/\{%(?=-?\s*endraw)/g, `{%${close}${open}`) + line + close;
}
