/** Looks for what runs for lanes: processes of theirs, and those that hold their threads. */

/** Those whose parent is `parent`. */
export async function laneProcesses(parent = Deno.pid): Promise<number[]> {
  const { stdout } = await new Deno.Command("ps", { args: ["-eo", "ppid=,pid=,stat=,args="] })
    .output();
  return new TextDecoder().decode(stdout).split("\n")
    .filter((line) => /(process|threads)_program\.ts/.test(line))
    .map((line) => line.trim().split(/\s+/))
    .filter(([ppid, , state]) => Number(ppid) === parent && !state.startsWith("Z"))
    .map(([, pid]) => Number(pid));
}

/** Whether a process is there. */
export const runs = (pid: number): Promise<boolean> =>
  Deno.readTextFile(`/proc/${pid}/stat`).then((text) => !/\) Z/.test(text), () => false);
