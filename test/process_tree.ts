import { setTimeout as pause } from "node:timers/promises";
import { type Process, processes } from "./processes.ts";

/** The variable by which the processes of a tree are known where there is a /proc: all inherit it. */
const MARK = "LAB_TEST_TREE";

/** A process and all that it started, directly or not, whatever became of those between. */
export class ProcessTree {
  readonly #mark: string = crypto.randomUUID();
  readonly #known = new Set<number>();
  /** The first of them. */
  readonly root: Deno.ChildProcess;

  /** Starts a command. */
  constructor(command: string, options: Deno.CommandOptions) {
    // Marks add up where a tree stands within another.
    const marks = `${Deno.env.get(MARK) ?? ""} ${this.#mark}`;
    const env = { ...options.env, [MARK]: marks };
    this.root = new Deno.Command(command, { ...options, env }).spawn();
    this.#known.add(this.root.pid);
  }

  /** Those of the tree that run or stand now; of Windows, which says less, the first alone. */
  async pids(): Promise<Set<number>> {
    if (Deno.build.os === "windows") return new Set(this.#known);
    const before = [...this.#known];
    let all = await processes();
    // On a busy machine it may take long until one that is being started has its environment.
    for (let i = 0; i < 500 && all.some(isStarting); i++) {
      await pause(2);
      all = await processes();
    }
    for (const { pid } of all) if (this.#isMarked(pid)) this.#known.add(pid);
    for (let size = -1; size !== this.#known.size;) {
      size = this.#known.size;
      for (const { pid, parent, group } of all) {
        if (this.#known.has(parent) || this.#known.has(group)) this.#known.add(pid);
      }
    }
    // Forgotten when it is gone, since its number will be another's one day.
    const there = new Set(all.map(({ pid }) => pid));
    for (const pid of before) if (!there.has(pid)) this.#known.delete(pid);
    return new Set(this.#known);
  }

  #isMarked(pid: number): boolean {
    if (this.#known.has(pid) || Deno.build.os !== "linux") return false;
    try {
      return Deno.readTextFileSync(`/proc/${pid}/environ`).includes(this.#mark);
    } catch {
      return false; // Another user's, or it has ended.
    }
  }

  /** Stops all of it: again and again, until none is left that was started meanwhile. */
  async stop(): Promise<number> {
    const stopped = new Set<number>();
    for (;;) {
      const fresh = (await this.pids()).difference(stopped);
      if (fresh.size === 0) return stopped.size;
      for (const pid of fresh) {
        send(pid, "SIGSTOP");
        stopped.add(pid);
      }
    }
  }

  /** Sends all of it a signal. */
  async send(signal: Deno.Signal): Promise<void> {
    for (const pid of await this.pids()) send(pid, signal);
  }
}

/** Whether it has neither arguments nor an environment yet; what is the kernel's own never has. */
function isStarting({ pid, parent, command }: Process): boolean {
  if (command !== "" || Deno.build.os !== "linux" || pid === 2 || parent === 2) return false;
  try {
    return Deno.readTextFileSync(`/proc/${pid}/environ`) === "";
  } catch {
    return false; // Another user's, or it has ended.
  }
}

/** Sends a signal to a process; one that has ended is none the worse for it. */
export function send(pid: number, signal: Deno.Signal): void {
  try {
    Deno.kill(pid, signal);
  } catch {
    // It has ended.
  }
}
