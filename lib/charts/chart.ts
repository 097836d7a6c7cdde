import type { Spec } from "../render/spec.ts";
import { wrap } from "../render/wrap.ts";
import { CONFIG, LINE } from "./theme.ts";

/** A plain Vega-Lite spec that says in words what it shows. */
export interface Chart extends Spec {
  readonly $schema: string;
  readonly title: { readonly text: readonly string[]; readonly subtitle: readonly string[] };
  /** What the chart shows, with the numbers: for those who do not see it. */
  readonly description: string;
}

/** What every chart can be told. */
export interface ChartOptions {
  /** A sentence to stand above it, in place of the one made from the data. */
  readonly title?: string;
  /** A sentence to stand under the title, before the reading aid; leads the description. */
  readonly caption?: string;
}

/** A chart's own words, made from its data. */
interface Words {
  readonly title: string;
  readonly subtitle: string;
  readonly description: string;
}

/** Puts words, theme and a Vega-Lite body together. */
export function chart(words: Words, options: ChartOptions, body: Record<string, unknown>): Chart {
  const { title = words.title, caption } = options;
  return {
    $schema: "https://vega.github.io/schema/vega-lite/v5.json",
    description: caption === undefined ? words.description : `${caption} ${words.description}`,
    title: {
      text: lines(title, LINE.title),
      subtitle: [
        ...(caption === undefined ? [] : lines(caption, LINE.subtitle)),
        ...lines(words.subtitle, LINE.subtitle),
      ],
    },
    ...body,
    ...(caption === undefined ? {} : { usermeta: { ...body.usermeta as object, caption } }),
    config: CONFIG,
  };
}

/**
 * Checks the options of a chart once, at its edge.
 *
 * @throws {TypeError} for a title or caption that is no text, and for an option it does not know.
 */
export function checkOptions(name: string, options: object, known: readonly string[] = []): void {
  if (typeof options !== "object" || options === null) {
    throw new TypeError(`charts.${name}: options must be an object, not ${options}`);
  }
  for (const [option, value] of Object.entries(options)) {
    if (option === "title" || option === "caption") {
      if (value === undefined || typeof value === "string") continue;
      throw new TypeError(`charts.${name}: ${option} must be text, not ${JSON.stringify(value)}`);
    }
    if (known.includes(option)) continue;
    const all = ["title", "caption", ...known].join(", ");
    throw new TypeError(`charts.${name} has no option "${option}"; it has ${all}`);
  }
}

/** A sentence in lines of at most so many characters. */
function lines(sentence: string, room: number): string[] {
  return wrap(sentence, (line) => line.length, room);
}
