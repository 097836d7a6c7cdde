/** What one starts from the stick: a script for each operating system. */
import type { System } from "./systems.ts";

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
cd "$here/await-lab" || exit 1
[ $# -gt 0 ] || set -- lab
exec deno task "$@"
`;

const windows = `@echo off
rem Await Lab without a network. With no arguments it opens the chapters; else: run, test, doctor ...
setlocal
set "CPU=x64"
if /i "%PROCESSOR_ARCHITECTURE%"=="ARM64" if exist "%~dp0deno\\windows-arm64" set "CPU=arm64"
set "DENO_DIR=%~dp0cache"
set "DENO_NO_UPDATE_CHECK=1"
set "PATH=%~dp0deno\\windows-%CPU%;%PATH%"
cd /d "%~dp0await-lab" || exit /b 1
if "%~1"=="" (deno task lab) else (deno task %*)
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
