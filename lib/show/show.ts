import { resolve, STRING } from "../ground/options.ts";
import { bundle, terminalText, type Words } from "./bundle.ts";
import { type Broadcast, notebook } from "./kernel.ts";

/** What {@link show} can be told. */
export interface ShowOptions {
  /** A sentence that goes with it; `conclude()` makes such. */
  readonly caption?: string;
  /** What only some want to read, such as `environmentLine(results)`: folded away under a table. */
  readonly details?: string;
}

/**
 * Shows a chart (any Vega-Lite spec), a frame or an array of records (as a table with shape, types
 * and units), Markdown, or anything else as text. In a notebook it resolves when the front end has
 * it, so it should end its cell; elsewhere it prints.
 *
 * @throws {TypeError} for a caption that is no text and an option it does not know, and what
 * Vega-Lite throws on a broken spec.
 */
export async function show(value: unknown, options: ShowOptions = {}): Promise<void> {
  const words = resolve("show", options, { caption: STRING.or(null), details: STRING.or(null) });
  const broadcast = notebook();
  if (broadcast === null) console.log(terminalText(await value, words));
  else await display(await value, words, broadcast);
}

/** Sends a thing in all its forms and waits until it has left the kernel. */
export async function display(
  value: unknown,
  words: Words,
  broadcast: Broadcast,
): Promise<void> {
  await broadcast("display_data", { ...await bundle(value, words), transient: {} });
  // The kernel publishes it after the call; a front end may stop listening when the cell has ended.
  await new Promise((settled) => setTimeout(settled, 10));
}
