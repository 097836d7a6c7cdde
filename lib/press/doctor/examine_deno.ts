/** Deno itself: its version, the packages the lab needs, and a kernel that answers. */
import { join } from "node:path";
import { projectFolder } from "../notebook/find_notebooks.ts";
import { Kernel } from "../kernel/kernel.ts";
import { within } from "../kernel/time_limit.ts";
import { outputOf } from "../../ground/command_output.ts";
import type { JsonObject } from "../notebook/notebook.ts";
import { advice, broken, type Finding, ok } from "../../ground/finding.ts";

const NEEDED = [2, 9];
/** How long a kernel may take to show something, s. */
const PATIENCE = 60;

/** Deno is new enough; `version` is the one in use. */
export function examineVersion(version: string): Finding {
  const [major, minor] = version.split(".").map(Number);
  const enough = major > NEEDED[0] || (major === NEEDED[0] && minor >= NEEDED[1]);
  if (enough) return ok("Deno", `${version}, ${Deno.execPath()}`);
  const needed = `${NEEDED.join(".")} or later is needed`;
  return broken("Deno", `${version}; ${needed}`, "npx --yes deno@2.9.6 task doctor");
}

/** The packages that the lab and its tasks import are in the cache, or could be downloaded. */
export async function examinePackages(): Promise<Finding> {
  // The lab only re-exports: running it imports every package and does nothing else.
  if (await isCached("lib/mod.ts") && await isCached("lib/press/tasks/run.ts", "--help")) {
    return ok("Packages", "all in Deno's cache");
  }
  const mirror = Deno.env.get("NPM_CONFIG_REGISTRY")?.replace(/\/*$/, "/");
  // Which registry Deno asks by default is Deno's affair: if it cannot, the kernel's finding says so.
  if (!mirror || await answers(new URL("undici", mirror))) {
    return advice(
      "Packages",
      "not all in Deno's cache" + (mirror ? `; ${new URL(mirror).host} answers` : ""),
      "nothing, where there is a network: the first deno task run downloads them, about 65 MB",
    );
  }
  return broken(
    "Packages",
    `not all in Deno's cache, and ${new URL(mirror).host} does not answer`,
    "connect to the network; behind a proxy set HTTPS_PROXY, with a mirror NPM_CONFIG_REGISTRY; " +
      "or copy DENO_DIR from a machine that has run deno task run",
  );
}

/** Whether a module runs on the packages that are in the cache. */
async function isCached(module: string, ...args: readonly string[]): Promise<boolean> {
  const command = ["run", "-A", "--no-check", "--cached-only", join(projectFolder, module)];
  return await outputOf(Deno.execPath(), [...command, ...args]) !== undefined;
}

/** A kernel starts in the notebooks' folder, imports the lab and shows something. */
export async function examineKernel(): Promise<Finding> {
  const remedy = `see what ${Deno.execPath()} jupyter --kernel needs: ports of 127.0.0.1, a ` +
    "folder for temporary files, the packages above";
  const start = performance.now();
  const { signal } = new AbortController();
  try {
    const kernel = await Kernel.start(join(projectFolder, "notebooks"), signal);
    try {
      const started = performance.now() - start;
      let shown: JsonObject | undefined;
      kernel.onPublished = ({ content }) => {
        if (content.data !== undefined) shown = content.data as JsonObject;
      };
      const code = `const { show } = await import("lab"); await show("ready");`;
      const used = kernel.execute(code, false).finally(() => kernel.fence());
      const reply = await within(used, PATIENCE, signal);
      if (typeof reply === "symbol") throw new Error("it did not answer in a minute");
      if (reply.status !== "ok" || shown?.["text/plain"] !== "ready") {
        return broken("Kernel", `starts, but cannot use the lab: ${reply.evalue ?? ""}`, remedy);
      }
      return ok("Kernel", `starts in ${Math.round(started)} ms and shows what the lab says`);
    } finally {
      await kernel.kill();
    }
  } catch (error) {
    return broken("Kernel", `does not answer: ${(error as Error).message}`, remedy);
  }
}

async function answers(url: URL): Promise<boolean> {
  try {
    const response = await fetch(url, { method: "HEAD", signal: AbortSignal.timeout(5_000) });
    return response.ok;
  } catch {
    return false;
  }
}
