import { duration } from "../ground/words.ts";
import { bar, type Line, outlet } from "./progress.ts";

/** A pass that is watched until it is disposed of. */
export interface WatchedPass extends Disposable {
  /** One more request has its answer. */
  done(): void;
}

/** Passes that follow on one another: they have one line. */
interface Series {
  readonly run: number;
  readonly begun: number;
  passes: number;
  shown: boolean;
}

/** Watches a pass of so many requests; `least` says how long they take at the least, ms. */
type Watch = (name: string, requests: number, least: () => number) => WatchedPass;

/** What is over by then needs no line, ms. */
const PATIENCE = 1000;
/** Milliseconds between two updates: few, for requests are being timed. */
const PACE = 500;

/**
 * Shows how far a pass is, and how long it may still take, where passes take longer than a second: in
 * a notebook in one line for all that follow on one another, in a terminal each in its own.
 */
export const watchPass: Watch = (...pass) => {
  current ??= passes(outlet(), () => performance.now());
  return current(...pass);
};

let current: Watch | undefined;

/** Watches passes by the clock given. */
export function passes(line: Line | null, now: () => number): Watch {
  let [runs, series, ending]: [number, Series | null, number | undefined] = [0, null, undefined];
  return (name, requests, least) => {
    if (line === null) return { done() {}, [Symbol.dispose]() {} };
    clearTimeout(ending);
    const begun = now();
    const own = series ??= { run: ++runs, begun, passes: 0, shown: false };
    const nth = ++own.passes;
    let [answered, seen] = [0, begun];
    const say = (text: string, last: boolean) => {
      line(text, { run: own.run, first: !own.shown, last });
      own.shown = true;
    };
    const look = () => {
      const time = now();
      if (time - seen < PACE || time - own.begun < PATIENCE) return;
      seen = time;
      const passed = time - begun;
      const left = answered > 0
        ? passed / answered * (requests - answered)
        : Math.max(0, least() - passed);
      const which = nth > 1 ? `trial ${nth}, ${name}` : name;
      say(`${which}: ${bar(answered, requests, left)}`, false);
    };
    // While a strategy holds the thread, nothing comes round but its answers.
    const timer = setInterval(look, PACE);
    return {
      done() {
        answered = Math.min(answered + 1, requests);
        look();
      },
      [Symbol.dispose]() {
        clearInterval(timer);
        // What follows at once is of the same cell; what comes later may be of another.
        ending = setTimeout(() => series = null, 0) as unknown as number;
        if (!own.shown) return;
        const all = answered < requests ? `${answered} of ${requests}` : answered;
        const [what, since] = nth > 1 ? [`${nth} trials`, own.begun] : [`${name}: ${all}`, begun];
        say(`${what} in ${duration(now() - since)}`, true);
      },
    };
  };
}
