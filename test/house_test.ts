/** The house rules: which floor may know which, and how the rooms are kept. */
// Runs in one isolate: it mostly computes, and leaves nothing open.
import { assert, assertEquals } from "@std/assert";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** From the top down; an import only goes down. */
const FLOORS = [
  "class",
  "record",
  "calls",
  "recording",
  "theory",
  "load",
  "peers",
  "experiment",
  "analysis",
  "runners",
  "limits",
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

/**
 * What notebooks import, by deno.json's names: the lines that a door's values reach, and how many
 * values there are. Budgets, not goals.
 */
const DOORS: Record<string, { lines: number; values: number }> = {
  "lab": { lines: 6800, values: 22 },
  "lab/charts": { lines: 1500, values: 4 },
  "lab/class": { lines: 2640, values: 4 },
  "lab/lanes": { lines: 2010, values: 3 },
  "lab/limits": { lines: 820, values: 3 },
  "lab/load": { lines: 2330, values: 5 },
  "lab/peers": { lines: 2110, values: 9 },
  "lab/record": { lines: 5960, values: 6 },
  "lab/theory": { lines: 890, values: 3 },
};

interface Source {
  /** Relative to lib, with slashes. */
  file: string;
  text: string;
  /** Of files within lib, relative to it, types too. */
  imports: string[];
  /** Modules of workers and processes, which it knows by their address alone. */
  addresses: string[];
  /** Those that are loaded with it. */
  values: string[];
  packages: string[];
}

const slashed = (file: string) => relative(join(root, "lib"), file).replaceAll("\\", "/");

async function sources(folder = join(root, "lib")): Promise<Source[]> {
  const found: Source[] = [];
  for await (const entry of Deno.readDir(folder)) {
    const path = join(folder, entry.name);
    if (entry.isDirectory) found.push(...await sources(path));
    if (!entry.isFile || !entry.name.endsWith(".ts")) continue;
    const text = await Deno.readTextFile(path);
    const code = text.replace(/\/\*[\s\S]*?\*\//g, "");
    const all = (pattern: RegExp) => [...code.matchAll(pattern)].map((match) => match[1]);
    const specifiers = all(/(?:from|import)\s*\(?\s*"([^"]+)"/g);
    const inLib = (specifiers: readonly string[]) =>
      specifiers.filter((s) => s.startsWith(".")).map((s) => slashed(join(folder, s)));
    found.push({
      file: slashed(path),
      text,
      imports: inLib(specifiers),
      addresses: inLib(all(/new URL\("(\.[^"]+\.ts)"/g)),
      values: inLib(valueImports(code)),
      packages: specifiers.filter((s) => !s.startsWith(".")),
    });
  }
  return found;
}

/** The modules that are loaded with a text: not those of which it wants types, nor those that come later. */
function valueImports(code: string): string[] {
  const statements = code.matchAll(/^(?:import|export)\s([^;"]*?)from\s*"(\.[^"]+)"/gm);
  const loaded = [...statements].filter(([, clause]) => {
    if (clause.startsWith("type ")) return false;
    const names = clause.match(/\{([^}]*)\}/)?.[1].split(",").map((name) => name.trim());
    return !names?.filter(Boolean).every((name) => name.startsWith("type "));
  });
  return loaded.map((match) => match[2]);
}

/** Everything that can be reached from somewhere, itself too. */
function reach(from: string, next: (node: string) => Iterable<string>): Set<string> {
  const seen = new Set([from]);
  for (const node of seen) for (const other of next(node)) seen.add(other);
  return seen;
}

/** Nodes that can be reached from themselves. */
function circles(graph: ReadonlyMap<string, Iterable<string>>): string[] {
  const next = (node: string) => graph.get(node) ?? [];
  return [...graph.keys()].filter((node) =>
    [...next(node)].some((other) => reach(other, next).has(node))
  );
}

const floorOf = (file: string) => file.split("/")[0];
const lib = await sources();

Deno.test("house: an import goes down the floors, never up", () => {
  const wrong: string[] = [];
  for (const { file, imports, addresses } of lib) {
    const from = floorOf(file);
    if (file === "mod.ts") continue;
    for (const to of [...imports, ...addresses].map(floorOf)) {
      if (to === "..") continue;
      const allowed = ANNEX[from]?.includes(to) ??
        (FLOORS.includes(from) && FLOORS.indexOf(to) >= FLOORS.indexOf(from));
      if (!allowed) wrong.push(`${file} imports from ${to}`);
    }
  }
  assertEquals(wrong, []);
});

Deno.test("house: no circle between files, types count", () => {
  assertEquals(circles(new Map(lib.map(({ file, imports }) => [file, imports]))), []);
});

Deno.test("house: no circle between folders, types count", () => {
  const graph = new Map<string, Set<string>>();
  for (const { file, imports } of lib) {
    const folder = dirname(file);
    const others = imports.map(dirname).filter((other) => other !== folder);
    graph.set(folder, new Set([...graph.get(folder) ?? [], ...others]));
  }
  assertEquals(circles(graph), []);
});

for (const [door, { lines, values }] of Object.entries(DOORS)) {
  Deno.test(`house: "${door}" keeps within its budget of lines and values`, async () => {
    const { imports } = JSON.parse(await Deno.readTextFile(join(root, "deno.json")));
    const byFile = new Map(lib.map((source) => [source.file, source]));
    const from = imports[door].replace("./lib/", "");
    const reached = reach(from, (file) => byFile.get(file)?.values ?? []);
    const length = [...reached].reduce(
      (sum, file) => sum + (byFile.get(file)?.text.split("\n").length ?? 0) - 1,
      0,
    );
    // A door that is to hold more gets a larger budget, by whoever adds to it.
    const more = `: where that is meant, raise DOORS["${door}"] in test/house_test.ts`;
    assert(length <= lines, `it reaches ${length} lines in ${reached.size} files${more}`);
    const names = Object.keys(await import(join(root, imports[door])));
    assert(names.length <= values, `it has ${names.length} values: ${names.join(", ")}${more}`);
  });
}

Deno.test("house: nothing that a door has goes by two names, and no two things by one", async () => {
  const { imports } = JSON.parse(await Deno.readTextFile(join(root, "deno.json")));
  const names = new Map<unknown, string[]>(), things = new Map<string, string[]>();
  const add = <K>(map: Map<K, string[]>, key: K, path: string) =>
    map.set(key, [...map.get(key) ?? [], path]);
  const collect = (module: object, path: string) => {
    for (const [name, value] of Object.entries(module)) {
      const within = `${path} ${name}`;
      if (value?.[Symbol.toStringTag] === "Module") {
        collect(value, within);
        continue;
      }
      add(names, value, within);
      add(things, name, within);
    }
  };
  for (const door of Object.keys(DOORS)) collect(await import(join(root, imports[door])), door);
  const twice = [...names.values(), ...things.values()].filter((paths) => paths.length > 1);
  assertEquals(twice, []);
});

Deno.test("house: every door has a budget, and is a module that only passes on", async () => {
  const { imports } = JSON.parse(await Deno.readTextFile(join(root, "deno.json")));
  const doors = Object.keys(imports).filter((name) => name === "lab" || name.startsWith("lab/"));
  assertEquals(doors.sort(), Object.keys(DOORS).sort());
  for (const door of doors) {
    const text = await Deno.readTextFile(join(root, imports[door]));
    const code = text.replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, "");
    const statements = code.split(";").map((statement) => statement.trim()).filter(Boolean);
    const own = statements.filter((each) => !/^export .* from "\.\.?\/[^"]+"$/s.test(each));
    assertEquals(own, [], door);
  }
});

Deno.test("house: whatever a door has is documented with an example", async () => {
  const { imports } = JSON.parse(await Deno.readTextFile(join(root, "deno.json")));
  const byFile = new Map(lib.map((source) => [source.file, source.text]));
  const bare: string[] = [];
  for (const door of Object.keys(DOORS)) {
    const file = slashed(join(root, imports[door]));
    const passed = byFile.get(file)!.matchAll(/^export (\{[^}]*\}|\* as \w+) from "([^"]+)"/gm);
    for (const [, names, specifier] of passed) {
      const text = byFile.get(slashed(join(root, "lib", dirname(file), specifier)))!;
      const own = names.startsWith("*") ? [names] : names.slice(1, -1).split(",");
      for (const name of own.map((each) => each.trim()).filter((each) => !/^type /.test(each))) {
        const found = new RegExp(`^export (?:async )?(?:function|const|class) ${name}\\b`, "m");
        // Of a namespace, what its module says at its top.
        const end = name.startsWith("*") ? text.indexOf("*/") + 2 : text.search(found);
        const comment = text.slice(text.lastIndexOf("/**", end), end);
        if (!comment.includes("```ts")) bare.push(`${door}: ${name}`);
      }
    }
  }
  assertEquals(bare, []);
});

Deno.test("house: the examples of what a door has call what a door has", async () => {
  const { imports } = JSON.parse(await Deno.readTextFile(join(root, "deno.json")));
  const had = new Set<string>();
  const collect = (module: object) => {
    for (const [name, value] of Object.entries(module)) {
      had.add(name);
      if (value?.[Symbol.toStringTag] === "Module") collect(value);
    }
  };
  for (const door of Object.keys(DOORS)) collect(await import(join(root, imports[door])));
  // `myCode` is the reader's, the others are the language's.
  const own = /^(myCode|fetch|if|for|while|catch|function|import)$/;
  const unknown: string[] = [];
  for (const { file, text } of lib) {
    const documented =
      /\/\*\*((?:(?!\*\/)[^])*)\*\/\nexport (?:async )?(?:function|const|class) (\w+)/g;
    for (const [, comment, name] of text.matchAll(documented)) {
      if (!had.has(name)) continue;
      for (const [, example] of comment.matchAll(/```ts\n([^]*?)```/g)) {
        const code = example.replace(/\/\/.*/g, "");
        const called = [...code.matchAll(/(?<![.\w])([A-Za-z]\w*)\(/g)].map((match) => match[1]);
        const made = [...code.matchAll(/instanceof (\w+)/g)].map((match) => match[1]);
        const lost = [...called, ...made].filter((each) => !had.has(each) && !own.test(each));
        unknown.push(...lost.map((each) => `${file}: ${name}: ${each}`));
      }
    }
  }
  assertEquals(unknown, []);
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

Deno.test("house: a line holds what belongs together, not what a spread squeezed into it", () => {
  const squeezed = lib.filter(({ text }) => /^\s*\.\.\.\{ /m.test(text));
  assertEquals(squeezed.map(({ file }) => file), []);
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
