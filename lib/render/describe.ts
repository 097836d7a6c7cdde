import type { Spec } from "./spec.ts";

/**
 * A sentence that says what a chart shows: its own top-level description, else its title and
 * subtitle, else what kind of thing it is. Never empty.
 */
export function describeSpec(spec: Spec): string {
  if (typeof spec.description === "string" && spec.description.trim() !== "") {
    return spec.description.trim();
  }
  const title = titleText(spec.title);
  return title === "" ? "A chart without a description." : title;
}

/** Title and subtitle of a chart as one line of text; "" where it has none. */
function titleText(title: unknown): string {
  if (typeof title === "string") return title.trim();
  if (Array.isArray(title)) return title.map(String).join(" ").trim();
  if (typeof title !== "object" || title === null) return "";
  const { text, subtitle } = title as { text?: unknown; subtitle?: unknown };
  return [titleText(text), titleText(subtitle)].filter((line) => line !== "").join(" — ");
}
