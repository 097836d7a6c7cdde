import { type Spec, viewsIn } from "../../../render/mod.ts";

/** A chart's data as a table. */
export type DataTable = Readonly<ReturnType<typeof table>>;

/** The tables that a spec embeds, in the order in which its views use them, each once. */
export async function chartData(spec: Spec): Promise<DataTable[]> {
  const { read } = await import("vega");
  const found = new Map<string, unknown[]>();
  const add = (values: unknown) => {
    if (Array.isArray(values) && values.length > 0) found.set(JSON.stringify(values), values);
  };
  const titles = new Map<string, string>();
  for (const { data, encoding } of viewsIn(spec)) {
    const { values, format } = (data ?? {}) as { values?: unknown; format?: object };
    // Data embedded as text, CSV for one, are read by Vega's own reader.
    add(typeof values === "string" ? read(values, { type: "json", ...format } as never) : values);
    for (const channel of Object.values(encoding ?? {}).flat()) {
      // An encoding's title is a better name for a column than the field's.
      const { field, title, aggregate } = (channel ?? {}) as Record<string, unknown>;
      if (typeof field !== "string" || typeof title !== "string" || aggregate !== undefined) {
        continue;
      }
      if (!titles.has(field)) titles.set(field, title);
    }
  }
  Object.values(spec.datasets ?? {}).forEach(add);
  return [...found.values()].map((values) => table(values, titles));
}

function table(values: readonly unknown[], titles: ReadonlyMap<string, string>) {
  const records = values.map((value) =>
    typeof value === "object" && value !== null
      ? value as Record<string, unknown>
      : { value } as Record<string, unknown>
  );
  const names = [...new Set(records.flatMap((record) => Object.keys(record)))];
  const shown = names.map((name) => titles.get(name) ?? name);
  const columns = names.map((name, i) => ({
    // Two fields may share an axis and so a title: then their own names tell them apart.
    name: shown.indexOf(shown[i]) === shown.lastIndexOf(shown[i]) ? shown[i] : name,
    numeric: records.some((record) => typeof record[name] === "number") &&
      records.every((record) => record[name] == null || typeof record[name] === "number"),
  }));
  return { columns, rows: records.map((record) => names.map((name) => show(record[name]))) };
}

const NUMBER = new Intl.NumberFormat("en", { maximumSignificantDigits: 6, useGrouping: false });

function show(value: unknown): string {
  if (value === null || value === undefined) return "–";
  if (typeof value === "number") return NUMBER.format(value);
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}
