import { list } from "../ground/words.ts";
import type { Spec } from "./spec.ts";

/**
 * A sentence that says what a chart shows: its own top-level description, else its title and
 * subtitle, else what is drawn by what. Never empty.
 *
 * @example describeSpec({ mark: "bar", encoding: { x: { field: "k" }, y: { field: "n" } } })
 * // "A bar chart of k and n."
 */
export function describeSpec(spec: Spec): string {
  if (typeof spec.description === "string" && spec.description.trim() !== "") {
    return spec.description.trim();
  }
  return titleText(spec.title) || drawnText(spec);
}

/** Title and subtitle of a chart as one line of text; "" where it has none. */
function titleText(title: unknown): string {
  if (typeof title === "string") return title.trim();
  if (Array.isArray(title)) return title.map(String).join(" ").trim();
  if (typeof title !== "object" || title === null) return "";
  const { text, subtitle } = title as { text?: unknown; subtitle?: unknown };
  return [titleText(text), titleText(subtitle)].filter((line) => line !== "").join(" — ");
}

/** The marks of a chart and what its channels show. */
function drawnText(spec: Spec): string {
  const marks = new Set<string>(), shown = new Set<string>();
  const look = (view: unknown): void => {
    if (typeof view !== "object" || view === null) return;
    const { mark, encoding, layer, hconcat, vconcat, concat, spec } = view as Spec;
    const type = (mark as { type?: unknown } | undefined)?.type ?? mark;
    if (typeof type === "string") marks.add(type);
    for (const [name, channel] of Object.entries(encoding ?? {})) {
      const words = /^(href|url|key|order|tooltip)$/.test(name)
        ? []
        : [channel].flat().map(channelText);
      for (const word of words) if (word !== "") shown.add(word);
    }
    [layer, hconcat, vconcat, concat, spec].flat().forEach(look);
  };
  look(spec);
  const of = list([...shown]);
  const kind = marks.size === 0 ? "chart" : `${list([...marks])} chart`;
  const article = /^[aeiou]/.test(kind) ? "An" : "A";
  return of === "" ? `${article} ${kind}.` : `${article} ${kind} of ${of}.`;
}

function channelText(channel: unknown): string {
  const { field, title, aggregate } = (channel ?? {}) as Record<string, unknown>;
  if (typeof title === "string" && title.trim() !== "") return title.trim();
  if (aggregate === "count") return "counts";
  if (typeof field !== "string") return "";
  return typeof aggregate === "string" ? `${aggregate} ${field}` : field;
}
