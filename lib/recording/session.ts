import { sweepPartials } from "../ground/whole_file.ts";
import { count } from "../ground/words.ts";
import {
  FORMAT,
  type RecordedAnswer,
  type RecordedRequest,
  type RecordingFile,
  VERSION,
  writeRecording,
} from "../origin/recording_file.ts";
import type { Ask } from "./asks.ts";
import { textOf } from "./content.ts";
import { Asking, Enough, type Outcome } from "./asking.ts";
import type { Opened } from "./connector.ts";
import { departing } from "./departing.ts";
import { Line } from "./line.ts";
import type { Plan } from "./options.ts";

/** What is written while it goes on is at most so old, ms. */
const FRESH = 2_000;

/** Ms since the epoch, by a clock that is never set back and tells requests apart. */
const now = () => performance.timeOrigin + performance.now();

/** One recording under way: asks, one request at a time, and keeps what was answered. */
export class Session {
  readonly #plan: Plan;
  readonly #signal: AbortSignal;
  readonly #host: string;
  readonly #recorded = new Map<string, RecordedRequest>();
  readonly #begun: string;
  readonly #asking: Asking;
  readonly #handshakes: RecordingFile["handshakes"][number][];
  #protocol = "HTTP/1.1";
  #written = performance.now();

  /** @param before what there is of it already, to be gone on with */
  constructor(plan: Plan, before: RecordingFile | null, signal: AbortSignal) {
    this.#plan = plan;
    this.#signal = signal;
    this.#host = plan.asks.list[0].url.origin;
    this.#begun = before?.recorded ?? new Date(now()).toISOString();
    this.#handshakes = [...before?.handshakes ?? []];
    this.#asking = new Asking(plan, signal);
    for (const request of before?.requests ?? []) {
      const answers = request.answers.filter(({ status }) => status > 0);
      this.#recorded.set(request.path, { ...request, answers });
    }
  }

  /**
   * Records, and writes the file.
   * @throws {Error} where nothing could be recorded, or it was interrupted
   */
  async run(): Promise<void> {
    let complete = false;
    sweepPartials(this.#plan.file);
    const { list, secrets } = this.#plan.asks;
    // A variable that is not set is found before anything is sent.
    for (const ask of list) departing(ask, secrets, this.#plan.documents);
    try {
      await this.#warmUp();
      for (let pass = 1; pass <= this.#plan.times; pass++) await this.#pass(pass);
      complete = true;
    } catch (error) {
      if (!(error instanceof Enough) && !this.#signal.aborted) throw error;
      const done = count(this.#answers, "answer");
      if (!(error instanceof Enough)) {
        if (this.#answers > 0) this.#write(false);
        throw new Error(
          `record: interrupted after ${done}` +
            (this.#answers > 0 ? `, which ${this.#plan.file} keeps: record again to go on` : ""),
        );
      }
      if (this.#answers === 0) throw new Error(`record: ${error.message}: nothing was recorded`);
      this.#asking.notes.add(
        `Not complete, with ${done}: ${error.message}. Record again to go on.`,
      );
    }
    this.#write(complete);
  }

  get #answers(): number {
    return [...this.#recorded.values()].reduce((sum, { answers }) => sum + answers.length, 0);
  }

  /** The first request once, on a connection of its own: code that runs for the first time is slow. */
  async #warmUp(): Promise<void> {
    const line = this.#line(() => {});
    const [ask] = this.#plan.asks.list;
    try {
      const { status } = await this.#asking.ask(line, ask, false);
      if (status === 401 || status === 407) {
        throw new Error(
          `record: ${ask.method} ${this.#host}${ask.path} was answered with ${status}: it wants to ` +
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
    const line = this.#line(({ protocol, ...handshake }) => {
      this.#protocol = protocol;
      this.#handshakes.push(handshake);
    });
    try {
      // The list grows as pages lead to others.
      for (let i = 0; i < asks.list.length; i++) {
        // Each begins elsewhere: the first on a connection may be slower than the rest.
        const from = Math.floor((pass - 1) * asks.list.length / times);
        const ask = asks.list[(from + i) % asks.list.length];
        progress((pass - 1) * asks.list.length + i, times * asks.list.length, "recording");
        const had = this.#recorded.get(ask.path)?.answers ?? [];
        if (had.some((answer) => answer.pass === pass)) continue;
        const pages = pass === 1 && next !== undefined;
        const at = Math.max(0, now() - Date.parse(this.#begun));
        const reply = await this.#asking.ask(line, ask, documents || pages);
        const connection = this.#handshakes.length;
        this.#keep(ask, { pass, at, connection }, reply);
        if (pages) this.#follow(ask, reply);
      }
      progress(pass * asks.list.length, times * asks.list.length, "recording");
    } finally {
      await line.hangUp();
    }
  }

  #keep(ask: Ask, at: Pick<RecordedAnswer, "pass" | "at" | "connection">, reply: Outcome) {
    const { status, bytes, firstByte, body, error, headers, redirects } = reply;
    const { documents, asks: { secrets } } = this.#plan;
    const had = this.#recorded.get(ask.path);
    const answer: RecordedAnswer = { ...at, status, bytes, firstByte, body, error };
    const good = documents && status >= 200 && status < 300;
    const text = good ? textOf(reply) : null;
    const type = (headers["content-type"] ?? "").slice(0, 200);
    this.#recorded.set(ask.path, {
      path: ask.path,
      method: ask.method,
      type: status > 0 ? type : had?.type ?? "",
      redirects,
      document: text === null ? had?.document ?? null : secrets.maskKnown(text),
      answers: [...had?.answers ?? [], answer],
    });
    if (performance.now() - this.#written > FRESH) this.#write(false);
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
    const { certificates, deadline } = this.#plan;
    return new Line(this.#host, certificates, deadline, onOpen);
  }

  #write(complete: boolean): void {
    const { asks } = this.#plan;
    const empty = { type: "", redirects: 0, document: null, answers: [] };
    const http2 = this.#protocol === "HTTP/2" ? [HTTP2] : [];
    writeRecording(this.#plan.file, {
      format: FORMAT,
      version: VERSION,
      host: this.#host,
      recorded: this.#begun,
      protocol: this.#protocol,
      complete,
      notes: [...this.#asking.notes, ...http2],
      handshakes: this.#handshakes,
      requests: asks.list.map((ask) =>
        this.#recorded.get(ask.path) ?? { path: ask.path, method: ask.method, ...empty }
      ),
    });
    this.#written = performance.now();
  }
}

const HTTP2 =
  "The host speaks HTTP/2, which carries many requests at once on one connection: there " +
  '"kept" means one socket for all of them, and "new" is rarely what a client does. The replay ' +
  "speaks HTTP/1.1, one request at a time on a connection.";
