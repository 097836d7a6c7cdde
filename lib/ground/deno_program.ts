import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import type { PeerProgram } from "./program.ts";

/**
 * A module of the lab as a program of its own: this same Deno, with the lab's imports.
 *
 * @param name what errors call it
 * @param module its URL
 */
export function denoProgram(name: string, module: URL): PeerProgram {
  const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
  const options = ["-A", "--quiet", "--no-lock", "--config", `${root}/deno.json`];
  return { name, command: Deno.execPath(), args: ["run", ...options, fileURLToPath(module)] };
}
