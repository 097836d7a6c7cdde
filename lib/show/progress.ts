import { duration } from "../ground/words.ts";
import { notebook } from "./kernel.ts";

/** Where a line of progress is seen. `last` lines stay. */
type Line = (text: string, state: { label: string; first: boolean; last: boolean }) => void;

/** Says how far something is: after how many of how many, of what. */
export type Progress = (done: number, total: number, label?: string) => void;

/**
 * Says how far something is and how long it may still take: in a notebook as one display updated in
 * place, in a terminal as a bar on stderr, elsewhere not at all. Cheap and synchronous; what comes
 * faster than the eye follows is left out. At the end one short line stays.
 */
export const progress: Progress = (done, total, label = "") => {
  current ??= reporter(outlet(), () => performance.now());
  current(done, total, label);
};

let current: Progress | undefined;

/** Milliseconds between two updates. */
const PACE = 100;

/** A {@link Progress} that writes lines by the clock given. */
export function reporter(line: Line | null, now: () => number): Progress {
  if (line === null) return () => {};
  const running = new Map<string, { begun: number; from: number; done: number; seen: number }>();
  return (done, total, label = "") => {
    if (!(total > 0) || !(done >= 0)) return;
    const time = now();
    let run = running.get(label);
    // Fewer done than before: something of the same name began anew.
    const first = run === undefined || done < run.done;
    if (first) run = { begun: time, from: done, done, seen: -Infinity };
    running.set(label, run = { ...run!, done });
    const last = done >= total;
    if (!last && time - run.seen < PACE) return;
    running.set(label, { ...run, seen: time });
    if (last) running.delete(label);
    const name = label === "" ? "" : `${label}: `;
    const passed = time - run.begun;
    if (last) return line(`${name}${total} in ${duration(passed)}`, { label, first, last });
    const bar = "█".repeat(Math.round(20 * done / total)).padEnd(20, "░");
    line(`${name}${bar} ${done} of ${total}${timeLeft(passed, done - run.from, total - done)}`, {
      label,
      first,
      last,
    });
  };
}

/** ", about 12 s left", once there is something to judge by. */
function timeLeft(passed: number, did: number, left: number): string {
  if (did < 1 || passed < 500) return "";
  const seconds = Math.ceil(passed / did * left / 1000);
  return seconds < 120
    ? `, about ${seconds} s left`
    : `, about ${Math.round(seconds / 60)} min left`;
}

function outlet(): Line | null {
  const broadcast = notebook();
  if (broadcast !== null) {
    const ids = new Map<string, string>();
    return (text, { label, first }) => {
      if (first) ids.set(label, crypto.randomUUID());
      const sent = broadcast(first ? "display_data" : "update_display_data", {
        data: { "text/plain": text },
        // By this a post knows it, and leaves it out.
        metadata: { progress: true },
        transient: { display_id: ids.get(label) },
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
