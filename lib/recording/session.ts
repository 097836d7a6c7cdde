import { attempt } from "../ground/attempt.ts";
import { count } from "../ground/words.ts";
import { sweepPartials } from "../ground/whole_file.ts";
import type { RecordingFile } from "../origin/recording_file.ts";
import { departing, Enough, type Outcome, politely } from "./asking.ts";
import type { Ask } from "./asks.ts";
import { keep } from "./kept.ts";
import { type Line, type Opened, openLine, textOf } from "./line.ts";
import { refuse } from "../ground/options.ts";
import type { Plan } from "./options.ts";

/** Ms since the epoch, by a clock that is never set back and tells requests apart. */
const now = () => performance.timeOrigin + performance.now();

/**
 * Records: each request once a pass, one at a time; and writes the file.
 *
 * @param before what there is of it already, to be gone on with
 * @throws {Error} where nothing could be recorded, or it was interrupted
 */
export async function runSession(
  plan: Plan,
  before: RecordingFile | null,
  signal: AbortSignal,
): Promise<void> {
  const { asks, times, progress, next, pages, documents, file } = plan;
  const { list, secrets } = asks;
  const notes = new Set(plan.notes);
  const ask = politely(plan, notes, signal);
  const kept = keep(plan, before, notes, now());
  // A variable that is not set is found before anything is sent.
  for (const one of list) departing(one, secrets, documents);
  sweepPartials(file);
  let complete = false;
  try {
    await warmUp();
    for (let pass = 1; pass <= times; pass++) await onePass(pass);
    complete = true;
  } catch (error) {
    const answers = kept.answers();
    const done = count(answers, "answer");
    if (signal.aborted) {
      if (answers > 0) kept.write(false);
      const what = answers > 0 ? `, which ${file} keeps: record again to go on` : "";
      throw new Error(`record: interrupted after ${done}${what}`);
    }
    if (!(error instanceof Enough)) throw error;
    if (answers === 0) throw new Error(`record: ${error.message}: nothing was recorded`);
    notes.add(`Not complete, with ${done}: ${error.message}. Record again to go on.`);
  }
  kept.write(complete);

  function open(onOpen: (opened: Opened) => void): Line {
    return openLine(list[0].url.origin, plan.certificates, plan.deadline, onOpen);
  }

  /** The first request once, on a connection of its own: code that runs for the first time is slow. */
  async function warmUp(): Promise<void> {
    await using line = open(() => {});
    const [first] = list;
    const { status } = await ask(line, first, false);
    if (status !== 401 && status !== 407) return;
    throw new Error(
      `record: ${first.method} ${first.url.origin}${first.path} was answered with ${status}: it wants to ` +
        'know who asks. headers: { Authorization: "Bearer $API_TOKEN" } sends a token from the ' +
        "environment, and stores its variable's name alone",
    );
  }

  /** Everything once, on a connection of its own. */
  async function onePass(pass: number): Promise<void> {
    await using line = open((opened) => kept.opened(opened));
    // The list grows as pages lead to others.
    for (let i = 0; i < list.length; i++) {
      // Each begins elsewhere: the first on a connection may be slower than the rest.
      const from = Math.floor((pass - 1) * list.length / times);
      const one = list[(from + i) % list.length];
      progress((pass - 1) * list.length + i, times * list.length, "recording");
      if (kept.has(one, pass)) continue;
      const leads = pass === 1 && next !== undefined;
      const at = Math.max(0, now() - Date.parse(kept.begun));
      const reply = await ask(line, one, documents || leads);
      // First, so that a secret in the next page's address is known in this page's document.
      if (leads) follow(one, reply);
      kept.add(one, pass, at, reply);
    }
    progress(pass * list.length, times * list.length, "recording");
  }

  /** Adds the page that one leads to. */
  function follow({ url, path, headers }: Ask, reply: Outcome): void {
    if (reply.status < 200 || reply.status > 299) return;
    const document = attempt(() => JSON.parse(textOf(reply) ?? ""));
    if (document === undefined) {
      throw new Error(`record: the page ${path} is not JSON, so next cannot read it`);
    }
    const found = next!(document as never);
    if (!found || list.length >= pages) return;
    if (typeof found !== "string") {
      refuse(
        "record",
        "next",
        "a function that gives the text of a URL, or null",
        found,
        TypeError,
      );
    }
    const address = URL.parse(found, url)?.href ?? found;
    asks.add({ url: address, headers: Object.fromEntries(headers) }, "next");
  }
}
