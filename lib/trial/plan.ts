/** The verb of a request. A HEAD is answered by headers alone. */
export type Method = "GET" | "HEAD";

/** Whether each request opens a connection of its own or reuses those that are open. */
export type Connections = "new" | "kept";

/** The schedules that can be named, and so run where a closure cannot go. */
export type Schedule = "sequential" | "naive-await-in-loop" | "concurrent" | "pool" | "chunked";

/**
 * Work that can be sent elsewhere: to a worker, another process, another language.
 * Serialisable, and nothing in it is optional.
 */
export interface Plan {
  /** Where the API answers, no trailing slash. */
  readonly origin: string;
  /** In the order to be dispatched. */
  readonly paths: readonly string[];
  readonly method: Method;
  readonly schedule: Schedule;
  /** How many requests may overlap; `null` is no bound (JSON has no Infinity). */
  readonly concurrency: number | null;
  readonly connections: Connections;
  /** For each request, in ms. */
  readonly deadline: number;
}
