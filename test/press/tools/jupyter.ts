/** Jupyter's own tools, with kernels, configuration and runtime files in a folder of their own. */
import { join } from "node:path";
import { installSpec, kernelSpec } from "../../../lib/press/lab/kernel_spec.ts";
import { pathOf } from "../../needs.ts";
import { denoDir } from "../lab/fixture_checkout.ts";

/** The environment in which Jupyter knows the lab's kernel and nothing of the user's. */
export async function jupyterIn(folder: string): Promise<Record<string, string>> {
  const data = join(folder, "jupyter");
  installSpec(data, kernelSpec(Deno.execPath(), await denoDir()));
  return {
    JUPYTER_DATA_DIR: data,
    JUPYTER_CONFIG_DIR: join(folder, "jupyter-config"),
    JUPYTER_RUNTIME_DIR: join(folder, "jupyter-runtime"),
    IPYTHONDIR: join(folder, "ipython"),
  };
}

/** Runs `jupyter-nbconvert ARGS FILES`, results in `out`; rejects with what it said. */
export async function nbconvert(
  files: readonly string[],
  args: readonly string[],
  out: string,
  env: Record<string, string>,
): Promise<void> {
  const { success, stderr } = await new Deno.Command(pathOf("nbconvert"), {
    args: [...args, "--output-dir", out, ...files],
    env,
    stdout: "null",
  }).output();
  if (!success) throw new Error(`nbconvert ${args.join(" ")}: ${new TextDecoder().decode(stderr)}`);
}

const VALIDATE = `import json, sys, nbformat
for path in sys.argv[1:]:
    raw = json.load(open(path, encoding="utf-8"))
    assert (raw["nbformat"], raw["nbformat_minor"]) == (4, 5), path
    nbformat.validate(raw)
    ids = [cell["id"] for cell in raw["cells"]]
    assert len(set(ids)) == len(ids), path
print("valid")`;

/** What is wrong with notebooks by nbformat's own schema, version 4.5, or "valid". */
export async function validate(paths: readonly string[]): Promise<string> {
  const args = ["-c", VALIDATE, ...paths];
  const { stdout, stderr } = await new Deno.Command(pathOf("nbformat"), { args }).output();
  const decoder = new TextDecoder();
  return (decoder.decode(stdout) + decoder.decode(stderr)).trim();
}
