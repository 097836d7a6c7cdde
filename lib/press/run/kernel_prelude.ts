/** Code of the runner's own in a kernel: it makes nothing fail unseen. */
import type { Message } from "../kernel/messages.ts";
import type { ErrorOutput, JsonObject } from "../notebook/notebook.ts";
import { displayId, errorOf } from "../kernel/outputs.ts";
import code from "./prelude.js" with { type: "text" };

const UNCAUGHT = `uncaught-${crypto.randomUUID()}`;
const ENDED = `ended-${crypto.randomUUID()}`;

/**
 * To be run silently before the notebook's cells. The Deno kernel shows nothing for an unhandled
 * rejection, hangs on an exception thrown by a timer, and answers `prompt` with null when nobody
 * can type; this makes all of them errors. What is written to `Deno.stdout` and `Deno.stderr`, which
 * the kernel keeps to itself, is published. What it reads is noted (kernel_process.ts), not what
 * programs read that it starts: each of them would begin the same file anew.
 *
 * After the result of a cell that did not fail, a display says that it has ended: that spares the
 * cell a fence, half the time a small one takes. The reply to this is an error where the kernel has
 * nothing to hang that on.
 */
export const prelude = code.replace('"UNCAUGHT"', `"${UNCAUGHT}"`).replace('"ENDED"', `"${ENDED}"`);

/** Whether a message says that a cell has ended, and all it published was heard before. */
export function hasEnded({ content }: Message): boolean {
  return displayId(content) === ENDED;
}

/** The error in a report of the prelude, undefined for any other message. */
export function uncaughtError(message: Message): ErrorOutput | undefined {
  if (displayId(message.content) !== UNCAUGHT) return undefined;
  return errorOf((message.content.data as JsonObject)["application/json"] as JsonObject);
}
