import type { Document } from "../trial/strategy.ts";

/** What a strategy did with a pretended API. */
export interface Rehearsal {
  /** Requests it made. */
  readonly asked: number;
  /** Most requests under way at once. */
  readonly peak: number;
  /** Requests still under way when it came back. */
  readonly unanswered: number;
  /** Whether it came back with a promise. */
  readonly promised: boolean;
  readonly returned: unknown;
  /** What it threw or rejected with; `null` where it did not. */
  readonly thrown: { readonly error: unknown } | null;
  /** Whether it was still at it when time was up. */
  readonly stuck: boolean;
}

/** What a rehearsal asks for. */
export const PATHS = Array.from({ length: 12 }, (_, i) => `/api/v2/pokemon/${i + 1}`);
/** The right answer, in the order asked for. */
export const NAMES = PATHS.map((path) => `name of ${path}`);
/** Why the request that is made to fail fails. */
export const FAILURE = "this request was made to fail";

/** Calls after which a strategy is stopped: it would ask for ever. */
const BUDGET = 10 * PATHS.length;
/** How long it may go without an answer, ms. */
const PATIENCE = 1_000;

/**
 * Runs a strategy against a pretended API: the first path takes longest and the last comes first,
 * 12 ms down to 1, so that the order of answers is not that of the requests.
 *
 * @param failing the path whose request fails, if one is to
 */
export async function rehearse(strategy: unknown, failing = ""): Promise<Rehearsal> {
  let [asked, inFlight, peak] = [0, 0, 0];
  let heard = Promise.withResolvers<void>();
  const get = (
    path: unknown,
    { take }: { take?: (document: Document, path: string) => unknown } = {},
  ) => {
    if (++asked > BUDGET) {
      throw new Error(`get was called ${asked} times for ${PATHS.length} paths`);
    }
    peak = Math.max(peak, ++inFlight);
    const place = PATHS.indexOf(String(path));
    const answer = new Promise<Document>((resolve, reject) => {
      setTimeout(() => {
        inFlight--;
        heard.resolve();
        heard = Promise.withResolvers();
        if (place === -1) {
          return reject(new Error(`get(${Deno.inspect(path)}): not one of the paths`));
        }
        if (path === failing) return reject(new Error(FAILURE));
        const document = { name: NAMES[place], id: place + 1 };
        resolve(take ? take(document, PATHS[place]) : document);
      }, PATHS.length - place);
    });
    answer.catch(() => {}); // a loop may come to it later, and is not to be blamed until then
    return answer;
  };
  const quiet = (event: PromiseRejectionEvent) => event.preventDefault();
  globalThis.addEventListener("unhandledrejection", quiet);
  const seen = { asked: 0, peak: 0, unanswered: 0, promised: false, stuck: false };
  try {
    const given: unknown = (strategy as (...args: unknown[]) => unknown)([...PATHS], get);
    seen.promised = typeof (given as PromiseLike<unknown> | null)?.then === "function";
    const returned = await settled(given);
    return { ...seen, asked, peak, unanswered: inFlight, returned, thrown: null };
  } catch (error) {
    const stuck = error === SILENCE;
    return { ...seen, asked, peak, unanswered: inFlight, returned: null, thrown: { error }, stuck };
  } finally {
    while (inFlight > 0) await heard.promise; // what it left under way
    await new Promise((resolve) => setTimeout(resolve, 0));
    globalThis.removeEventListener("unhandledrejection", quiet);
  }

  /** What it comes to, as long as answers keep coming. */
  async function settled(given: unknown): Promise<unknown> {
    let over = false;
    const outcome = Promise.resolve(given).finally(() => over = true);
    outcome.catch(() => {});
    while (!over) {
      let timer: ReturnType<typeof setTimeout> | undefined;
      const silence = new Promise((resolve) => timer = setTimeout(resolve, PATIENCE, SILENCE));
      const first = await Promise.race([
        outcome.then(() => null, () => null),
        heard.promise,
        silence,
      ]);
      clearTimeout(timer);
      if (first === SILENCE) throw SILENCE;
    }
    return await outcome;
  }
}

const SILENCE = Symbol("nothing happens any more");
