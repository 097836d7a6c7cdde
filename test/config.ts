/**
 * Which config and lockfile the tests run with. They import `jsr:@std/assert`; where JSR does not
 * answer, as on a closed network, an unreachable import would fail every test at once. Then the
 * config is deno.json plus a link to a stand-in of the same names over node:assert.
 *
 * The lockfile is a copy: a task downloads all that deno.lock names, so what only tests need must
 * not get into it.
 */
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { writeWhole } from "../lib/ground/whole_file.ts";

const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** How long JSR gets to answer, ms. */
const PATIENCE = 3_000;

/** Whether the registry that Deno would ask for `jsr:@std/assert` answers in time. */
export async function jsrAnswers(registry = Deno.env.get("JSR_URL") ?? "https://jsr.io") {
  try {
    const url = new URL("/@std/assert/meta.json", registry);
    const response = await fetch(url, { signal: AbortSignal.timeout(PATIENCE) });
    await response.body?.cancel();
    return response.ok;
  } catch {
    return false;
  }
}

/** What to pass as `--config` and `--lock`, and whether the stand-in is linked. */
export interface TestConfig {
  readonly path: string;
  readonly lock: string;
  readonly standIn: boolean;
}

/**
 * Resolves to the files to run with, having written them. They are made from deno.json and
 * deno.lock each time, so that nothing is kept twice.
 */
export async function testConfig(): Promise<TestConfig> {
  const path = join(root, "deno.json");
  const folder = join(root, ".lab");
  const lock = join(folder, "deno.tests.lock");
  const locked = await Deno.readTextFile(join(root, "deno.lock"));
  // Another run of the tests may read these meanwhile.
  if (await jsrAnswers()) {
    writeWhole(lock, locked);
    return { path, lock, standIn: false };
  }
  // A lockfile without the link counts as out of date, and Deno would ask for every package anew.
  const standIn = join(root, "test", "std_assert");
  const { name, version } = JSON.parse(await Deno.readTextFile(join(standIn, "deno.json")));
  const linked = JSON.parse(locked);
  linked.workspace.links = { [`jsr:${name}@${version}`]: {} };
  writeWhole(lock, JSON.stringify(linked, null, 2) + "\n");
  const config = JSON.parse(await Deno.readTextFile(path));
  const imports = Object.entries(config.imports as Record<string, string>)
    .map(([name, target]) => [name, target.replace(/^\.\//, "../")]);
  const derived = {
    unstable: config.unstable,
    imports: Object.fromEntries(imports),
    links: ["../test/std_assert"],
  };
  const file = join(folder, "deno.closed-network.json");
  writeWhole(file, JSON.stringify(derived, null, 2) + "\n");
  return { path: file, lock, standIn: true };
}

if (import.meta.main) console.log((await testConfig()).path);
