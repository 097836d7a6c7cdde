/**
 * The schedules, one a file; imported as the namespace `strategies`.
 *
 * ```ts
 * const variants = [strategies.concurrent, strategies.pool(10)].map((s) => variant(s, keptAlive));
 * ```
 */
export { chunked } from "./chunked.ts";
export { concurrent } from "./concurrent.ts";
export { naiveAwaitInLoop } from "./naive_await_in_loop.ts";
export { pool } from "./pool.ts";
export { sequential } from "./sequential.ts";
