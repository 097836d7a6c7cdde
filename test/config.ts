/**
 * Which config the tests run with. They import `jsr:@std/assert`; where JSR does not answer, as on
 * a closed network, an unreachable import would fail every test at once. Then the config is
 * deno.json plus a link to a stand-in of the same names over node:assert.
 */
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

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

/**
 * Resolves to the path of the config to pass as `--config`, having written it if need be. The
 * derived one is made from deno.json each time, so that nothing is kept twice.
 */
export async function testConfig(): Promise<{ path: string; standIn: boolean }> {
  const path = join(root, "deno.json");
  if (await jsrAnswers()) return { path, standIn: false };
  const folder = join(root, ".lab");
  const config = JSON.parse(await Deno.readTextFile(path));
  const imports = Object.entries(config.imports as Record<string, string>)
    .map(([name, target]) => [name, target.replace(/^\.\//, "../")]);
  const derived = {
    unstable: config.unstable,
    imports: Object.fromEntries(imports),
    links: ["../test/std_assert"],
  };
  await Deno.mkdir(folder, { recursive: true });
  const file = join(folder, "deno.closed-network.json");
  const draft = `${file}.${Deno.pid}`;
  await Deno.writeTextFile(draft, JSON.stringify(derived, null, 2) + "\n");
  await Deno.rename(draft, file);
  return { path: file, standIn: true };
}

if (import.meta.main) console.log((await testConfig()).path);
