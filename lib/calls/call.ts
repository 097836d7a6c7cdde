import { maskedUrl } from "../ground/secrets.ts";

/** What became of it: "open" where the end was not seen, "aborted" where whoever asked gave it up. */
export type State = "done" | "failed" | "aborted" | "open";

/**
 * One HTTP request of code that knows nothing of the lab, seen while it ran or read out of a file.
 * Times in ms; NaN for what is not known.
 */
export interface Call {
  /** Method and address, values of its query masked: "GET api.example.com/items?page=***". */
  readonly name: string;
  /** Since the watch began, or since the first call. */
  readonly start: number;
  /** Until its body had been read, or it failed or was given up. */
  readonly latency: number;
  /** Of its latency, until the head of the answer was there. */
  readonly answered: number;
  /** Of its latency, how long it waited for its turn, before there was a connection for it. */
  readonly blocked: number;
  /** Of its latency, how long its connection took to open: the name, TCP, TLS. */
  readonly handshake: number;
  /** 0 where no answer came. */
  readonly status: number;
  readonly bytes: number;
  readonly state: State;
  /** Which connection it went by, from 0, in the order first used. */
  readonly connection: number;
}

/** What a call is called; of a method or an address as long as a book, the beginning. */
export function callName(method: string, url: string): string {
  const address = maskedUrl(url).replace(/^https?:\/\//i, "");
  return `${method.slice(0, 20)} ${address.length <= 200 ? address : `${address.slice(0, 199)}…`}`;
}

/** How many calls were in flight. */
export interface InFlight {
  readonly peak: number;
  /** On average, over the time in which there was at least one. */
  readonly mean: number;
  /** From the first start to the last end, ms. */
  readonly span: number;
}

/** Counts what was in flight, of calls whose start and end are known; an end goes before a start. */
export function inFlightOf(calls: readonly Pick<Call, "start" | "latency">[]): InFlight {
  const known = calls.filter(({ start, latency }) => Number.isFinite(start + latency));
  const changes = known.flatMap(({ start, latency }) => [
    { at: start, by: 1 },
    { at: start + latency, by: -1 },
  ]).sort((a, b) => a.at - b.at || a.by - b.by);
  let now = 0, peak = 0, busy = 0, total = 0;
  changes.forEach(({ at, by }, i) => {
    const passed = at - (changes[i - 1]?.at ?? at);
    total += now * passed;
    if (now > 0) busy += passed;
    now += by;
    // One that took no time ends before it starts, and was in flight all the same.
    peak = Math.max(peak, now, 1);
  });
  if (changes.length === 0) return { peak: NaN, mean: NaN, span: NaN };
  return { peak, mean: busy > 0 ? total / busy : 1, span: changes.at(-1)!.at - changes[0].at };
}
