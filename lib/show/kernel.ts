/** One thing in all the forms that a place of reading may know, by MIME type. */
export interface Bundle {
  readonly data: Record<string, unknown>;
  readonly metadata: Record<string, unknown>;
}

/** What is sent to a notebook's front end. */
export interface Message extends Bundle {
  readonly transient: { readonly display_id?: string };
}

/** Sends a message of a kind: it is published in the order called, by and by. */
export type Broadcast = (
  kind: "display_data" | "update_display_data",
  message: Message,
) => unknown;

/** The notebook this runs in, or null where it runs in none. */
export function notebook(): Broadcast | null {
  try {
    // Outside the kernel the very property throws.
    const { broadcast } = Deno.jupyter as unknown as { broadcast: Broadcast };
    return broadcast;
  } catch {
    return null;
  }
}

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

/**
 * In a notebook, says what was rejected and handled by nobody: the kernel says nothing of it, where a
 * program would end. A loop that awaits its promises one after the other leaves such behind, when one
 * fails while it still waits for another.
 */
export function sayRejections(): void {
  if (notebook() === null) return;
  globalThis.addEventListener("unhandledrejection", (event) => {
    queueMicrotask(() => {
      if (event.defaultPrevented) return; // somebody has handled it after all
      const { reason } = event;
      const what = reason instanceof Error ? `${reason.name}: ${reason.message}` : inspect(reason);
      console.error(`A promise was rejected, and nobody was listening: ${what}`);
    });
  });
}

const inspect = (value: unknown) => Deno.inspect(value, { depth: 1 });
