import { list } from "../ground/words.ts";
import { type Spec, titleOf, viewsIn } from "./spec.ts";

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
  const { title, subtitle } = titleOf(spec);
  return [title, subtitle].filter((line) => line !== "").join(" — ") || drawnText(spec);
}

/** The marks of a chart and what its channels show. */
function drawnText(spec: Spec): string {
  const marks = new Set<string>(), shown = new Set<string>();
  for (const { mark, encoding } of viewsIn(spec)) {
    const type = (mark as { type?: unknown } | undefined)?.type ?? mark;
    if (typeof type === "string") marks.add(type);
    for (const [name, channel] of Object.entries(encoding ?? {})) {
      const words = /^(href|url|key|order|tooltip)$/.test(name)
        ? []
        : [channel].flat().map(channelText);
      for (const word of words) if (word !== "") shown.add(word);
    }
  }
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
