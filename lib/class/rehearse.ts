import type { Document } from "../trial/strategy.ts";
import { enterStage, pause, type Stage } from "./stage.ts";

/** What a strategy did with a pretended API. */
export interface Rehearsal {
  /** What it asked for, in order. */
  readonly asked: readonly unknown[];
  /** Most requests under way at once. */
  readonly peak: number;
  /** Whether a request was made while an older one was still under way. */
  readonly overlapped: boolean;
  /** Whether a place stayed free although there was more to ask for. */
  readonly leftFree: boolean;
  /** Whether some promises were attended to only after others of the same moment had answers. */
  readonly attendedLate: boolean;
  /** Requests that took the name as soon as their document was there. */
  readonly took: number;
  /** Requests still under way when it came back. */
  readonly unanswered: number;
  /** Whether it took paths off the list that it was given. */
  readonly shortened: boolean;
  /** Whether it came back with a promise. */
  readonly promised: boolean;
  readonly returned: unknown;
  /** What it threw or rejected with; `null` where it did not. */
  readonly thrown: { readonly error: unknown } | null;
  /** Whether it waits for what never comes, or asks for ever. */
  readonly stuck: "waits" | "asks" | null;
  /** Whether it tried to end the program, and what it gave to `fetch`. */
  readonly tried: Stage["tried"];
}

/** What a rehearsal asks for: a number that no batch divides. */
export const PATHS = Array.from({ length: 13 }, (_, i) => `/api/v2/pokemon/${i + 1}`);
/** The right answer, in the order asked for. */
export const NAMES = PATHS.map((path) => `name of ${path}`);
/** Why the request that is made to fail fails. */
export const FAILURE = "this request was made to fail";

/** Calls after which a strategy is stopped: it would ask for ever. */
export const BUDGET = 10 * PATHS.length;
/** Virtual ms that a free place may stay free: who looks now and then, looks in time. */
const NOTICED = 60;
/** Virtual ms without an answer, and real turns of 10 ms without anything, that are for ever. */
const FOREVER = { virtual: 5_000, turns: 20 };

/** How long a path's answer takes, virtual ms: the first longest, so that it does not come first. */
const latency = (place: number) => 100 * (PATHS.length - place) + 7 * (place % 3);

/** A promise that notes when somebody first attends to it. */
class Attended extends Promise<unknown> {
  static override get [Symbol.species]() {
    return Promise;
  }
  attended: (() => void) | undefined;
  override then: Promise<unknown>["then"] = function (this: Attended, ...handlers) {
    this.attended?.();
    return Promise.prototype.then.apply(this, handlers as never) as never;
  };
}

/**
 * Runs a strategy against a pretended API, in virtual time. The first path takes longest, so that the
 * order of answers is not that of the requests.
 *
 * @param limit requests that may be under way at once
 * @param failing the path whose request fails, if one is to
 */
export async function rehearse(
  strategy: unknown,
  limit: number,
  failing: string | null,
): Promise<Rehearsal> {
  const stage = enterStage();
  const underWay = new Map<symbol, number>();
  const asked: unknown[] = [], attended: number[] = [];
  let [peak, took, answered, firstAnswer, early] = [0, 0, 0, Infinity, 0];
  let overlapped = false, leftFree = false;
  const get = (path: unknown, options: Options = {}) => {
    asked.push(path);
    if (asked.length === BUDGET + 1) throw new Error("too many calls of get");
    if (asked.length > BUDGET) return new Promise(() => {});
    overlapped ||= [...underWay.values()].some((begun) => begun < stage.now());
    const [id, i] = [Symbol(), asked.length - 1];
    underWay.set(id, stage.now());
    peak = Math.max(peak, underWay.size);
    const place = PATHS.indexOf(String(path));
    const made = Promise.withResolvers.call(Attended) as PromiseWithResolvers<unknown>;
    const { promise, resolve, reject } = made;
    const answer = () => {
      const waited = stage.now() - answered;
      if (firstAnswer < Infinity && waited > NOTICED && asked.length < PATHS.length) {
        leftFree ||= underWay.size < limit;
      }
      underWay.delete(id);
      answered = stage.now();
      if (firstAnswer === Infinity) [firstAnswer, early] = [answered, asked.length];
      try {
        if (place === -1) throw new Error(`not one of the paths: ${Deno.inspect(path)}`);
        if (path === failing) throw new Error(FAILURE);
        const document = { name: NAMES[place], id: place + 1 };
        const taken = options?.take ? options.take(document, PATHS[place]) : document;
        took += taken === document ? 0 : 1;
        resolve(taken);
      } catch (error) {
        reject(error);
      }
    };
    stage.after(place === -1 ? 1 : latency(place), answer);
    promise.catch(() => {}); // a loop may come to it later, and is not to be blamed until then
    attended[i] = Infinity;
    (promise as Attended).attended = () => attended[i] = Math.min(attended[i], stage.now());
    return promise;
  };
  const quiet = (event: PromiseRejectionEvent) => event.preventDefault();
  globalThis.addEventListener("unhandledrejection", quiet);
  let [promised, stuck, over]: [boolean, Rehearsal["stuck"], boolean] = [false, null, false];
  const paths = [...PATHS];
  let outcome: Pick<Rehearsal, "returned" | "thrown"> = { returned: null, thrown: null };
  try {
    const given: unknown = (strategy as (...args: unknown[]) => unknown)(paths, get);
    promised = typeof (given as PromiseLike<unknown> | null)?.then === "function";
    Promise.resolve(given).then((returned) => ({ returned, thrown: null }), failed)
      .then((settled) => [outcome, over] = [settled, true]);
    for (let idle = 0; !over && !stuck;) {
      await stage.turn();
      if (over) break;
      if (stage.next()) idle = 0;
      else if (++idle > FOREVER.turns) stuck = "waits";
      else await pause(10);
      if (underWay.size === 0 && stage.now() - answered > FOREVER.virtual) stuck ??= "waits";
      if (asked.length > BUDGET) stuck = "asks";
    }
  } catch (error) {
    outcome = failed(error);
  } finally {
    await stage.turn(); // what nobody handles is said by now
    stage.leave();
    globalThis.removeEventListener("unhandledrejection", quiet);
  }
  if (asked.length > BUDGET) stuck = "asks";
  const attendedLate = attended.slice(0, early).some((at) => at >= firstAnswer) ||
    stage.groups.some((size) => size > 0 && size < PATHS.length);
  const shortened = paths.length < PATHS.length;
  const seen = { asked, peak, overlapped, leftFree, attendedLate, took, promised, stuck };
  return { ...seen, unanswered: underWay.size, ...outcome, tried: stage.tried, shortened };
}

const failed = (error: unknown) => ({ returned: null, thrown: { error } });

/** What `get` may be given beside a path. */
interface Options {
  take?: (document: Document, path: string) => unknown;
}
