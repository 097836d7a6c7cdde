/** Import statements in cells, where the kernel cannot keep them as they are. */

const IMPORT =
  /(^|;)([ \t]*)import\b(\s+type\b)?([^"';()]*)("[^"]*"|'[^']*')(\s*with\s*(\{[^}]*\}))?/gm;

/**
 * The source with its import statements as the awaits that the kernel makes of them, on as many
 * lines as before: transpiling alone would leave out those that nothing in the cell uses.
 */
export function importsAsTheKernelHasThem(source: string): string {
  return source.replace(IMPORT, (all, before, indent, type, names, specifier, _, attributes) => {
    const lines = "\n".repeat(all.split("\n").length - 1);
    if (type && /\bfrom\s*$/.test(names)) return before + lines;
    const more = attributes ? `, { with: ${attributes.replaceAll("\n", " ")} }` : "";
    return `${before}${indent}await import(${specifier}${more})${lines}`;
  });
}
