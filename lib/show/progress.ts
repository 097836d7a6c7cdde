import { duration } from "../ground/words.ts";
import { notebook } from "./kernel.ts";

/** Where a line of progress is seen, `run` by `run`; the `last` line of each stays. */
export type Line = (text: string, state: { run: number; first: boolean; last: boolean }) => void;

/** Is told how far something is: units done of all, and what is being done. */
export type Progress = (done: number, total: number, label: string) => void;

/**
 * Says how far something is and how long it may still take: in a notebook as one display updated in
 * place, in a terminal as a bar on stderr, elsewhere not at all. Cheap and synchronous; what comes
 * faster than the eye follows is left out. At the end one short line stays.
 *
 * ```ts
 * await experiment({ origin, variants, paths, progress });
 * ```
 */
export const progress = (done: number, total: number, label = ""): void => {
  current ??= reporter(outlet(), () => performance.now());
  current(done, total, label);
};

let current: typeof progress | undefined;

/** Milliseconds between two updates. */
const PACE = 100;

/** Something that is going on. */
interface Run {
  readonly run: number;
  readonly begun: number;
  readonly from: number;
  done: number;
  /** When a line was last written. */
  seen: number;
}

/**
 * A {@link Progress} that writes lines by the clock given. What goes on with the same total goes on
 * in the same line, whatever the label says by then; what begins anew has a line of its own.
 */
export function reporter(line: Line | null, now: () => number): typeof progress {
  if (line === null) return () => {};
  /** By their totals. */
  const running = new Map<number, Run>();
  let runs = 0;
  return (done, total, label = "") => {
    if (!(total > 0) || !(done >= 0)) return;
    const time = now();
    const going = running.get(total);
    const found = going && done >= going.done ? going : undefined;
    const run = found ?? { run: ++runs, begun: time, from: done, done, seen: -Infinity };
    run.done = done;
    running.set(total, run);
    const last = done >= total;
    if (!last && time - run.seen < PACE) return;
    run.seen = time;
    if (last) running.delete(total);
    const state = { run: run.run, first: found === undefined, last };
    const name = label === "" ? "" : `${label}: `;
    const passed = time - run.begun;
    if (last) return line(`${name}${total} in ${duration(passed)}`, state);
    const did = done - run.from;
    const left = did < 1 || passed < 500 ? NaN : passed / did * (total - done);
    line(name + bar(done, total, left), state);
  };
}

/** "█████░░░░░░░░░░░░░░░ 25 of 100, about 9 s left"; of the time `left`, ms, nothing where it's NaN. */
export function bar(done: number, total: number, left: number): string {
  const drawn = "█".repeat(Math.round(20 * done / total)).padEnd(20, "░");
  const seconds = Math.ceil(left / 1000);
  const about = seconds < 120 ? `${seconds} s` : `${Math.round(seconds / 60)} min`;
  return `${drawn} ${done} of ${total}${left >= 0 ? `, about ${about} left` : ""}`;
}

/** Where somebody looks on: a notebook, or a terminal; `null`: nowhere. */
export function outlet(): Line | null {
  const broadcast = notebook();
  if (broadcast !== null) {
    const ids = new Map<number, string>();
    return (text, { run, first }) => {
      if (first) ids.set(run, crypto.randomUUID());
      const sent = broadcast(first ? "display_data" : "update_display_data", {
        data: { "text/plain": text },
        // By this a post knows it, and leaves it out.
        metadata: { progress: true },
        transient: { display_id: ids.get(run) },
      });
      // Not awaited: requests are being timed meanwhile. A line that is lost is no harm.
      Promise.resolve(sent).catch(() => {});
    };
  }
  if (!Deno.stderr.isTerminal()) return null;
  const encoder = new TextEncoder();
  return (text, { last }) => {
    const { columns } = Deno.consoleSize();
    const fitting = [...text].slice(0, columns - 1).join("");
    Deno.stderr.writeSync(encoder.encode(`\r\x1b[K${fitting}${last ? "\n" : ""}`));
  };
}
