/** What the lab needs of a machine: Deno, packages, a kernel that answers, places to write; Jupyter if it likes. */
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { projectFolder } from "../notebook/find_notebooks.ts";
import { Kernel } from "../kernel/kernel.ts";
import { within } from "../kernel/time_limit.ts";
import { installedSpec, kernelspec } from "../lab/kernel_spec.ts";
import { findJupyter } from "../lab/open_jupyter.ts";
import { denoDir } from "../lab/stable_deno.ts";
import { here, jupyterDataFolder } from "../lab/user_folders.ts";
import { outputOf } from "../../ground/command_output.ts";
import { infoOf } from "../../ground/file_info.ts";
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

/** The packages that the lab and its tasks import are in the cache. */
export async function examinePackages(): Promise<Finding> {
  // The lab only re-exports: running it imports every package and does nothing else.
  if (await isCached("lib/mod.ts") && await isCached("lib/press/tasks/run.ts", "--help")) {
    return ok("Packages", "all in Deno's cache");
  }
  // Whether they can be had is for the kernel's finding to say: it needs them.
  return advice(
    "Packages",
    "not all in Deno's cache",
    "the first deno task run downloads them, about 65 MB; behind a proxy set HTTPS_PROXY, with a " +
      "mirror NPM_CONFIG_REGISTRY; or copy DENO_DIR from a machine that has run deno task run",
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

/** Executed copies, the reader's copies, Deno's cache and temporary files can be written. */
export async function examineWriteAccess(): Promise<Finding> {
  const cache = await denoDir();
  const places = [
    [join(projectFolder, "_site"), "give deno task run another place: --out DIR"],
    [join(projectFolder, "notebooks", "mine"), "work in a copy of the project that is yours"],
    [cache, "set DENO_DIR to a folder of yours"],
    [tmpdir(), "set TMPDIR to a folder of yours"],
  ];
  const closed = places.filter(([folder]) => !writable(folder));
  if (closed.length === 0) return ok("Writing", `_site, notebooks/mine, ${cache}, ${tmpdir()}`);
  return broken(
    "Writing",
    `no access to ${closed.map(([folder]) => folder).join(", ")}`,
    closed.map(([, remedy]) => remedy).join("; "),
  );
}

/** Whether `folder`, or the nearest folder above it that exists, takes a new file. */
function writable(folder: string): boolean {
  try {
    Deno.removeSync(Deno.makeTempFileSync({ dir: folder, prefix: ".lab-doctor-" }));
    return true;
  } catch (error) {
    const above = dirname(folder);
    return error instanceof Deno.errors.NotFound && above !== folder && writable(above);
  }
}

/** Jupyter and the lab's kernel in it; VS Code would do. */
export async function examineJupyter(): Promise<Finding> {
  const jupyter = await findJupyter();
  if (jupyter === undefined) {
    const remedy = "to work in a browser: python3 -m pip install jupyterlab (Debian: apt-get " +
      "install jupyter-notebook); VS Code with its Deno and Jupyter extensions needs none";
    return advice("Jupyter", "not installed; deno task run needs none", remedy);
  }
  const found = `${jupyter.command.join(" ")} ${jupyter.version}`;
  const spec = installedSpec(jupyterDataFolder(here));
  const { display_name } = kernelspec;
  if (spec === undefined) return advice("Jupyter", `${found}, no lab kernel`, "deno task lab");
  if (!infoOf(spec.argv[0])?.isFile) {
    return advice("Jupyter", `${found}; "${display_name}" names a lost Deno`, "deno task lab");
  }
  return ok("Jupyter", `${found}, with the kernel "${display_name}"`);
}
