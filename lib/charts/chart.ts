import { type Kind, resolve, STRING } from "../ground/options.ts";
import { capital } from "../ground/words.ts";
import type { Spec } from "../render/spec.ts";
import { HOUSE } from "../render/theme.ts";
import { wrap } from "../render/wrap.ts";
import { LINE } from "./theme.ts";

/**
 * A plain Vega-Lite spec that says in words what it shows. It is the caller's: to edit, to add a
 * layer to, to put beside others, before it is shown.
 *
 * ```ts
 * const chart = charts.scaling(rows);
 * chart.layer.push({ mark: "rule", encoding: { y: { datum: 400 } } });
 * await show({ hconcat: [chart, charts.times(results.trials)] });
 * ```
 */
export interface Chart extends Spec {
  $schema: string;
  title: { text: string[]; subtitle: string[] };
  /** What the chart shows, with the numbers: for those who do not see it. */
  description: string;
  // deno-lint-ignore no-explicit-any -- Vega-Lite's own words, which somebody may edit
  [key: string]: any;
}

/** What every chart can be told. */
export interface ChartOptions {
  /** The finding, in a sentence; without it the title only says what is drawn. */
  readonly title?: string;
  /** A sentence to stand under the title, before the reading aid. */
  readonly caption?: string;
}

/** A chart's own words, made from its data. */
interface Words {
  /** What is drawn: "Time of each variant". */
  readonly title: string;
  /** How to read it. */
  readonly reading: string;
  /** What each part shows, by its name: read out to those who do not see it. */
  readonly facts: ReadonlyMap<string, string>;
  /** What goes for all of them. */
  readonly note?: string;
}

/** The options of a chart with nothing left open. */
type Settled<T> = { readonly [K in keyof T]: T[K] extends Kind<infer V> ? V : never } & {
  readonly title: string | undefined;
  readonly caption: string | undefined;
};

/**
 * Checks the options of a chart once, at its edge: title and caption, and those of its own.
 *
 * @throws {TypeError} for an option of another type, and for one that it does not know
 */
export function settle<const T extends Readonly<Record<string, Kind<unknown>>>>(
  name: string,
  options: object,
  own: T,
): Settled<T> {
  const all = { ...own, title: STRING.or(undefined), caption: STRING.or(undefined) };
  return resolve<unknown, typeof all>(`charts.${name}`, options, all) as Settled<T>;
}

/**
 * Puts words, theme and a Vega-Lite body together. The description, which is read out, is the title
 * and the caption that were given, what is drawn, and the facts.
 */
export function chart(
  words: Words,
  { title, caption: given }: Settled<unknown>,
  body: Readonly<Record<string, unknown>>,
): Chart {
  const caption = given && capital(given);
  const facts = [...words.facts].map(([name, fact]) => capital(name ? `${name}: ${fact}` : fact));
  const said = [title, caption, words.title, facts.join(". "), words.note];
  // A copy: whoever edits it edits this chart alone.
  return structuredClone({
    $schema: "https://vega.github.io/schema/vega-lite/v5.json",
    description: said.filter((part) => part !== undefined).map(sentence).join(" "),
    title: {
      text: lines(title ?? words.title, LINE.title),
      subtitle: [
        ...(caption === undefined ? [] : lines(caption, LINE.subtitle)),
        ...lines(words.reading, LINE.subtitle),
      ],
    },
    ...body,
    ...(caption === undefined ? {} : { usermeta: { ...body.usermeta as object, caption } }),
    config: HOUSE,
  });
}

/** With a full stop, where nothing else ends it. */
const sentence = (text: string) => /[.?!…]$/.test(text) ? text : `${text}.`;

/** A sentence in lines of at most so many characters. */
export function lines(sentence: string, room: number): string[] {
  return wrap(sentence, (line) => line.length, room);
}
