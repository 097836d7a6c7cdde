import { setTimeout as sleep } from "node:timers/promises";
import { retryAfterMs } from "../limits/retry_after.ts";
import type { Reply } from "./line.ts";

/** The longest that a host may ask to wait, ms; what asks for more ends the recording. */
export const LONGEST = 120_000;

/** When each host was asked last, and who is asking it now: all recordings of this process wait for each other. */
const last = new Map<string, number>();
const turns = new Map<string, Promise<unknown>>();

/** Runs `work` when whoever is recording this host has done. */
export function inTurn<T>(host: string, work: () => Promise<T>): Promise<T> {
  const mine = (turns.get(host) ?? Promise.resolve()).then(work, work);
  turns.set(host, mine);
  return mine;
}

/** Resolves when the host may be asked again: `pause` ms after the last answer. */
export async function pauseBefore(host: string, pause: number, signal: AbortSignal): Promise<void> {
  const wait = (last.get(host) ?? -Infinity) + pause - performance.now();
  if (wait > 0) await sleep(wait, undefined, { signal }).catch(() => signal.throwIfAborted());
  signal.throwIfAborted();
}

/** Notes that the host has just answered. */
export const answered = (host: string): void => void last.set(host, performance.now());

/**
 * How long the host wants to be left alone before the same is asked again, ms; NaN where the answer is
 * one. After a 429 without a Retry-After it is `pause`, doubled each time.
 *
 * @param times how often it has said so already
 */
export function holdOff({ status, headers }: Reply, times: number, pause: number): number {
  const asked = retryAfterMs(headers["retry-after"] ?? "", Date.now());
  if (status === 429) return Number.isNaN(asked) ? Math.max(pause, 1000) * 2 ** times : asked;
  return status === 503 ? asked : NaN;
}
