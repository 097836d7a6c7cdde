/** The kernel as Jupyter and VS Code find it. A spec named `deno`, if there is one, is left alone. */
import { join } from "node:path";
import { attempt } from "../../ground/attempt.ts";
import { writeWhole } from "../../ground/whole_file.ts";

/** How notebooks name the kernel. */
export const kernelspec = {
  display_name: "Await Lab (Deno)",
  language: "typescript",
  name: "await-lab",
};

/** What Jupyter reads from kernel.json. */
export type KernelSpec = ReturnType<typeof kernelSpec>;

/** A spec that starts `deno` with the packages that lie in `denoDir`. */
export function kernelSpec(deno: string, denoDir: string) {
  const { display_name, language } = kernelspec;
  return {
    // Through the relay, so that a cell that waits can be interrupted.
    argv: [
      ...[deno, "run", "-A", "--quiet", "--no-config", "--no-lock"],
      ...["{resource_dir}/relay.ts", "{connection_file}"],
    ],
    display_name,
    language,
    // Deno's kernel ends on a signal; it stops a cell when asked by message.
    interrupt_mode: "message",
    env: { DENO_DIR: denoDir },
  };
}

/** The folder of the lab's spec in Jupyter's data folder. */
export function specFolder(jupyterData: string): string {
  return join(jupyterData, "kernels", kernelspec.name);
}

/** The relay, and what it is made of: copied, so that the kernel starts wherever this project lies. */
const RELAY = ["relay.ts", "listener.ts", "zmtp.ts", "messages.ts"];

/** Writes the spec and its relay, in place of earlier ones of this name; returns its path. */
export function installSpec(jupyterData: string, spec: KernelSpec): string {
  const folder = specFolder(jupyterData);
  for (const file of RELAY) {
    const source = new URL(`../kernel/${file}`, import.meta.url);
    writeWhole(join(folder, file), Deno.readTextFileSync(source));
  }
  // VS Code does not fill it in.
  const argv = spec.argv.map((each) => each.replace("{resource_dir}", folder));
  const path = join(folder, "kernel.json");
  writeWhole(path, JSON.stringify({ ...spec, argv }, null, 2) + "\n");
  return path;
}

/** The installed spec, undefined where there is none. */
export function installedSpec(jupyterData: string): KernelSpec | undefined {
  const path = join(specFolder(jupyterData), "kernel.json");
  return attempt(() => JSON.parse(Deno.readTextFileSync(path)));
}
