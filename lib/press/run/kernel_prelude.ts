/** Code of the runner's own in a kernel: it makes nothing fail unseen. */
import type { Message } from "../kernel/messages.ts";
import type { ErrorOutput, JsonObject } from "../notebook/notebook.ts";
import { displayId, errorOf } from "../kernel/outputs.ts";

const UNCAUGHT = `uncaught-${crypto.randomUUID()}`;
const ENDED = `ended-${crypto.randomUUID()}`;

/**
 * To be run silently before the notebook's cells. The Deno kernel shows nothing for an unhandled
 * rejection, hangs on an exception thrown by a timer, and answers `prompt` with null when nobody
 * can type; this makes all of them errors. What is written to `Deno.stdout` and `Deno.stderr`, which
 * the kernel keeps to itself, is published. What it reads is noted (accesses.ts), not what
 * programs read that it starts: each of them would begin the same file anew.
 *
 * After the result of a cell that did not fail, a display says that it has ended: that spares the
 * cell a fence, half the time a small one takes. The reply to this is an error where the kernel has
 * nothing to hang that on.
 */
export const prelude = `{
  Deno.env.delete("DENO_AUDIT_PERMISSIONS");
  const transient = { display_id: "${UNCAUGHT}" };
  const report = (kind, error) => {
    const known = error instanceof Error;
    const stack = known && error.stack ? error.stack : String(error);
    const told = {
      ename: known ? error.name : typeof error,
      evalue: known ? error.message : String(error),
      traceback: (kind + " " + stack).split("\\n"),
    };
    const data = { "application/json": told };
    Deno.jupyter.broadcast("display_data", { data, metadata: {}, transient });
  };
  addEventListener("unhandledrejection", (event) => {
    event.preventDefault();
    report("Uncaught (in promise)", event.reason);
  });
  addEventListener("error", (event) => {
    event.preventDefault();
    report("Uncaught", event.error);
  });
  for (const name of ["stdout", "stderr"]) {
    const decoder = new TextDecoder();
    const writeSync = (bytes) => {
      const text = decoder.decode(bytes, { stream: true });
      Deno.jupyter.broadcast("stream", { name, text });
      return bytes.length;
    };
    const write = (bytes) => Promise.resolve(writeSync(bytes));
    const writable = new WritableStream({ write: writeSync });
    for (const [key, value] of Object.entries({ write, writeSync, writable })) {
      Object.defineProperty(Deno[name], key, { value });
    }
  }
  for (const name of ["prompt", "confirm"]) {
    globalThis[name] = () => {
      const error = new Error(name + "() asks for standard input, and nobody is there to type");
      error.name = "NoStandardInput";
      throw error;
    };
  }
  const { jupyter } = Deno[Deno.internal], { broadcastResult } = jupyter;
  if (typeof broadcastResult !== "function") throw new TypeError("no broadcastResult");
  const ended = { data: {}, metadata: {}, transient: { display_id: "${ENDED}" } };
  const { broadcast } = Deno.jupyter, { setImmediate } = globalThis;
  jupyter.broadcastResult = async (count, result) => {
    try {
      await broadcastResult.call(jupyter, count, result);
    } finally {
      // A rejection that nobody handles is told of at the loop's next turn.
      await new Promise((turn) => setImmediate(turn));
      await broadcast("display_data", ended);
    }
  };
}`;

/** Whether a message says that a cell has ended, and all it published was heard before. */
export function hasEnded({ content }: Message): boolean {
  return displayId(content) === ENDED;
}

/** The error in a report of the prelude, undefined for any other message. */
export function uncaughtError(message: Message): ErrorOutput | undefined {
  if (displayId(message.content) !== UNCAUGHT) return undefined;
  return errorOf((message.content.data as JsonObject)["application/json"] as JsonObject);
}
