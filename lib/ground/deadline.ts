/** The longest a timer can wait, ms; one that is to wait longer fires at once. */
export const LONGEST_TIMER = 2 ** 31 - 1;

/** Something that will happen and can be called off. */
export interface Deadline {
  cancel(): void;
}

/**
 * Calls back, not before it has returned, with the time at which `performance.now()` has reached
 * `due`: never earlier, though timers may fire a fraction of a millisecond early.
 */
export function at(due: number, then: (now: number) => void): Deadline {
  let timer: ReturnType<typeof setTimeout>;
  const arm = (now: number) => {
    timer = setTimeout(look, Math.min(Math.max(0, Math.ceil(due - now)), LONGEST_TIMER));
  };
  const look = () => {
    const now = performance.now();
    if (now >= due) then(now);
    else arm(now);
  };
  arm(performance.now());
  return { cancel: () => clearTimeout(timer) };
}

/** Resolves when `performance.now()` has reached `due`; rejects with the signal's reason if that aborts. */
export function until(due: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(signal.reason);
    const deadline = at(due, () => {
      signal.removeEventListener("abort", stop);
      resolve();
    });
    const stop = () => {
      deadline.cancel();
      reject(signal.reason);
    };
    signal.addEventListener("abort", stop, { once: true });
  });
}
