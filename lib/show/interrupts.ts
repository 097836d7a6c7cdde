import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { notebook } from "./kernel.ts";

/** What can be broken off while the notebook waits for it. */
const underWay = new Set<AbortController>();
let listening = false;

/**
 * A signal that aborts as the one given does, and when somebody presses Interrupt in a notebook of the
 * lab's kernel. Deno's own kernel could not go on after that: see the press's relay.
 */
export function untilInterrupted(
  signal: AbortSignal,
): Disposable & { readonly signal: AbortSignal } {
  const controller = new AbortController();
  underWay.add(controller);
  if (!listening) {
    listening = true;
    listen().catch(() => {}); // nobody stands there: an Interrupt is the kernel's own
  }
  return {
    signal: AbortSignal.any([signal, controller.signal]),
    [Symbol.dispose]: () => void underWay.delete(controller),
  };
}

async function listen(): Promise<void> {
  if (notebook() === null) return;
  const port = Number(Deno.env.get("LAB_INTERRUPTS"));
  if (!(port > 0)) return;
  const relay = await Deno.connect({ hostname: "127.0.0.1", port });
  const said = new Uint8Array(1);
  while (await relay.read(said) !== null) {
    const [nothing] = said;
    if (nothing) {
      console.error("Nothing that waits here can be interrupted. Restart the kernel to stop it.");
      continue;
    }
    const many = Math.min(underWay.size, 255);
    for (const controller of underWay) controller.abort(new Error("interrupted"));
    if (many === 0) collect();
    await relay.write(Uint8Array.of(many));
  }
}

/** A cell whose loop was broken off after an `await` ends when its promise is collected: now. */
function collect(): void {
  setFlagsFromString("--expose-gc");
  runInNewContext("gc")();
}
