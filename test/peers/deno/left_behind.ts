/** Looks for what runs for lanes: the process that has them, and those that are lanes. */
import { processes } from "../../processes.ts";

/** Those that this process has started, the one that has the lanes first. */
export async function laneProcesses(): Promise<number[]> {
  const all = (await processes()).filter(({ command }) =>
    /deno\/(child|process)\.ts/.test(command)
  );
  const hosts = all.filter(({ parent }) => parent === Deno.pid).map(({ pid }) => pid);
  const lanes = all.filter(({ parent }) => hosts.includes(parent)).map(({ pid }) => pid);
  return [...hosts, ...lanes];
}
