/** What deno.lock says of packages, and whether a folder of Deno's has them for a system. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import type { System } from "./systems.ts";

interface Locked {
  readonly os?: readonly string[];
  readonly cpu?: readonly string[];
  readonly optionalDependencies?: readonly string[];
}

/** What `system` needs of the lockfile's packages and `denoDir` does not have: "yaml 2.9.1". */
export function missingPackages(lock: string, denoDir: string, system: System): string[] {
  const { npm } = JSON.parse(lock) as { npm: Record<string, Locked> };
  const fits = ({ os = [system.os], cpu = [system.arch] }: Locked) =>
    os.includes(system.os) && cpu.includes(system.arch);
  const needed = Object.entries(npm).filter(([, locked]) => fits(locked));
  const absent = needed.map(([key]) => nameAndVersion(key)).filter(([name, version]) =>
    !registries(denoDir).some((folder) =>
      existsSync(join(folder, ...name.split("/"), version, "package.json"))
    )
  );
  // Of a package whose programs are packages of their own, one has to be for this system.
  const without = needed.filter(([, { optionalDependencies: builds = [] }]) => {
    const all = Object.entries(npm).filter(([key]) => builds.includes(nameAndVersion(key)[0]));
    return all.some(([, { os }]) => os !== undefined) && !all.some(([, locked]) => fits(locked));
  });
  return [
    ...absent.map((pair) => pair.join(" ")),
    ...without.map(([key]) => `${nameAndVersion(key).join(" ")}, which is not built for it`),
  ];
}

/** The folders of the registries that packages came from. */
export function registries(denoDir: string): string[] {
  const npm = join(denoDir, "npm");
  return [...Deno.readDirSync(npm)].filter(({ isDirectory }) => isDirectory)
    .map(({ name }) => join(npm, name));
}

/** "@a/b@1.2.3_peer@1" is `["@a/b", "1.2.3"]`. */
function nameAndVersion(key: string): [string, string] {
  const at = key.indexOf("@", 1);
  return [key.slice(0, at), key.slice(at + 1).split("_")[0]];
}
