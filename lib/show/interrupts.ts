/**
 * What can be broken off while the notebook waits for it. The lab's kernel finds it by this name when
 * somebody presses Interrupt: see the press's relay. Deno's own kernel could not go on after that.
 */
const underWay: Set<AbortController> =
  (globalThis as { [name: symbol]: Set<AbortController> })[Symbol.for("lab.underWay")] ??=
    new Set();

/** A signal that aborts as the one given does, and when somebody interrupts a notebook. */
export function untilInterrupted(
  signal: AbortSignal,
): Disposable & { readonly signal: AbortSignal } {
  const controller = new AbortController();
  underWay.add(controller);
  return {
    signal: AbortSignal.any([signal, controller.signal]),
    [Symbol.dispose]: () => void underWay.delete(controller),
  };
}
