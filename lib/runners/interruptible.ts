/**
 * Does work that holds the thread, so that it can be broken off. A kernel's interrupt ends whatever
 * runs without a `catch` or `finally`, and the promise of an async function that it ends never
 * settles. Here the work is a microtask of its own, and a timer that was set before it, and that it
 * would have cleared, says that it was broken off: the caller then cleans up as after any error.
 *
 * (After a timer, because an interrupt in a timer's callback, or in some others, stops timers too.)
 *
 * @throws {Error} where it was interrupted, and whatever the work throws
 */
export async function interruptible<T>(work: () => T): Promise<T> {
  await new Promise((resolve) => setTimeout(resolve, 0));
  return await new Promise<T>((resolve, reject) => {
    queueMicrotask(() => {
      const brokenOff = setTimeout(() => reject(new Error("interrupted while it blocked")), 0);
      try {
        resolve(work());
      } catch (error) {
        reject(error);
      } finally {
        clearTimeout(brokenOff);
      }
    });
  });
}
