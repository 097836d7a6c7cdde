import { duration } from "../ground/words.ts";
import { bar, type Line, outlet } from "./progress.ts";

/** What is over by then needs no line; how long between updates, for requests are timed meanwhile; ms. */
const PATIENCE = 1000, PACE = 500;

/** Watches passes where somebody looks on: see {@link passes}. */
export const watchPass: ReturnType<typeof passes> = (...pass) => {
  current ??= passes(outlet(), () => performance.now());
  return current(...pass);
};

let current: ReturnType<typeof passes> | undefined;

/**
 * A watch, by the clock given, on passes of so many requests, until each is disposed of. Where passes
 * take longer than a second it says how far each is and how long it may still take, in one line for
 * all that run together or follow at once; `least` is what it takes at the least, ms, and `done`
 * counts an answer.
 */
export function passes(line: Line | null, now: () => number) {
  let series: { run: number; begun: number; passes: number; open: number; shown: boolean } | null =
    null;
  let runs = 0, ending = 0;
  return (name: string, requests: number, least: () => number) => {
    if (line === null) return { done() {}, [Symbol.dispose]() {} };
    clearTimeout(ending);
    const begun = now();
    const own = series ??= { run: ++runs, begun, passes: 0, open: 0, shown: false };
    const nth = ++own.passes;
    own.open++;
    let answered = 0, seen = begun;
    const say = (text: string, last: boolean) => {
      line(text, { run: own.run, first: !own.shown, last });
      own.shown = true;
    };
    const look = () => {
      const time = now(), passed = time - begun;
      if (time - seen < PACE || time - own.begun < PATIENCE) return;
      seen = time;
      const left = answered > 0 ? passed / answered * (requests - answered) : least() - passed;
      const which = nth > 1 ? `trial ${nth}, ${name}` : name;
      say(`${which}: ${bar(answered, requests, Math.max(0, left))}`, false);
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
        if (--own.open > 0) return;
        // What follows at once is of the same cell; what comes later may be of another.
        ending = setTimeout(() => series = null, 0) as unknown as number;
        if (!own.shown) return;
        const all = answered < requests ? `${answered} of ${requests}` : answered;
        const [what, since] = own.passes > 1
          ? [`${own.passes} trials`, own.begun]
          : [`${name}: ${all}`, begun];
        say(`${what} in ${duration(now() - since)}`, true);
      },
    };
  };
}
