import type { Replay } from "./replay.ts";

/** Service times: lognormal, with this median and spread, or those of a recording. */
export interface Latency {
  /** Median, ms. */
  readonly median: number;
  /** σ of the log. */
  readonly sigma: number;
  /** One request in so many takes {@link SLOW} times as long; by default none. */
  readonly slowOneIn?: number;
  /** Where there is one, its times are drawn instead. */
  readonly replay?: Replay | null;
}

/** How many times as long the slow ones take. */
export const SLOW = 10;

/** One round of MurmurHash3_x86_32 over a 32-bit word. */
function mix(hash: number, word: number): number {
  let w = Math.imul(word, 0xcc9e2d51);
  w = Math.imul((w << 15) | (w >>> 17), 0x1b873593);
  hash ^= w;
  hash = (hash << 13) | (hash >>> 19);
  return (Math.imul(hash, 5) + 0xe6546b64) | 0;
}

/** MurmurHash3's last step, after which each input bit bears on each output bit. */
function finish(hash: number, words: number): number {
  hash ^= words;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

/**
 * The standard normal number that belongs to the k-th arrival of a path in the trial of a seed. It
 * depends on these three alone: not on the method, not on what else was asked before.
 *
 * Two MurmurHash3_x86_32 hashes (Austin Appleby, 2011, public domain) of the 32-bit words seed low,
 * seed high, k low, k high and each UTF-16 unit of the path, started from 0 and from 0x9e3779b9,
 * give u₁ and u₂ in (0, 1); Z = √(−2 ln u₁) · cos 2πu₂ (Box and Muller, 1958, Annals of
 * Mathematical Statistics 29(2), 610–611).
 *
 * @param seed whole, 0 or more
 * @param path as in the request line, query included
 * @param k from 1
 */
export function standardNormal(seed: number, path: string, k: number): number {
  const u1 = uniform(seed, path, k, 0);
  const u2 = uniform(seed, path, k, 0x9e3779b9);
  return Math.sqrt(-2 * Math.log(u1)) * Math.cos(2 * Math.PI * u2);
}

/** A number in (0, 1) that belongs to seed, path and k alone; with another `start` another one. */
export function uniform(seed: number, path: string, k: number, start: number): number {
  let hash = start | 0;
  hash = mix(mix(hash, seed | 0), (seed / 2 ** 32) | 0);
  hash = mix(mix(hash, k | 0), (k / 2 ** 32) | 0);
  for (let i = 0; i < path.length; i++) hash = mix(hash, path.charCodeAt(i));
  return (finish(hash, 4 + path.length) + 0.5) / 2 ** 32;
}

/** The recorded answer that belongs to the k-th arrival of a path in the trial of a seed, if any. */
export const recorded = (replay: Replay, seed: number, path: string, k: number) =>
  replay.at(uniform(seed, path, k, 3), path);

/**
 * The service time that the origin draws for the k-th arrival of a path in the trial of a seed:
 * median · exp(σZ), Z being {@link standardNormal}, rounded to whole ms because timers are; ten times
 * that where it is one of the slow ones. Whoever knows seed, path and k knows it without asking the
 * origin; Z does not depend on median and σ, so redrawing over them keeps the requests' ranks. Of a
 * replay it is the time of the answer that is {@link recorded}; 0 where there is none.
 *
 * @param seed the trial's; whole, 0 or more
 * @param path as in the request line, query included, e.g. "/api/v2/pokemon/1"
 * @param k which arrival of this path it is since the trial began, from 1
 */
export function draw(seed: number, path: string, k: number, latency: Latency): number {
  const { median, sigma, slowOneIn = Infinity, replay } = latency;
  if (!replay && median === 0) return 0;
  const slow = slowOneIn < Infinity && uniform(seed, path, k, 1) < 1 / slowOneIn;
  const usual = replay
    ? recorded(replay, seed, path, k)?.ms ?? 0
    : median * Math.exp(sigma * standardNormal(seed, path, k));
  return Math.round((slow ? SLOW : 1) * usual);
}
