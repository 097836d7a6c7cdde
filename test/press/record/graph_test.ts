/** The walk through imports, against what Deno itself finds. */
import { assertEquals } from "@std/assert";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { reachedFrom } from "../../../lib/press/record/graph.ts";
import { readProject } from "../../../lib/press/record/project.ts";
import { onlyReExports, referencesOf } from "../../../lib/press/record/references.ts";

const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..", "..");

Deno.test("graph: reaches every module of the lab that Deno reaches from lib/mod.ts", async () => {
  const { stdout } = await new Deno.Command(Deno.execPath(), {
    args: ["info", "--json", "lib/mod.ts"],
    cwd: root,
    stderr: "null",
  }).output();
  interface Module {
    specifier: string;
    error?: string;
    dependencies?: { code?: { specifier?: string } }[];
  }
  const info = JSON.parse(new TextDecoder().decode(stdout)) as { modules: Module[] };
  const modules = new Map(info.modules.map((module) => [module.specifier, module]));
  // Without the edges that are types only, as the walk goes.
  const files = new Set<string>(), packages = new Set<string>();
  const visit = (specifier: string) => {
    if (specifier.startsWith("npm:")) packages.add(specifier.replace(/^npm:\//, "npm:"));
    if (!specifier.startsWith(pathToFileURL(root).href) || files.has(specifier)) return;
    if (modules.get(specifier)?.error !== undefined) return;
    files.add(specifier);
    for (const { code } of modules.get(specifier)?.dependencies ?? []) {
      if (code?.specifier !== undefined) visit(code.specifier);
    }
  };
  visit(pathToFileURL(join(root, "lib", "mod.ts")).href);

  const found = reachedFrom(readProject(root), [{ specifier: "lab", names: "all" }], root);
  const names = [...files].map((url) => url.slice(pathToFileURL(root + "/").href.length));
  const missed = names.filter((name) => name !== "deno.json" && !(name in found.files));
  assertEquals(missed, []);
  const whole = (name: string) => name.replace(/(?<=\d)\/.*/, "");
  assertEquals([...packages].map(whole).filter((name) => !found.packages.includes(name)), []);
  // What is started or read by URL comes on top: the origin's process, the data.
  const extra = Object.keys(found.files).filter((name) => !names.includes(name));
  assertEquals(extra.includes("lib/origin/child.ts"), true);
  assertEquals(extra.includes("data/published.csv"), true);
  assertEquals(extra.filter((name) => name.startsWith("lib/press/")), []);
});

Deno.test("references: reads every form of import, and none of types or examples", () => {
  const text = `
import "./a.ts";
import b from "./b.ts";
import * as c from './c.ts';
import d, { e as f, type G } from "./d.ts";
import type { H } from "./h.ts";
import {
  i,
  j,
} from "./i.ts";
export { k as l } from "./k.ts";
export type { M } from "./m.ts";
// import "./comment.ts";
const n = await import("./n.ts");
const o = new URL("./o/", import.meta.url);
const p = (name: string) => new URL(\`./p/q-\${name}.go\`, import.meta.url);
`;
  const found = referencesOf(text).map(({ specifier, names }) => [
    specifier,
    names === "all" ? names : [...names].join(),
  ]);
  assertEquals(found, [
    ["./a.ts", "all"],
    ["./b.ts", "default"],
    ["./c.ts", "all"],
    ["./d.ts", "default,e"],
    ["./i.ts", "i,j"],
    ["./k.ts", "k"],
    ["./n.ts", "all"],
    ["./o/", "all"],
    ["./p/", "all"],
  ]);
  assertEquals(onlyReExports(text), undefined);
  assertEquals(
    onlyReExports(`/** x */\nexport * from "./a.ts";\nexport type { B } from "./b.ts";`),
    [
      { specifier: "./a.ts", names: new Map(), everything: true },
    ],
  );
});
