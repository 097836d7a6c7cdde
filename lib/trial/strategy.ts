import type { Method } from "./plan.ts";

/** A decoded JSON document. Chapters read `name`; an API of your own may hold anything. */
// deno-lint-ignore no-explicit-any
export type Document = any;

/**
 * Requests one path and resolves to its decoded document (for a HEAD, to an empty one). It carries
 * the deadline, cancellation, sampling and draining, so that a strategy is only a schedule.
 *
 * With `take` it resolves to what that makes of the document, as soon as it is decoded. So the
 * document is in no promise: one that has waited for long belongs to the heap's old generation,
 * where it keeps what it was resolved with until the next full collection, used or not.
 */
export type Get = (
  path: string,
  options?: {
    method?: Method;
    take?: (document: Document, path: string) => unknown;
    /** Told of each attempt that failed and is made again, by a client that retries. */
    retried?: (error: unknown) => void;
  },
) => Promise<Document>;

/** {@link Get} for a thread that waits: it returns the document itself. */
export type BlockingGet = (path: string, options?: { method?: Method }) => Document;

/**
 * Asks for every path in some order and overlap; resolves to one result a path, in input order. The
 * signal aborts when the pass is over, however it ended: for a strategy that waits for timers.
 */
export type Strategy = (
  paths: readonly string[],
  get: Get,
  signal?: AbortSignal,
) => Promise<unknown[]>;

/** A strategy with no `await`: the thread itself waits for each answer. */
export type BlockingStrategy = (paths: readonly string[], get: BlockingGet) => unknown[];
