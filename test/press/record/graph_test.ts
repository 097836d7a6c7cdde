/** The walk through imports, against what Deno itself finds; what is read of a module. */
import { assertEquals } from "@std/assert";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { nodesIn, parseSource } from "../../../lib/press/notebook/syntax.ts";
import * as references from "../../../lib/press/record/references.ts";
import { modulesOf, provenanceOf } from "../../../lib/press/record/stamp.ts";
import { code, notebook } from "./fixture_project.ts";

const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..", "..");

Deno.test("graph: a whole door of the lab reaches its modules, and what these start and read", async () => {
  const { stdout } = await new Deno.Command(Deno.execPath(), {
    args: ["info", "--json", "lib/mod.ts"],
    cwd: root,
    stderr: "null",
  }).output();
  interface Module {
    local?: string;
    dependencies?: { code?: { specifier?: string } }[];
  }
  const { modules } = JSON.parse(new TextDecoder().decode(stdout)) as { modules: Module[] };
  // Those that only types lead to are not run.
  const run = new Set(
    modules.flatMap(({ dependencies = [] }) => dependencies.map(({ code }) => code?.specifier)),
  );
  const names = modules.map(({ local }) => local)
    .filter((path) => path?.startsWith(join(root, "lib")) && run.has(`file://${path}`))
    .map((path) => path!.slice(root.length + 1));
  const whole = notebook([code(`import * as lab from "lab";\nconsole.log(lab);`)]);
  using cells = await modulesOf(whole, join(root, "notebooks"), new AbortController().signal);
  const { stamp, elsewhere, unknown } = await provenanceOf(whole, cells);
  assertEquals(names.filter((name) => !(name in stamp.lib)), []);
  assertEquals("lib/origin/child.ts" in stamp.lib, true);
  assertEquals("data/published.csv" in stamp.data, true);
  assertEquals("npm:vega@6.4.0" in stamp.packages, true);
  assertEquals(Object.keys(stamp.lib).filter((name) => name.startsWith("lib/press/")), []);
  assertEquals([elsewhere, unknown], [{}, undefined]);
});

const read = (text: string) => nodesIn(parseSource(text).body);
const listed = (asked: Map<string, references.Names>) =>
  [...asked].map(([specifier, names]) => [specifier, names === "all" ? names : [...names].join()]);

Deno.test("references: reads every form of import, and none of types or examples", () => {
  const nodes = read(`
import "./a.ts"; import b from "./b.ts";
import * as c from './c.ts';
import d, { e as f, type G } from "./d.ts";
import type { H } from "./h.ts";
b(c, d, f);
import {
  i, // one
  j,
} from "./i.ts";
export { i, j };
export { k as l } from "./k.ts";
export type { M } from "./m.ts";
// import "./comment.ts";
const n = await import(\`./n.ts\`);
const o = new URL("./o/", import.meta.url);
const p = (name: string) => new URL(\`./p/q-\${name}.go\`, import.meta.url);
const q = import.meta.resolve("./q.ts"), r = "import './text.ts'";
`);
  const found = listed(references.importedNames(nodes)).toSorted(([a], [b]) => a < b ? -1 : 1);
  assertEquals(found, [
    ["./a.ts", "all"],
    ["./b.ts", "default"],
    ["./c.ts", "all"],
    ["./d.ts", "default,e"],
    ["./i.ts", "i,j"],
    ["./k.ts", "k"],
    ["./n.ts", "all"],
  ]);
  assertEquals(references.namedFiles(nodes), ["./o/", "./p/", "./q.ts"]);
  assertEquals(references.makesUpNames(nodes), false);
  assertEquals(references.makesUpNames(read("await import('./' + name);")), true);
});

Deno.test("references: a namespace is asked for the members that are used", () => {
  const nodes = read(`
import { charts, load as get, type Row } from "lab";
import * as all from "./all.ts";
charts.bars(get()); const x = { charts: 1 }; x.charts; all.one;
`);
  assertEquals(listed(references.importedNames(nodes)), [["lab", "charts.bars,load"], [
    "./all.ts",
    "one",
  ]]);
  const whole = read(`import { charts } from "lab";\nObject.keys(charts); charts.bars();`);
  assertEquals(listed(references.importedNames(whole)), [["lab", "charts,charts.bars"]]);
});

Deno.test("references: a module that only passes names on is told from any other", () => {
  const passing = `/** x */\nexport * from "./a.ts";\nexport * as b from "./b.ts";
export { c as d, type E } from "./c.ts";\nexport type { F } from "./f.ts";`;
  assertEquals(references.onlyReExports(parseSource(passing).body), [
    { specifier: "./a.ts", names: new Map(), everything: true },
    { specifier: "./b.ts", names: new Map([["b", "*"]]), everything: false },
    { specifier: "./c.ts", names: new Map([["d", "c"]]), everything: false },
  ]);
  assertEquals(references.onlyReExports(parseSource(passing + "\nf();")!.body), undefined);
});
