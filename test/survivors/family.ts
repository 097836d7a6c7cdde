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
  members(): Member[];
}

/** Their names, for people. */
export const list = (members: readonly Member[]) =>
  members.map(({ name }) => name).join(", ") || "—";

/** Starts a command and knows its descendants from then on, even those whose parents are gone. */
export function startFamily(
  command: string,
  args: readonly string[],
  options: { readonly cwd: string; readonly env: Record<string, string> },
): Family {
  const mark = crypto.randomUUID();
  const strangers = new Set(pids());
  const child = new Deno.Command(command, {
    args: [...args],
    cwd: options.cwd,
    env: { ...options.env, [MARK]: mark },
    ...{ stdin: "null", stdout: "null", stderr: "null" },
  }).spawn();
  const members = () => named(marked(mark, strangers));
  return {
    pid: child.pid,
    members,
    async [Symbol.asyncDispose]() {
      for (let left = members(); left.length > 0; left = members()) {
        for (const { pid } of left) kill(pid);
        await pause(LOOK);
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

/** How often one looks who is there, ms. */
export const LOOK = 50;

export const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

interface Process {
  readonly pid: number;
  readonly started: number;
  readonly command: string;
}

/** The numbers of all processes. */
const pids = () => [...Deno.readDirSync("/proc")].map(({ name }) => Number(name)).filter(Boolean);

/**
 * Processes that inherited the mark; a zombie has lost its environment. Only who ran before the
 * family is a stranger for good, and not looked at: a machine has many. Who came later is looked at
 * again, since a process that is read while it is being started may show half an environment.
 */
function marked(mark: string, strangers: Set<number>): Process[] {
  const all = pids();
  // Its number will be another's one day.
  for (const gone of strangers.difference(new Set(all))) strangers.delete(gone);
  const found = all.filter((pid) => !strangers.has(pid)).flatMap((pid): Process[] => {
    const read = (file: string) => Deno.readTextFileSync(`/proc/${pid}/${file}`);
    try {
      if (!read("environ").includes(`${MARK}=${mark}`)) return [];
      const stat = read("stat");
      // The name, in parentheses, may hold anything; the start is the 20th that follows.
      const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
      return [{ pid, started: Number(fields[19]), command: read("cmdline").replaceAll("\0", " ") }];
    } catch {
      return []; // Another user's, or it has ended meanwhile.
    }
  });
  return found.toSorted((a, b) => a.started - b.started || a.pid - b.pid);
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
