import { existsSync } from "node:fs";
import { readRecording, type RecordingFile } from "../origin/recording_file.ts";
import { attempt } from "../ground/attempt.ts";
import { isThisMachine } from "../ground/this_machine.ts";
import { notebook, untilInterrupted } from "../show/kernel.ts";
import { type Plan, type RecordOptions, resolveRecord } from "./options.ts";
import { inTurn } from "./pace.ts";
import { openRecording, type Recording } from "./recording.ts";
import { runSession } from "./session.ts";

export type { RecordOptions } from "./options.ts";
export type { Recording } from "./recording.ts";

/**
 * Measures what a host answers to a few requests, once, and keeps it in a file that an origin
 * replays. It asks one request at a time, with a pause between, each a few times, and waits when the
 * host says so; set-up of connections is measured apart. Where there is such a recording already it is
 * opened, and nobody is asked.
 *
 * ```ts
 * const recording = await record({
 *   url: "https://api.example.com/items/{id}",
 *   ids: [1, 2, 3],
 *   headers: { Authorization: "Bearer $API_TOKEN" },
 *   agreed: ["api.example.com"],
 * });
 * await using origin = await startOrigin({ replay: recording });
 * ```
 *
 * Times, sizes and statuses are kept, documents only with `documents: true`. No header, no body, no
 * value of a variable is: what the requests hold that is known to be a secret is masked in whatever
 * is kept, shown or thrown.
 *
 * @throws {TypeError | RangeError} naming an option that is wrong
 * @throws {Error} where nobody agreed to ask a host, where it cannot be reached, and when interrupted
 */
export async function record(options: RecordOptions): Promise<Recording> {
  const plan = resolveRecord(options);
  const before = plan.again || !existsSync(plan.file) ? null : readRecording(plan.file);
  if (before) checkSame(plan, before);
  if (!before?.complete) {
    const [{ url }] = plan.asks.list;
    askLeave(url, plan);
    using until = untilInterrupted(plan.signal);
    // Which pages there were is known only from the documents.
    const going = plan.next === undefined ? before : null;
    await inTurn(url.origin, () => runSession(plan, going, until.signal));
  }
  const recording = openRecording(plan.file);
  for (const note of recording.notes) console.info(note);
  return recording;
}

/** Refuses to take one recording for another. */
function checkSame({ asks, file, next }: Plan, { requests, host }: RecordingFile): void {
  const recorded = new Set(requests.map(({ method, path }) => `${method} ${path}`));
  const same = host === asks.list[0].url.origin &&
    asks.list.every(({ method, path }) => recorded.has(`${method} ${path}`)) &&
    (next !== undefined || recorded.size === asks.list.length);
  if (!same) {
    throw new Error(
      `record: ${file} holds other requests than these: give this recording a name of its own, or ` +
        "again: true to record over it",
    );
  }
}

/**
 * Asks whether a host that is not this machine may be asked: it is `agreed` to, or somebody says yes.
 * @throws {Error} that says what to write, where nobody agreed
 */
function askLeave(url: URL, { agreed, many, pause }: Plan): void {
  if (isThisMachine(url) || agreed.includes(url.host) || agreed.includes(url.hostname)) return;
  const seconds = Math.round(pause / 100) / 10;
  const load = `${many} requests, one at a time, ${seconds} s apart`;
  const somebody = notebook() !== null || Deno.stdin.isTerminal();
  const question = `Send ${load}, to ${url.host}? Its terms of use must allow it.`;
  // A notebook that runs on its own has nobody to ask.
  if (somebody && attempt(() => confirm(question))) return;
  throw new Error(
    `record: nobody has agreed to ask ${url.host}, which is not this machine. ` +
      `Where its terms of use allow ${load}, write agreed: ["${url.host}"]`,
  );
}
