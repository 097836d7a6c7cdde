import os from "node:os";
import type { Schedule } from "../trial/plan.ts";

export type Language = "go" | "python";

/** A program in another language, by what it shows. */
export interface Implementation {
  readonly language: Language;
  readonly name: string;
  /** The library it is written with. */
  readonly library: "net/http" | "requests" | "aiohttp" | "urllib3";
  readonly schedule: Schedule;
  /** Overlap where none is asked for; `null` where it has to be. */
  readonly overlap: number | null;
  /** Whether another overlap may be asked for. */
  readonly bounded: boolean;
}

// ThreadPoolExecutor's and ProcessPoolExecutor's own, from Python 3.8 on.
const threads = Math.min(32, os.cpus().length + 4);
const processes = os.cpus().length;

const go = { language: "go", library: "net/http" } as const;
const python = { language: "python" } as const;
const aiohttp = { ...python, library: "aiohttp" } as const;
const requests = { ...python, library: "requests" } as const;

/** All there are. */
export const implementations: readonly Implementation[] = [
  { ...go, name: "sequential", schedule: "sequential", overlap: 1, bounded: false },
  { ...go, name: "concurrent", schedule: "concurrent", overlap: Infinity, bounded: false },
  { ...go, name: "pool", schedule: "pool", overlap: null, bounded: true },
  { ...requests, name: "requests", schedule: "sequential", overlap: 1, bounded: false },
  { ...requests, name: "requests-threads", schedule: "pool", overlap: Infinity, bounded: true },
  { ...requests, name: "requests-executor", schedule: "pool", overlap: threads, bounded: true },
  { ...requests, name: "requests-processes", schedule: "pool", overlap: processes, bounded: true },
  {
    ...{ ...aiohttp, name: "aiohttp-naive", schedule: "naive-await-in-loop" },
    ...{ overlap: 1, bounded: false },
  },
  {
    ...{ ...aiohttp, name: "aiohttp-concurrent", schedule: "concurrent" },
    ...{ overlap: Infinity, bounded: false },
  },
  { ...aiohttp, name: "aiohttp-pool", schedule: "pool", overlap: null, bounded: true },
  {
    ...{ ...python, library: "urllib3", name: "urllib3-executor", schedule: "pool" },
    ...{ overlap: threads, bounded: true },
  },
];

/** The implementation of that name; throws a RangeError that lists those there are. */
export function implementation(language: Language, name: string): Implementation {
  const own = implementations.filter((each) => each.language === language);
  const found = own.find((each) => each.name === name);
  if (found) return found;
  const known = (own.length ? own : implementations).map((each) =>
    `peer("${each.language}", "${each.name}")`
  );
  throw new RangeError(
    `peer: there is no peer("${language}", "${name}"); there are ${known.join(", ")}`,
  );
}
