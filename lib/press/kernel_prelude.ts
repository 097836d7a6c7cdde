/** Code the runner runs in a kernel before the notebook's, silently, so that nothing fails unseen. */
import { displayId } from "./outputs.ts";
import type { Message } from "./messages.ts";
import type { ErrorOutput, JsonObject } from "./notebook.ts";

const UNCAUGHT = `uncaught-${crypto.randomUUID()}`;

/**
 * The Deno kernel shows nothing for an unhandled rejection, hangs on an exception thrown by a
 * timer, and answers `prompt` with null when nobody can type. This makes all of them errors.
 */
export const prelude = `{
  const report = (kind, error) => {
    const known = error instanceof Error;
    const stack = known && error.stack ? error.stack : String(error);
    Deno.jupyter.broadcast("display_data", {
      data: {
        "application/json": {
          ename: known ? error.name : typeof error,
          evalue: known ? error.message : String(error),
          traceback: (kind + " " + stack).split("\\n"),
        },
      },
      metadata: {},
      transient: { display_id: ${JSON.stringify(UNCAUGHT)} },
    });
  };
  addEventListener("unhandledrejection", (event) => {
    event.preventDefault();
    report("Uncaught (in promise)", event.reason);
  });
  addEventListener("error", (event) => {
    event.preventDefault();
    report("Uncaught", event.error);
  });
  for (const name of ["prompt", "confirm"]) {
    globalThis[name] = () => {
      const error = new Error(name + "() asks for standard input, and nobody is there to type");
      error.name = "NoStandardInput";
      throw error;
    };
  }
}`;

/** The error in a report of the prelude, undefined for any other message. */
export function uncaughtError(message: Message): ErrorOutput | undefined {
  if (displayId(message.content) !== UNCAUGHT) return undefined;
  const data = message.content.data as JsonObject;
  const { ename, evalue, traceback } = data["application/json"] as JsonObject;
  return {
    output_type: "error",
    ename: String(ename),
    evalue: String(evalue),
    traceback: traceback as string[],
  };
}
