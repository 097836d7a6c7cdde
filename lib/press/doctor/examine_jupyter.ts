/** What the lab can do without: Jupyter. */
import { installedSpec, kernelspec } from "../lab/kernel_spec.ts";
import { findJupyter } from "../lab/open_jupyter.ts";
import { here, jupyterDataFolder } from "../lab/user_folders.ts";
import { infoOf } from "../../ground/file_info.ts";
import { advice, type Finding, ok } from "../../ground/finding.ts";

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
