import type { SampleColumns } from "./samples.ts";

/** How a request can fail. */
export const KINDS = ["timeout", "abort", "status", "network", "decode"] as const;

/** How many requests failed, by kind; kinds that did not occur are left out. */
export function failures(samples: SampleColumns): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const kind of samples.error) {
    if (kind !== "") counts.set(kind, (counts.get(kind) ?? 0) + 1);
  }
  return counts;
}
