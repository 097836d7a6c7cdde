/** Systems that a pack can be for, and what one starts there. */
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

const posix = (people: string) =>
  `#!/bin/sh
# Await Lab without a network. With no arguments it opens the chapters; else: run, test, doctor …
here=$(cd "$(dirname "$0")" && pwd)
case "$(uname -m)" in arm64|aarch64) cpu=arm64 ;; *) cpu=x64 ;; esac
bin="$here/deno/${people}-$cpu"
if [ ! -x "$bin/deno" ]; then
  echo "This pack has no Deno that can be started for ${people}-$cpu. If it is on a stick that allows" >&2
  echo "no programs, copy the whole folder to your disk." >&2
  exit 1
fi
export DENO_DIR="$here/cache" DENO_NO_UPDATE_CHECK=1 PATH="$bin:$PATH"
[ $# -gt 0 ] || set -- lab
exec deno task --cwd "$here/await-lab" "$@"
`;

const windows = `@echo off
rem Await Lab without a network. With no arguments it opens the chapters; else: run, test, doctor ...
setlocal
set "CPU=x64"
if /i "%PROCESSOR_ARCHITECTURE%"=="ARM64" if exist "%~dp0deno\\windows-arm64" set "CPU=arm64"
set "DENO_DIR=%~dp0cache"
set "DENO_NO_UPDATE_CHECK=1"
set "PATH=%~dp0deno\\windows-%CPU%;%PATH%"
if "%~1"=="" (deno task --cwd "%~dp0await-lab" lab) else (deno task --cwd "%~dp0await-lab" %*)
`;

/** A script's name and its text. */
export function startScript({ os }: System): { readonly name: string; readonly text: string } {
  switch (os) {
    case "linux":
      return { name: "start-linux.sh", text: posix("linux") };
    case "darwin":
      return { name: "start-mac.command", text: posix("mac") };
    case "win32":
      return { name: "start-windows.cmd", text: windows.replaceAll("\n", "\r\n") };
  }
}
