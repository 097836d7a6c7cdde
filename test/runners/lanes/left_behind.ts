/** Looks for what runs for lanes: processes of theirs, and those that hold their threads. */
import { processes } from "../../processes.ts";

/** Those whose parent is `parent`. */
export async function laneProcesses(parent = Deno.pid): Promise<number[]> {
  return (await processes())
    .filter((one) => one.parent === parent && /(process|threads)_program\.ts/.test(one.command))
    .map(({ pid }) => pid);
}

/** Whether a process runs. */
export async function runs(pid: number): Promise<boolean> {
  return (await processes()).some((one) => one.pid === pid);
}
