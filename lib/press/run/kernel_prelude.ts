/** Code of the runner's own in a kernel: it makes nothing fail unseen, and marks where cells begin. */
import type { Message } from "../kernel/messages.ts";
import type { ErrorOutput, JsonObject } from "../notebook/notebook.ts";
import { displayId } from "../kernel/outputs.ts";

const OWN = crypto.randomUUID();
const UNCAUGHT = `uncaught-${OWN}`;
const BEGIN = `begin-${OWN}-`;
const NOT_BEGUN = `NotBegun-${OWN}`;
const BEGIN_FUNCTION = `globalThis[Symbol.for("begin-${OWN}")]`;

/**
 * To be run silently before the notebook's cells. The Deno kernel shows nothing for an unhandled
 * rejection, hangs on an exception thrown by a timer, and answers `prompt` with null when nobody
 * can type; this makes all of them errors. It also defines what `withBeginning` calls.
 */
export const prelude = `{
  let uncaught = 0;
  const broadcast = (display_id, data) =>
    Deno.jupyter.broadcast("display_data", { data, metadata: {}, transient: { display_id } });
  const report = (kind, error) => {
    uncaught++;
    const known = error instanceof Error;
    const stack = known && error.stack ? error.stack : String(error);
    broadcast(${JSON.stringify(UNCAUGHT)}, {
      "application/json": {
        ename: known ? error.name : typeof error,
        evalue: known ? error.message : String(error),
        traceback: (kind + " " + stack).split("\\n"),
      },
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
  ${BEGIN_FUNCTION} = async (marker, tolerant) => {
    await broadcast(marker, {});
    const stop = uncaught > 0 && !tolerant;
    uncaught = 0;
    if (stop) throw Object.assign(new Error(), { name: ${JSON.stringify(NOT_BEGUN)} });
  };
}`;

/**
 * The source of a cell that first says that it begins, in a display with the id `marker`: all that
 * is published before belongs to the cells before it. That spares them a fence of their own, half the
 * time a small cell takes. It does not begin after an uncaught error, unless `tolerant`.
 */
export function withBeginning(source: string, tolerant: boolean): { code: string; marker: string } {
  const marker = BEGIN + crypto.randomUUID();
  return { code: `await ${BEGIN_FUNCTION}("${marker}", ${tolerant});${source}`, marker };
}

/** Whether a reply is that of a cell which did not begin, because of an uncaught error. */
export function notBegun(reply: JsonObject): boolean {
  return reply.ename === NOT_BEGUN;
}

/** How many lines the beginning takes in a cell as the kernel prints it before it runs. */
export const LINES_OF_BEGINNING = 1;

/** The lines of a traceback as they count without what `withBeginning` adds. */
export function withoutBeginning(traceback: readonly string[]): string[] {
  const counted = (line: string) => Math.max(1, Number(line) - LINES_OF_BEGINNING);
  return traceback.map((frame) =>
    frame.replace(/<anonymous>:(\d+):/g, (_, line) => `<anonymous>:${counted(line)}:`)
  );
}

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
