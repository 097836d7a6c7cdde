import { UsageError } from "../../ground/usage.ts";

/** A system that a pack can be for. */
export type System = Readonly<typeof SYSTEMS[number]>;

const PEOPLES = { linux: "linux", mac: "darwin", windows: "win32" } as const;

/** Every system; the first of an operating system's is the usual one. */
export const SYSTEMS = [
  ...["linux-x64", "linux-arm64", "mac-arm64", "mac-x64", "windows-x64", "windows-arm64"],
].map((name) => {
  const [people, arch] = name.split("-") as [keyof typeof PEOPLES, "x64" | "arm64"];
  const os = PEOPLES[people];
  // What people call it, what Deno and npm do, and npm's package of Deno for it.
  return { name, os, arch, deno: `@deno/${os}-${arch}${os === "linux" ? "-glibc" : ""}` };
});

/** The system that this runs on. */
export function thisSystem(): System {
  const os = Deno.build.os === "windows" ? "win32" : Deno.build.os;
  const arch = Deno.build.arch === "aarch64" ? "arm64" : "x64";
  const own = SYSTEMS.find((system) => system.os === os && system.arch === arch);
  if (own === undefined) throw new UsageError(`there is no Deno on npm for ${os} on ${arch}`);
  return own;
}

/**
 * The systems in a list as `windows,mac`: an operating system means the machines it mostly runs on,
 * for mac both kinds.
 *
 * @throws {UsageError} for one that there is not
 */
export function parseSystems(list: string): System[] {
  const found = list.split(",").map((part) => part.trim()).flatMap((name) => {
    const all = SYSTEMS.filter((system) => system.name.startsWith(`${name}-`));
    const meant = name === "mac" ? all : all.slice(0, 1);
    const exact = SYSTEMS.filter((system) => system.name === name);
    if (meant.length + exact.length > 0) return [...meant, ...exact];
    const known = [...Object.keys(PEOPLES), ...SYSTEMS.map(({ name }) => name)].join(", ");
    throw new UsageError(`--os ${name}: there are ${known}`);
  });
  return [...new Set(found)];
}
