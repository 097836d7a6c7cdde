import { processes } from "./processes.ts";

/** A process and all that it started, directly or not, whatever became of those between. */
export class ProcessTree {
  readonly #known: Set<number>;

  constructor(root: number) {
    this.#known = new Set([root]);
  }

  /** Those of the tree that run or stand now. */
  async pids(): Promise<Set<number>> {
    const before = [...this.#known];
    const all = await processes();
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

/** Sends a signal to a process; one that has ended is none the worse for it. */
export function send(pid: number, signal: Deno.Signal): void {
  try {
    Deno.kill(pid, signal);
  } catch {
    // It has ended.
  }
}
