/** A small project in a folder of its own, with a library, a data file, packages and a notebook. */
import { dirname, join } from "node:path";
import type { Cell, Notebook } from "../../../lib/press/notebook/notebook.ts";

const FILES: Record<string, string> = {
  "deno.json": JSON.stringify({
    unstable: ["npm-lazy-caching"],
    imports: { lab: "./lib/mod.ts", "@std/assert": "jsr:@std/assert@^1", pack: "npm:pack@1.2.3" },
    tasks: {},
  }),
  "deno.lock": JSON.stringify({
    version: "5",
    specifiers: { "npm:pack@1.2.3": "1.2.3", "npm:other@2": "2.0.0" },
    npm: {
      "pack@1.2.3": { integrity: "sha512-a", dependencies: ["deep"] },
      "deep@1.0.0": { integrity: "sha512-b", optionalDependencies: ["deep-linux"] },
      "deep-linux@1.0.0": { integrity: "sha512-c", os: ["linux"] },
      "other@2.0.0": { integrity: "sha512-d" },
    },
  }),
  "lib/mod.ts": `/** Says what there is. */
export * as charts from "./charts/mod.ts";
export { load, type Row } from "./load.ts";
export { unused } from "./unused.ts";
`,
  "lib/charts/mod.ts": `export { bars } from "./bars.ts";\nexport { lines } from "./lines.ts";\n`,
  "lib/charts/bars.ts": `import { theme } from "./theme.ts";\nexport const bars = () => theme;\n`,
  "lib/charts/lines.ts": `export const lines = () => 0;\n`,
  "lib/charts/theme.ts": `export const theme = 1;\n`,
  "lib/load.ts": `/**
 * import { gone } from "./only_an_example.ts";
 */
import pack from "pack";
import type { Shape } from "./shape.ts";
const file = new URL("../data/rows.csv", import.meta.url);
const worker = new URL("./worker.ts", import.meta.url);
export type Row = Shape;
export const load = () => [pack, file, worker];
`,
  "lib/worker.ts": "postMessage(1);\n",
  "lib/shape.ts": "export interface Shape {}\n",
  "lib/unused.ts": "export const unused = 1;\n",
  "data/rows.csv": "a,b\n1,2\n",
  "data/more.csv": "a\n1\n",
};

/** Makes the project, with `changes` to its files; undefined takes a file out. */
export function fixtureProject(changes: Record<string, string | undefined> = {}) {
  const root = Deno.makeTempDirSync({ prefix: "lab-record-" });
  Deno.mkdirSync(join(root, "notebooks"));
  for (const [name, text] of Object.entries({ ...FILES, ...changes })) {
    if (text === undefined) continue;
    Deno.mkdirSync(dirname(join(root, name)), { recursive: true });
    Deno.writeTextFileSync(join(root, name), text);
  }
  return { root, [Symbol.dispose]: () => Deno.removeSync(root, { recursive: true }) };
}

/** The text of one of its files as it is without changes. */
export const fixtureText = (name: string): string => FILES[name];

/** A code cell; the first of these outputs, if any, is what it printed. */
export function code(source: string, tags: string[] = [], printed?: string): Cell {
  const outputs = printed === undefined
    ? []
    : [{ output_type: "stream" as const, name: "stdout" as const, text: printed }];
  const id = `c${source.length}-${tags.length}`;
  return { cell_type: "code", id, metadata: { tags }, source, execution_count: null, outputs };
}

export function prose(source: string): Cell {
  return { cell_type: "markdown", id: `p${source.length}`, metadata: {}, source };
}

export function notebook(cells: Cell[] = CELLS()): Notebook {
  const kernelspec = { name: "deno", display_name: "Deno", language: "typescript" };
  return { nbformat: 4, nbformat_minor: 5, metadata: { kernelspec }, cells };
}

const CELLS = () => [
  prose("# A question"),
  code(`import { charts, load } from "lab";`),
  code(`const n = 10;`, ["parameters"]),
  prose("What to expect."),
  code(`charts.bars(load(), "../data/more.csv");`, [], "done\n"),
];
