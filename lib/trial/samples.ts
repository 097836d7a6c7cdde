/**
 * Samples as columns of one length: row i is the i-th request dispatched. A hundred thousand
 * rows take a quarter of the memory that as many objects would.
 *
 * Times are ms since the epoch (`performance.timeOrigin` + `performance.now()`), so that those of
 * workers, processes and other languages line up. What is not known is NaN.
 */
export interface SampleColumns {
  readonly path: string[];
  /** Which arrival of this path it was since the trial began, from 1. */
  readonly k: number[];
  /** When it was meant to be sent: in a closed loop, when the strategy asked. */
  readonly planned: number[];
  readonly start: number[];
  /** When its body had been read to the end, or it failed. */
  readonly end: number[];
  /** HTTP status; 0 where no answer came, NaN where the client does not tell. */
  readonly status: number[];
  /** Bytes of the body as received. */
  readonly bytes: number[];
  /** "" where all went well, else the error's kind: see failures.ts. */
  readonly error: string[];
  /** From 1; more where the request was retried. */
  readonly attempt: number[];
  /** The origin's number for the connection it came on. */
  readonly socket: number[];
  /** Service time as drawn, ms. */
  readonly drawn: number[];
  /** Service time as it came about, ms. */
  readonly served: number[];
  /** Wait for a free slot of the origin, ms. */
  readonly queue: number[];
  /** What remained of the connection's set-up when the request arrived, and was waited for, ms. */
  readonly handshake: number[];
}

/** One row of {@link SampleColumns}. */
export type Sample = { [C in keyof SampleColumns]: SampleColumns[C][number] };

/** Columns with no rows. */
export function emptySamples(): SampleColumns {
  return {
    path: [],
    k: [],
    planned: [],
    start: [],
    end: [],
    status: [],
    bytes: [],
    error: [],
    attempt: [],
    socket: [],
    drawn: [],
    served: [],
    queue: [],
    handshake: [],
  };
}

/** Adds a row for a request about to be sent and returns its index; the rest is filled in later. */
export function dispatchSample(
  columns: SampleColumns,
  request: { path: string; k: number; planned: number; start: number; attempt: number },
): number {
  columns.path.push(request.path);
  columns.k.push(request.k);
  columns.planned.push(request.planned);
  columns.start.push(request.start);
  columns.end.push(NaN);
  columns.status.push(0);
  columns.bytes.push(0);
  columns.error.push("");
  columns.attempt.push(request.attempt);
  columns.socket.push(NaN);
  columns.drawn.push(NaN);
  columns.served.push(NaN);
  columns.queue.push(NaN);
  columns.handshake.push(NaN);
  return columns.path.length - 1;
}
