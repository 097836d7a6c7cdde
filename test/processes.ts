/** The processes that run on this machine: from /proc where there is one, from `ps` elsewhere. */

/** A process that runs; a zombie does not. */
export interface Process {
  readonly pid: number;
  readonly parent: number;
  /** The leader of its group. */
  readonly group: number;
  /** Whether a signal has stopped it until another has it continue. */
  readonly stopped: boolean;
  /** What it was called with, blanks between the words. */
  readonly command: string;
}

/** All processes that run now, in no order. */
export async function processes(): Promise<Process[]> {
  const all = Deno.build.os === "linux" ? ofProc() : await ofPs();
  return all.flatMap(([state, pid, parent, group, command]) =>
    /^[ZX]/.test(state)
      ? []
      : [{ pid: +pid, parent: +parent, group: +group, stopped: /^[Tt]/.test(state), command }]
  );
}

/** State (a letter, perhaps with more after it), pid, parent, group, command. */
type Row = readonly [state: string, pid: string, parent: string, group: string, command: string];

function ofProc(): Row[] {
  return [...Deno.readDirSync("/proc")].filter(({ name }) => +name > 0).flatMap(({ name }) => {
    const read = (file: string) => Deno.readTextFileSync(`/proc/${name}/${file}`);
    try {
      const [stat, words] = [read("stat"), read("cmdline")];
      // The name, in parentheses, may hold anything; state, parent and group follow it.
      const [state, parent, group] = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
      return [[state, name, parent, group, words.replaceAll("\0", " ").trim()] as const];
    } catch {
      return []; // It ended meanwhile.
    }
  });
}

async function ofPs(): Promise<Row[]> {
  const args = ["-axo", "stat=,pid=,ppid=,pgid=,args="];
  const { stdout } = await new Deno.Command("ps", { args }).output();
  const pattern = /^\s*(\S+)\s+(\d+)\s+(\d+)\s+(\d+)\s*(.*)$/gm;
  return [...new TextDecoder().decode(stdout).matchAll(pattern)].map(
    ([, state, pid, parent, group, command]) => [state, pid, parent, group, command],
  );
}

/** Those of the group that `leader` leads. */
export async function groupOf(leader: number): Promise<Process[]> {
  return (await processes()).filter(({ group }) => group === leader);
}

/** Waits until nothing of the group runs any more; false where something still does after a minute. */
export async function isGone(leader: number): Promise<boolean> {
  for (let i = 0; i < 1200; i++) {
    if ((await groupOf(leader)).length === 0) return true;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return false;
}
