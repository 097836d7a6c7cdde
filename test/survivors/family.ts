/** A program and every process that it has brought about, however that came to be. */

/** The variable by which a family's members are known: children inherit it. */
const MARK = "LAB_TEST_FAMILY";

export interface Member {
  readonly pid: number;
  /** What it runs: "child.ts", "kernel", "sh"; a second one of the same is "child.ts 2". */
  readonly name: string;
}

export interface Family extends AsyncDisposable {
  /** Of the first of them, the parent. */
  readonly pid: number;
  /** Those that run now, the oldest first; zombies do not. */
  members(): Promise<Member[]>;
}

/** Starts a command and knows its descendants from then on, even those whose parents are gone. */
export function startFamily(command: string, args: readonly string[], cwd?: string): Family {
  const mark = crypto.randomUUID();
  const child = new Deno.Command(command, {
    args: [...args],
    cwd,
    env: { [MARK]: mark },
    ...{ stdin: "null", stdout: "null", stderr: "null" },
  }).spawn();
  const members = async () => named(await marked(mark));
  return {
    pid: child.pid,
    members,
    async [Symbol.asyncDispose]() {
      for (let left = await members(); left.length > 0; left = await members()) {
        for (const { pid } of left) kill(pid);
        await pause(20);
      }
      await child.status;
    },
  };
}

/** SIGKILL; what is gone already is fine. */
export function kill(pid: number): void {
  try {
    Deno.kill(pid, "SIGKILL");
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
}

export const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

interface Process {
  readonly pid: number;
  readonly started: number;
  readonly command: string;
}

/** Processes that inherited the mark; a zombie has lost its environment. */
async function marked(mark: string): Promise<Process[]> {
  const pids = [...Deno.readDirSync("/proc")].map(({ name }) => Number(name)).filter((n) => n > 0);
  const found = await Promise.all(pids.map(async (pid): Promise<Process[]> => {
    try {
      const environment = await Deno.readTextFile(`/proc/${pid}/environ`);
      if (!environment.includes(`${MARK}=${mark}`)) return [];
      const stat = await Deno.readTextFile(`/proc/${pid}/stat`);
      // The name, in parentheses, may hold anything; the start is the 20th that follows.
      const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
      const command = (await Deno.readTextFile(`/proc/${pid}/cmdline`)).replaceAll("\0", " ");
      return [{ pid, started: Number(fields[19]), command }];
    } catch {
      return []; // Another user's, or it has ended meanwhile.
    }
  }));
  return found.flat().toSorted((a, b) => a.started - b.started || a.pid - b.pid);
}

function named(processes: readonly Process[]): Member[] {
  const seen = new Map<string, number>();
  return processes.map(({ pid, command }) => {
    const name = nameOf(command);
    const n = (seen.get(name) ?? 0) + 1;
    seen.set(name, n);
    return { pid, name: n === 1 ? name : `${name} ${n}` };
  });
}

function nameOf(command: string): string {
  const [, module] = /([\w.-]+)\.(?:ts|py)\b/.exec(command) ?? [];
  const [program, verb] = command.split(" ");
  return module ??
    (/deno$/.test(program) ? verb : program.split("/").at(-1)!.replace(/-[0-9a-f]{16}$/, ""));
}
