import { notebook } from "./kernel.ts";

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
