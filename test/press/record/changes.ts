/** Cells that read something, and changes of what they read. */
import { join } from "node:path";
import { pathToFileURL } from "node:url";

/** Texts by their paths. */
export type Files = Record<string, string>;

/** A module whose answer is `n`. */
export const helper = (n: number) => `export const answer = ${n};\n`;

/** A cell that shows one thing; its files are in a folder of its own, `at` from the notebook's. */
export interface Change {
  readonly what: string;
  readonly files: Files;
  readonly changed: Files;
  readonly cell: (at: string, folder: string) => string;
}

/** What each cell of one notebook reads, and is changed between two of its runs. */
export const changes: Change[] = [
  {
    what: "the second module of a line",
    files: { "a.ts": helper(1), "b.ts": "export const b = 0;" },
    changed: { "a.ts": helper(2) },
    cell: (at) =>
      `import { b } from "./${at}/b.ts"; import { answer } from "./${at}/a.ts"; console.log(answer + b);`,
  },
  {
    what: "a module named by a template",
    files: { "a.ts": helper(1) },
    changed: { "a.ts": helper(2) },
    cell: (at) => `const { answer } = await import(\`./${at}/a.ts\`);\nconsole.log(answer);`,
  },
  {
    what: "a module by its whole path",
    files: { "a.ts": helper(1) },
    changed: { "a.ts": helper(2) },
    cell: (_, folder) =>
      `import { answer } from ${JSON.stringify(join(folder, "a.ts"))};\nconsole.log(answer);`,
  },
  {
    what: "a module by its address",
    files: { "a.ts": helper(1) },
    changed: { "a.ts": helper(2) },
    cell: (_, folder) =>
      `import { answer } from "${pathToFileURL(join(folder, "a.ts"))}";\nconsole.log(answer);`,
  },
  {
    what: "a module that another loads once it is used",
    files: {
      "a.ts": `import defer * as late from "./late.ts";\nexport const answer = () => late.answer;`,
      "late.ts": helper(1),
    },
    changed: { "late.ts": helper(2) },
    cell: (at) => `import { answer } from "./${at}/a.ts";\nconsole.log(answer());`,
  },
  {
    what: "JSON that a module imports",
    files: {
      "a.ts":
        `import rows from "./rows.json" with { type: "json" };\nexport const answer = rows[0];`,
      "rows.json": "[1]",
    },
    changed: { "rows.json": "[2]" },
    cell: (at) => `import { answer } from "./${at}/a.ts";\nconsole.log(answer);`,
  },
  {
    what: "a file that a cell reads",
    files: { "rows.csv": "1" },
    changed: { "rows.csv": "2" },
    cell: (at) => `console.log(await Deno.readTextFile("${at}/rows.csv"));`,
  },
  {
    what: "a file that a module reads by node:fs, by a name it makes",
    files: {
      "a.ts": `import { readFileSync } from "node:fs";
export const answer = (at) => readFileSync(at + "/data/" + "rows" + ".csv", "utf8");`,
      "data/rows.csv": "1",
    },
    changed: { "data/rows.csv": "2" },
    cell: (at) => `import { answer } from "./${at}/a.ts";\nconsole.log(answer("${at}"));`,
  },
  {
    what: "what a worker imports, and what it reads",
    files: {
      "worker.ts": `import { answer } from "./deep.ts";
postMessage(answer + Deno.readTextFileSync(new URL("rows.csv", import.meta.url)));`,
      "deep.ts": helper(1),
      "rows.csv": "1",
    },
    changed: { "deep.ts": helper(2) },
    cell: (_, folder) =>
      `const worker = new Worker("${pathToFileURL(join(folder, "worker.ts"))}", { type: "module" });
console.log(await new Promise((resolve) => worker.onmessage = ({ data }) => resolve(data)));
worker.terminate();`,
  },
  {
    what: "a file that comes in where a cell looked for one",
    files: {},
    changed: { "extra.txt": "" },
    cell: (at) =>
      `import { existsSync } from "node:fs";\nconsole.log(existsSync("${at}/ext" + "ra.txt"));`,
  },
  {
    what: "a file in a folder that a cell lists",
    files: { "rows/1.csv": "" },
    changed: { "rows/2.csv": "" },
    cell: (at) => `console.log([...Deno.readDirSync("${at}/ro" + "ws")].length);`,
  },
  {
    what: "what a module imports that is written into its address",
    files: { "a.ts": helper(1) },
    changed: { "a.ts": helper(2) },
    cell: (_, folder) => {
      const code = `export * from ${JSON.stringify(pathToFileURL(join(folder, "a.ts")).href)};`;
      return `const { answer } = await import("data:text/javascript,${encodeURIComponent(code)}");
console.log(answer);`;
    },
  },
];

/** Cells whose files stay as they are. */
export const standing: Change[] = [
  {
    what: "a file was read, and is as it was",
    files: { "rows.csv": "1" },
    changed: {},
    cell: (at) => `console.log(await Deno.readTextFile("${at}/rows.csv"));`,
  },
  {
    what: "a module that reads a file by its own address",
    files: {
      "lib/a.ts":
        `export const answer = await Deno.readTextFile(new URL("./a.txt", import.meta.url));`,
      "lib/a.txt": "1",
    },
    changed: {},
    cell: (at) => `import { answer } from "./${at}/lib/a.ts";\nconsole.log(answer);`,
  },
];
