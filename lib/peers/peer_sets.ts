import { oneOf, resolve, whole } from "../ground/options.ts";
import type { Connections } from "../trial/plan.ts";
import { implementation, type Language, languages } from "./implementations.ts";
import { peer, type PeerVariant } from "./peer.ts";
import type { PeerTable } from "./peer_plan.ts";
import { MissingToolchain, orMissing } from "./toolchain.ts";

/** A study's peers: what each chapter sets beside Deno. */
const sets = {
  /** The Pokémon article's grid: one after the other (new, kept), awaiting in it, all at once. */
  article: [
    ...[["python", "requests", "new"], ["go", "sequential", "new"], ["python", "requests"]],
    ...[["python", "aiohttp-naive"], ["go", "sequential"]],
    ...[["go", "concurrent"], ["python", "aiohttp-concurrent"]],
  ],
  /** The question about batches: a session, the executor, and what the answer did instead. */
  batches: [
    ...[["python", "requests"], ["python", "requests-executor"]],
    ...[["python", "urllib3-executor"], ["python", "aiohttp-concurrent"]],
  ],
  /** n lanes of each kind; they need `concurrency`. */
  lanes: [
    ...[["python", "requests-threads"], ["python", "requests-processes"]],
    ...[["python", "aiohttp-pool"], ["go", "pool"]],
  ],
  /** A thousand requests: one after the other, goroutines, awaiting in the loop, the executor. */
  thousand: [
    ...[["go", "sequential"], ["go", "concurrent"]],
    ...[["python", "aiohttp-naive"], ["python", "aiohttp-concurrent"]],
    ...[["python", "requests", "new"], ["python", "requests-executor", "new"]],
    ...[["python", "urllib3-executor"]],
  ],
  /** All at once: the fastest that each language has. */
  fastest: [["go", "concurrent"], ["python", "aiohttp-concurrent"]],
} as const;

export type PeerSet = keyof typeof sets;

/** What a set may be told. */
export interface PeerSetOptions {
  readonly set: PeerSet;
  /** For those whose overlap can be chosen, from 1. As shipped, only those that need one take it. */
  readonly concurrency?: number;
}

/** A variant that cannot run here: a row of its own. */
export interface MissingPeer {
  readonly variant: string;
  /** What to install. */
  readonly install: string;
}

/** A set's variants in one table. */
export interface Peers {
  /** Those that can run here. */
  readonly variants: readonly PeerVariant[];
  readonly missing: readonly MissingPeer[];
}

/**
 * A study's peers, "as shipped" (defaults) or "equalised" (one connection limit, no compression),
 * sorted into those that can run on this machine and those that cannot; the latter are recorded in
 * data/peers.csv.
 *
 * ```ts
 * const theirs = await variants("equalised", { set: "fastest" });
 * await experiment({ origin, paths, variants: [ours, ...theirs.variants] });
 * ```
 *
 * @throws {RangeError | TypeError} naming an option that is wrong
 */
export async function variants(table: PeerTable, options: PeerSetOptions): Promise<Peers> {
  const { set, concurrency } = resolve("peers.variants", options, {
    set: oneOf(...Object.keys(sets) as PeerSet[]),
    concurrency: whole(1).or(undefined),
  });
  const members: readonly (readonly [Language, string, Connections?])[] = sets[set];
  const all = members.map(([language, name, connections = "kept"]) => {
    const { bounded, overlap } = implementation(language, name);
    const chosen = bounded && (table === "equalised" || set === "lanes" || overlap === null);
    return peer(language, name, { table, connections, ...(chosen ? { concurrency } : {}) });
  });
  const lacking = new Map<Language, string>();
  for (const language of new Set(all.map((each) => each.language))) {
    const found = await orMissing(languages[language].find());
    if (found instanceof MissingToolchain) lacking.set(language, found.install);
  }
  return {
    variants: all.filter(({ language }) => !lacking.has(language)),
    missing: all.flatMap(({ language, name }) => {
      const install = lacking.get(language);
      return install === undefined ? [] : [{ variant: name, install }];
    }),
  };
}
