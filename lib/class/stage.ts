/** Where a learner's code is tried: time passes at once, and there is no way out. */

/** What stands in the place of the platform while something is tried. */
export interface Stage {
  /** Virtual time, ms. */
  now(): number;
  /** Does `work` when so many ms of virtual time have passed. */
  after(ms: number, work: () => void): void;
  /** A turn of the real event loop: whatever is ready has run. */
  turn(): Promise<void>;
  /** Lets time pass until the next thing is due, and does it; false: none is. */
  next(): boolean;
  /** Whether the code tried to end the program, what it gave to `fetch` first, and if it asked a promise for its name. */
  readonly tried: { exit: boolean; fetch: string | null; name: boolean };
  /** How many promises were given to each call of `Promise.all` and its kind. */
  readonly groups: number[];
  /** Puts everything back. */
  leave(): void;
}

const { setTimeout: later, clearTimeout: forget, setImmediate: soon } = globalThis;
const { setInterval: again, clearInterval: noMore } = globalThis;
let leaveLast = () => {};
let turns = 0;

/** Puts everything back that a stage, broken off, has left in its place. */
export const leaveStage = () => leaveLast();
/** How many turns there have been: work on a stage that goes on makes more. */
export const beats = () => turns;
/** So many ms of real time. */
export const pause = (ms: number) => new Promise<void>((resolve) => void later(resolve, ms));

/** What `promise` comes to within so many ms of real time; after that, `LATE`. */
export async function within<T>(ms: number, promise: Promise<T>): Promise<T | typeof LATE> {
  let timer: ReturnType<typeof later> | undefined;
  const late = new Promise<typeof LATE>((resolve) => timer = later(resolve, ms, LATE));
  return await Promise.race([promise, late]).finally(() => forget(timer));
}
export const LATE = Symbol("it takes too long");

/** Calls `work` every so many ms of real time, until what it returns is called. */
export function repeatedly(ms: number, work: () => void): () => void {
  const timer = again(work, ms);
  return () => noMore(timer);
}

/**
 * Replaces the timers, `fetch`, `Deno.exit` (and with it `process.exit`) by ones that do no harm,
 * until it is left. Timers run on virtual time, the earliest first.
 */
export function enterStage(): Stage {
  leaveStage(); // an interrupt may have left one standing
  let now = 0, ids = 1e9;
  const due = new Map<number, { at: number; work: () => void; every: number | null }>();
  const tried: Stage["tried"] = { exit: false, fetch: null, name: false };
  const groups: number[] = [];
  const timer = (repeats: boolean) => (work: unknown, ms: unknown = 0, ...args: unknown[]) => {
    const every = Math.max(1, Number(ms) || 0);
    const call = () => void (work as (...args: unknown[]) => void)(...args);
    due.set(++ids, { at: now + every, work: call, every: repeats ? every : null });
    return ids;
  };
  const clear = (id: unknown) => due.delete(id as number) || forget(id as number);
  const grouping = (["all", "allSettled", "any", "race"] as const).map((name) => {
    const own = Promise[name] as (list: Iterable<unknown>) => Promise<unknown>;
    const counting = function (this: typeof Promise, list: Iterable<unknown>) {
      if (Array.isArray(list)) groups.push(name === "race" ? 1 : list.length);
      return own.call(this, list);
    };
    return [name, counting];
  });
  const put = [
    replaced(globalThis, {
      setTimeout: timer(false),
      setInterval: timer(true),
      clearTimeout: clear,
      clearInterval: clear,
      fetch: (input: unknown) => {
        tried.fetch ??= String(input);
        return Promise.reject(
          new TypeError("there is no network in a check: use what your function is given"),
        );
      },
    }),
    replaced(Promise, Object.fromEntries(grouping)),
    replaced(Deno, {
      exit: () => {
        tried.exit = true;
        throw new Error("there is no exit in a check");
      },
    }),
  ];
  const turn = () => {
    turns++;
    return new Promise<void>((resolve) => void soon(resolve));
  };
  Object.defineProperty(Promise.prototype, "name", {
    get: () => void (tried.name = true),
    set(value) {
      Object.defineProperty(this, "name", { value, configurable: true, writable: true });
    },
    configurable: true,
  });
  const { exitCode } = Deno; // process.exit sets it
  let left = false;
  const leave = () => {
    if (left) return; // another stage may have been entered since
    left = true;
    put.forEach((back) => back());
    Reflect.deleteProperty(Promise.prototype, "name");
    Deno.exitCode = exitCode;
  };
  leaveLast = leave;
  return {
    now: () => now,
    after: (ms, work) => void due.set(++ids, { at: now + ms, work, every: null }),
    turn,
    next() {
      const [first] = [...due].sort(([, a], [, b]) => a.at - b.at);
      if (first === undefined) return false;
      const [id, { at, work, every }] = first;
      now = at;
      if (every === null) due.delete(id);
      else due.set(id, { at: at + every, work, every });
      work();
      return true;
    },
    tried,
    groups,
    leave,
  };
}

/** Replaces some of a thing's properties; gives what puts them back. */
function replaced<T extends object>(thing: T, by: Partial<Record<keyof T, unknown>>): () => void {
  const before = Object.keys(by).map((name) =>
    [name, Object.getOwnPropertyDescriptor(thing, name)!] as const
  );
  for (const [name, { enumerable }] of before) {
    const value = by[name as keyof T];
    Object.defineProperty(thing, name, { value, enumerable, configurable: true, writable: true });
  }
  return () => before.forEach(([name, own]) => Object.defineProperty(thing, name, own));
}
