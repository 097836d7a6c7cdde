import { bundle, terminalText } from "./bundle.ts";
import { type Broadcast, notebook, sayRejections } from "./kernel.ts";
import { collected } from "./table.ts";
import { resolveWords, type ShowOptions, type Words } from "./words.ts";

sayRejections();

/**
 * Shows a chart (any Vega-Lite spec), a frame, a series or an array of records (as a table with shape, types
 * and units), Markdown, or anything else as text. In a notebook it resolves when the front end has
 * it, so it should end its cell; elsewhere it prints.
 *
 * ```ts
 * await show(charts.times(results.trials));
 * await show(results.summary, { columns: { variant: "variant", time_ms: "time", ideal_ms: "ideal" } });
 * ```
 *
 * @throws {TypeError} for an option of another type and one it does not know, and for a chart that
 * Vega-Lite cannot draw
 * @throws {RangeError} for a column that the table does not have
 */
export async function show(value: unknown, options: ShowOptions = {}): Promise<void> {
  const words = resolveWords(options);
  const given = await value as { [SHOW](options: ShowOptions): Promise<void> };
  if (typeof Object(given)[SHOW] === "function") return await given[SHOW](options);
  const broadcast = notebook();
  const thing = collected(given);
  if (broadcast === null) console.log(terminalText(thing, words));
  else await display(thing, words, broadcast);
}

/** What has a method of this name shows itself by it: what is made of several things. */
export const SHOW: unique symbol = Symbol("show");

/**
 * Sends a thing in all its forms and waits until it has left the kernel. That publishes it after the
 * call, in another thread, which takes up to three times as long again; and a front end may stop
 * listening when the cell has ended. A late tick counts as one: the kernel may have stood still too.
 */
export async function display(value: unknown, words: Words, broadcast: Broadcast): Promise<void> {
  const message = { ...await bundle(value, words), transient: {} };
  let from = performance.now();
  await broadcast("display_data", message);
  for (let left = 10 + 4 * Math.min(performance.now() - from, 100); left > 0;) {
    await new Promise((tick) => setTimeout(tick, 2));
    left -= Math.min(performance.now() - from, 3);
    from = performance.now();
  }
}
