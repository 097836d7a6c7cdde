/**
 * Ends this process when what launched it has ended without a word. `npx` is killed by a signal
 * without handing it on, and so is `deno task` by a SIGKILL: the origin would stay behind, on its
 * port. Launched by hand, it has no launcher, and outlives its shell as any server does.
 */
export async function endWithLauncher(end: () => void): Promise<void> {
  if (Deno.build.os === "windows") return;
  // Deno's tasks set INIT_CWD; npx, which runs a shell that runs the task, says what it is.
  const task = Deno.env.has("INIT_CWD");
  const npx = task && Deno.env.get("npm_command") === "exec";
  if (!task) return;
  const watched = npx ? [Deno.pid, Deno.ppid] : [Deno.pid];
  const parents = await Promise.all(watched.map(parentOf));
  const look = setInterval(async () => {
    const now = await Promise.all(watched.map(parentOf));
    if (now.every((parent, i) => parent === parents[i])) return;
    clearInterval(look);
    end();
  }, 1000);
}

/** The parent of a process, 0 where there is no such process. */
async function parentOf(pid: number): Promise<number> {
  if (Deno.build.os === "linux") {
    try {
      const stat = await Deno.readTextFile(`/proc/${pid}/stat`);
      // The name, in parentheses, may hold anything; state and parent follow it.
      return Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1]);
    } catch {
      return 0;
    }
  }
  const ps = new Deno.Command("ps", { args: ["-o", "ppid=", "-p", String(pid)], stderr: "null" });
  return Number(new TextDecoder().decode((await ps.output()).stdout).trim());
}
