import type { Task, Variant } from "../../lib/runners/task.ts";
import { FaultyServer } from "../client/faulty_server.ts";

/** Paths that are answered well. */
export const ok = (n: number) => Array.from({ length: n }, (_, i) => `/ok/${i}`);

/** Runs a variant on a faulty server; nothing is connected to that afterwards. */
export async function run(
  variant: Variant,
  paths: readonly string[],
  task: Partial<Task> = {},
) {
  using server = await FaultyServer.start();
  const origin = server.url;
  const signal = new AbortController().signal;
  const defaults = { origin, paths, method: "GET" as const, deadline: 30_000, signal };
  try {
    const run = await variant.run({ ...defaults, onSample: () => {}, ...task });
    return { ...run, seen: await server.seen() };
  } finally {
    await server.deserted();
  }
}
