import { count } from "../ground/words.ts";
import { sweepPartials } from "../ground/whole_file.ts";
import type { RecordingFile } from "../origin/recording_file.ts";
import { Asking, departing, Enough, type Outcome } from "./asking.ts";
import type { Ask } from "./asks.ts";
import type { Opened } from "./connector.ts";
import { Kept } from "./kept.ts";
import { Line, textOf } from "./line.ts";
import type { Plan } from "./options.ts";

/** Ms since the epoch, by a clock that is never set back and tells requests apart. */
const now = () => performance.timeOrigin + performance.now();

/** One recording under way: each request once a pass, one at a time. */
export class Session {
  readonly #plan: Plan;
  readonly #signal: AbortSignal;
  readonly #asking: Asking;
  readonly #kept: Kept;

  /** @param before what there is of it already, to be gone on with */
  constructor(plan: Plan, before: RecordingFile | null, signal: AbortSignal) {
    this.#plan = plan;
    this.#signal = signal;
    this.#asking = new Asking(plan, signal);
    this.#kept = new Kept(plan, before, this.#asking.notes, now());
  }

  /**
   * Records, and writes the file.
   * @throws {Error} where nothing could be recorded, or it was interrupted
   */
  async run(): Promise<void> {
    const { asks: { list, secrets }, documents, file, times } = this.#plan;
    // A variable that is not set is found before anything is sent.
    for (const ask of list) departing(ask, secrets, documents);
    sweepPartials(file);
    let complete = false;
    try {
      await this.#warmUp();
      for (let pass = 1; pass <= times; pass++) await this.#pass(pass);
      complete = true;
    } catch (error) {
      const { answers } = this.#kept;
      const done = count(answers, "answer");
      if (this.#signal.aborted) {
        if (answers > 0) this.#kept.write(false);
        const kept = answers > 0 ? `, which ${file} keeps: record again to go on` : "";
        throw new Error(`record: interrupted after ${done}${kept}`);
      }
      if (!(error instanceof Enough)) throw error;
      if (answers === 0) throw new Error(`record: ${error.message}: nothing was recorded`);
      const how = `Not complete, with ${done}: ${error.message}. Record again to go on.`;
      this.#asking.notes.add(how);
    }
    this.#kept.write(complete);
  }

  /** The first request once, on a connection of its own: code that runs for the first time is slow. */
  async #warmUp(): Promise<void> {
    const line = this.#line(() => {});
    const [ask] = this.#plan.asks.list;
    try {
      const { status } = await this.#asking.ask(line, ask, false);
      if (status === 401 || status === 407) {
        throw new Error(
          `record: ${ask.method} ${ask.url.origin}${ask.path} was answered with ${status}: it wants to ` +
            'know who asks. headers: { Authorization: "Bearer $API_TOKEN" } sends a token from the ' +
            "environment, and stores its variable's name alone",
        );
      }
    } finally {
      await line.hangUp();
    }
  }

  /** Everything once, on a connection of its own. */
  async #pass(pass: number): Promise<void> {
    const { asks, times, progress, next, documents } = this.#plan;
    const line = this.#line((opened) => this.#kept.opened(opened));
    try {
      // The list grows as pages lead to others.
      for (let i = 0; i < asks.list.length; i++) {
        // Each begins elsewhere: the first on a connection may be slower than the rest.
        const from = Math.floor((pass - 1) * asks.list.length / times);
        const ask = asks.list[(from + i) % asks.list.length];
        progress((pass - 1) * asks.list.length + i, times * asks.list.length, "recording");
        if (this.#kept.has(ask, pass)) continue;
        const pages = pass === 1 && next !== undefined;
        const at = Math.max(0, now() - Date.parse(this.#kept.begun));
        const reply = await this.#asking.ask(line, ask, documents || pages);
        this.#kept.add(ask, pass, at, reply);
        if (pages) this.#follow(ask, reply);
      }
      progress(pass * asks.list.length, times * asks.list.length, "recording");
    } finally {
      await line.hangUp();
    }
  }

  /** Adds the page that one leads to. */
  #follow(ask: Ask, reply: Outcome): void {
    const { asks, next, pages } = this.#plan;
    if (reply.status < 200 || reply.status > 299) return;
    let document;
    try {
      document = JSON.parse(textOf(reply) ?? "");
    } catch {
      throw new Error(`record: the page ${ask.path} is not JSON, so next cannot read it`);
    }
    const found = next!(document as never);
    if (!found || asks.list.length >= pages) return;
    const headers = Object.fromEntries(ask.headers);
    asks.add({ url: new URL(String(found), ask.url).href, headers }, "next");
  }

  #line(onOpen: (opened: Opened) => void): Line {
    const { asks, certificates, deadline } = this.#plan;
    return new Line(asks.list[0].url.origin, certificates, deadline, onOpen);
  }
}
