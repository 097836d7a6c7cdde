import { beats, leaveStage, pause, repeatedly } from "./stage.ts";

/** Looks at whether work goes on, so many ms apart, and how many in vain mean that it does not. */
const LOOKS = { ms: 150, vain: 10 };

/** Work was broken off by the kernel's interrupt. */
export class Interrupted extends Error {
  override readonly name = "Interrupted";
}

/**
 * What work on a stage comes to. A kernel's interrupt ends what runs, without a `catch` or `finally`,
 * and the promise that waits for it never settles: nothing goes on any more, and this rejects, so that
 * the cell ends and the notebook is as it was.
 *
 * @throws {Interrupted} where it was broken off, and whatever the work throws
 */
export async function unbroken<T>(work: () => Promise<T>): Promise<T> {
  const { promise: broken, reject } = Promise.withResolvers<never>();
  let [seen, vain] = [beats(), 0];
  const stop = repeatedly(LOOKS.ms, () => {
    [seen, vain] = [beats(), beats() === seen ? vain + 1 : 0];
    if (vain < LOOKS.vain) return;
    leaveStage();
    reject(new Interrupted("it was interrupted"));
  });
  try {
    // Later, when this function waits: an interrupt would end it with the work.
    return await Promise.race([pause(0).then(work), broken]);
  } finally {
    stop();
  }
}
