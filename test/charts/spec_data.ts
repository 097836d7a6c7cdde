import type { Spec } from "../../lib/render/spec.ts";

/** Records of one set of data. */
export type Records = Readonly<Record<string, unknown>>[];

/**
 * The data that a spec carries, to be read as tables: its own, else those of the views it consists
 * of, in order. Rows embedded as CSV are read. What only places a label is left out.
 */
export async function specData(spec: Spec): Promise<Records[]> {
  const { values, format } = (spec.data ?? {}) as { values?: unknown; format?: unknown };
  if (Array.isArray(values)) return [values as Records];
  if (typeof values === "string") {
    const { read } = await import("vega") as unknown as {
      read(text: string, format: unknown): Records;
    };
    return [[...read(values, format)]];
  }
  const views = ["hconcat", "vconcat", "concat"].flatMap((key) => (spec[key] ?? []) as Spec[]);
  const inner = typeof spec.spec === "object" ? [spec.spec as Spec] : [];
  return (await Promise.all([...views, ...inner].map(specData))).flat();
}
