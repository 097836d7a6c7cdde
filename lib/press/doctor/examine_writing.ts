/** Places to write. */
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { projectFolder } from "../notebook/find_notebooks.ts";
import { denoDir } from "../lab/stable_deno.ts";
import { broken, type Finding, ok } from "../../ground/finding.ts";

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
