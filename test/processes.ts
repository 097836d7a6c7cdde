/** The processes that run on this machine: from /proc where there is one, from `ps` elsewhere. */

/** A process that runs; a zombie does not. */
export interface Process {
  readonly pid: number;
  readonly parent: number;
  /** The leader of its group. */
  readonly group: number;
  /** What it was called with, blanks between the words. */
  readonly command: string;
}

/** All processes that run now, in no order. */
export async function processes(): Promise<Process[]> {
  const all = Deno.build.os === "linux" ? await ofProc() : await ofPs();
  return all.filter(({ state }) => !/^[ZX]/.test(state)).map(({ state: _, ...process }) => process);
}

interface Entry extends Process {
  /** One letter of `ps`, perhaps with more after it. */
  readonly state: string;
}

async function ofProc(): Promise<Entry[]> {
  const pids = [...Deno.readDirSync("/proc")].map(({ name }) => name).filter((name) => +name > 0);
  const read = (pid: string, file: string) => Deno.readTextFile(`/proc/${pid}/${file}`);
  const entries = await Promise.all(pids.map(async (pid): Promise<Entry[]> => {
    try {
      const [stat, words] = [await read(pid, "stat"), await read(pid, "cmdline")];
      // The name, in parentheses, may hold anything; state, parent and group follow it.
      const [state, parent, group] = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
      const command = words.replaceAll("\0", " ").trim();
      return [{ pid: Number(pid), parent: Number(parent), group: Number(group), state, command }];
    } catch {
      return []; // It ended meanwhile.
    }
  }));
  return entries.flat();
}

async function ofPs(): Promise<Entry[]> {
  const args = ["-axo", "pid=,ppid=,pgid=,stat=,args="];
  const { stdout } = await new Deno.Command("ps", { args }).output();
  return new TextDecoder().decode(stdout).trim().split("\n").map((line) => {
    const [, pid, parent, group, state, command] = line.trim().match(
      /^(\d+)\s+(\d+)\s+(\d+)\s+(\S+)\s*(.*)$/,
    )!;
    return { pid: Number(pid), parent: Number(parent), group: Number(group), state, command };
  });
}

/** Those of the group that `leader` leads. */
export async function groupOf(leader: number): Promise<Process[]> {
  return (await processes()).filter(({ group }) => group === leader);
}

/** Waits until nothing of the group runs any more; false where something still does after 10 s. */
export async function isGone(leader: number): Promise<boolean> {
  for (let i = 0; i < 200; i++) {
    if ((await groupOf(leader)).length === 0) return true;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return false;
}
