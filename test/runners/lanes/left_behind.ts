/** Looks for lanes that run: threads of this process and child processes. */

/** Processes of lanes whose parent is `parent`. */
export async function laneProcesses(parent = Deno.pid): Promise<number[]> {
  const { stdout } = await new Deno.Command("ps", { args: ["-eo", "ppid=,pid=,stat=,args="] })
    .output();
  return new TextDecoder().decode(stdout).split("\n")
    .filter((line) => line.includes("process_child.ts"))
    .map((line) => line.trim().split(/\s+/))
    .filter(([ppid, , state]) => Number(ppid) === parent && !state.startsWith("Z"))
    .map(([, pid]) => Number(pid));
}

/** Threads of workers in this process. */
async function workerThreads(): Promise<number> {
  let found = 0;
  for await (const { name } of Deno.readDir("/proc/self/task")) {
    const called = await Deno.readTextFile(`/proc/self/task/${name}/comm`).catch(() => "");
    if (called.startsWith("worker-")) found++;
  }
  return found;
}

/** Resolves when no lane is left; a thread that was ended takes a moment to go. */
export async function nothingLeft(): Promise<void> {
  while ((await laneProcesses()).length + await workerThreads() > 0) {
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

/** Whether a process is there. */
export const runs = (pid: number): Promise<boolean> =>
  Deno.readTextFile(`/proc/${pid}/stat`).then((text) => !/\) Z/.test(text), () => false);
