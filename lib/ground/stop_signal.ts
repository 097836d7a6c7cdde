/** What comes this soon after the first, in ms, is the same request: `deno task` passes signals on. */
const ONE_REQUEST = 1000;
/** How often it is looked whether the launcher is still there, ms. */
const INTERVAL = 500;

/**
 * A signal that aborts when this process is asked to stop: Ctrl-C, SIGTERM, a closed terminal, or
 * the death of the `deno task` that started it. Asked again later, the process exits at once.
 *
 * @param except a signal that somebody else answers to
 */
export function stopSignal(except?: Deno.Signal): AbortSignal {
  const controller = new AbortController();
  let asked = Infinity;
  const stop = () => {
    const now = performance.now();
    if (now - asked > ONE_REQUEST) Deno.exit(130);
    asked = Math.min(asked, now);
    controller.abort();
  };
  const signals: Deno.Signal[] = Deno.build.os === "windows"
    ? ["SIGINT", "SIGBREAK"]
    : ["SIGINT", "SIGTERM", "SIGHUP"];
  for (const signal of signals) if (signal !== except) Deno.addSignalListener(signal, stop);
  whenLauncherEnds(stop);
  return controller.signal;
}

/**
 * Calls back once when what launched this process has ended without a word. `deno task` cannot hand
 * on a SIGKILL, and npx hands on no signal that kills it: what they launched would stay behind. A
 * process that was launched by hand, as a shell's job or to outlive who launched it, leads a group of
 * its own and has no launcher; where a process keeps the id of a parent that is gone (on Windows),
 * nothing can be seen.
 */
async function whenLauncherEnds(then: () => void): Promise<void> {
  // Deno's tasks set INIT_CWD; npx, which runs a shell that runs the task, says what it is.
  if (Deno.build.os === "windows" || !Deno.env.has("INIT_CWD")) return;
  const throughNpx = Deno.env.get("npm_command") === "exec";
  const launchers = async () => {
    const task = Deno.ppid;
    return `${task} ${throughNpx ? (await relativesOf(task)).parent : 0}`;
  };
  const first = await launchers();
  const own = await relativesOf(Deno.pid), above = await relativesOf(Deno.ppid);
  if (own.group === Deno.pid) return;
  // The launcher may be gone already. What takes in those left behind is of another session, or is a
  // container's first process; that may be the launcher, but then it is a Deno.
  const takenIn = own.session !== above.session || (Deno.ppid === 1 && above.name !== own.name);
  if (takenIn) return then();
  const timer = setInterval(async () => {
    if (await launchers() === first) return;
    clearInterval(timer);
    then();
  }, INTERVAL);
  Deno.unrefTimer(timer as unknown as number);
}

/** The name, parent, group and session of a process, empty or 0 where that is not known. */
async function relativesOf(pid: number) {
  if (Deno.build.os === "linux") {
    const stat = await Deno.readTextFile(`/proc/${pid}/stat`).catch(() => "");
    // The name, in parentheses, may hold anything; the state follows it, then these.
    const end = stat.lastIndexOf(")");
    const [, parent = 0, group = 0, session = 0] = stat.slice(end + 2).split(" ").map(Number);
    return { name: stat.slice(stat.indexOf("(") + 1, end), parent, group, session };
  }
  const args = ["-o", "ppid=", "-o", "pgid=", "-p", String(pid)];
  const { stdout } = await new Deno.Command("ps", { args, stderr: "null" }).output();
  const [parent, group = 0] = new TextDecoder().decode(stdout).trim().split(/\s+/).map(Number);
  return { name: "", parent, group, session: 0 };
}
