/** The house rules: which floor may know which, and how the rooms are kept. */
import { assertEquals } from "@std/assert";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** From the top down; an import only goes down. */
const FLOORS = [
  "load",
  "peers",
  "analysis",
  "experiment",
  "runners",
  "strategies",
  "client",
  "ideal",
  "trial",
  "planets",
  "origin",
  "show",
  "charts",
  "render",
  "ground",
];

/** The annex: what it may use of the house. */
const ANNEX: Record<string, string[]> = { press: ["press", "render", "ground"] };

interface Source {
  /** Relative to lib, with slashes. */
  file: string;
  text: string;
  /** Of files within lib, relative to it. */
  imports: string[];
  packages: string[];
}

async function sources(folder = join(root, "lib")): Promise<Source[]> {
  const found: Source[] = [];
  for await (const entry of Deno.readDir(folder)) {
    const path = join(folder, entry.name);
    if (entry.isDirectory) found.push(...await sources(path));
    if (!entry.isFile || !entry.name.endsWith(".ts")) continue;
    const text = await Deno.readTextFile(path);
    const pattern = /(?:from|import)\s*\(?\s*"([^"]+)"|new URL\("(\.[^"]+\.ts)"/g;
    const specifiers = [...text.matchAll(pattern)].map((match) => match[1] ?? match[2]);
    const slashed = (file: string) => relative(join(root, "lib"), file).replaceAll("\\", "/");
    found.push({
      file: slashed(path),
      text,
      imports: specifiers.filter((s) => s.startsWith(".")).map((s) => slashed(join(folder, s))),
      packages: specifiers.filter((s) => !s.startsWith(".")),
    });
  }
  return found;
}

const floorOf = (file: string) => file.split("/")[0];
const lib = await sources();

Deno.test("house: an import goes down the floors, never up", () => {
  const wrong: string[] = [];
  for (const { file, imports } of lib) {
    const from = floorOf(file);
    if (file === "mod.ts") continue;
    for (const to of imports.map(floorOf)) {
      if (to === "..") continue;
      const allowed = ANNEX[from]?.includes(to) ??
        (FLOORS.includes(from) && FLOORS.indexOf(to) >= FLOORS.indexOf(from));
      if (!allowed) wrong.push(`${file} imports from ${to}`);
    }
  }
  assertEquals(wrong, []);
});

Deno.test("house: every floor named here exists, and every folder is named here", () => {
  const folders = new Set(lib.map(({ file }) => floorOf(file)).filter((name) => name !== "mod.ts"));
  assertEquals([...folders].sort(), [...FLOORS, ...Object.keys(ANNEX)].sort());
});

Deno.test("house: charts and render know no dataframe library", () => {
  const knowing = lib.filter(({ file, packages }) =>
    ["charts", "render"].includes(floorOf(file)) && packages.includes("nodejs-polars")
  );
  assertEquals(knowing.map(({ file }) => file), []);
});

Deno.test("house: only show knows Jupyter", () => {
  const knowing = lib.filter(({ file, text }) =>
    /Deno\s*(\.|\[")jupyter/.test(text) && !["show", "press"].includes(floorOf(file))
  );
  assertEquals(knowing.map(({ file }) => file), []);
});

Deno.test("house: a file is one concept, so it is short and has a name that says which", () => {
  const wrong = lib.filter(({ file, text }) =>
    text.split("\n").length > 201 || /(^|\/)(utils?|types|helpers?|common|misc)\.ts$/.test(file)
  );
  assertEquals(wrong.map(({ file }) => file), []);
});

Deno.test("house: what notebooks import only re-exports", async () => {
  const text = await Deno.readTextFile(join(root, "lib", "mod.ts"));
  const code = text.replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, "");
  const statements = code.split(";").map((statement) => statement.trim()).filter(Boolean);
  assertEquals(
    statements.filter((statement) => !/^export .* from "\.\/[^"]+"$/s.test(statement)),
    [],
  );
});

Deno.test("house: every exported function of the lab says what it is", () => {
  const silent: string[] = [];
  for (const { file, text } of lib) {
    for (const match of text.matchAll(/^export (?:async )?function\*? (\w+)/gm)) {
      const before = text.slice(0, match.index).trimEnd();
      // An overload follows its sibling, which carries the comment.
      if (!before.endsWith("*/") && !before.endsWith(";")) silent.push(`${file}: ${match[1]}`);
    }
  }
  assertEquals(silent, []);
});

Deno.test("house: the README has a row for every floor, from the top down", async () => {
  const readme = await Deno.readTextFile(join(root, "README.md"));
  const rows = [...readme.matchAll(/^\| `lib\/(\w+)\/`/gm)].map((match) => match[1]);
  assertEquals(rows, [...FLOORS, ...Object.keys(ANNEX)]);
});
