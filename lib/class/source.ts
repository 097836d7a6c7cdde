/** A function's text without comments, and without what only lays it out. */
export const bare = (solution: unknown) => code(solution).replace(/[\s;]/g, "");

const code = (solution: unknown) => String(solution).replace(/\/\/.*$|\/\*[^]*?\*\//gm, "").trim();

/** What stands before a function's body, with its parameters in brackets or its only one. */
const HEAD = /^(?:async\s+)?(?:function\b\s*\w*\s*|\w+\s*(?=\())?(?:\(([^)]*)\)|(\w+)\s*=>)/;

/** Whether a function makes use of what it is given; of this parameter alone, where one is named. */
export function uses(solution: unknown, parameter: string | null = null): boolean {
  const text = code(solution);
  const [head = "", several, one = ""] = HEAD.exec(text) ?? [];
  const names = parameter === null ? (several ?? one).match(/\w+/g) ?? [] : [parameter];
  return names.some((name) => new RegExp(`\\b${name}\\b`).test(text.slice(head.length)));
}
