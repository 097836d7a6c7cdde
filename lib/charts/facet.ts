import type { Axis } from "./axes.ts";
import { lines } from "./chart.ts";
import { STRIP } from "./layers.ts";
import { WIDTH } from "./theme.ts";

/** Letters of a header that a phone has room for. */
const ROOM = 40;

/**
 * A plot a value of a text field, one below the other in the order given, each under its name and
 * what is to be said of it: labels stand with what they label. Where one is too long for a phone, all
 * take two lines or more there.
 */
export function facetBy(
  field: string,
  facts: ReadonlyMap<string, string>,
  spacing: number,
  spec: Readonly<Record<string, unknown>>,
) {
  const labelled = (join: (name: string, fact: string) => unknown) => {
    const headers = [...facts].map(([name, fact]) => [name, join(name, fact)]);
    return `${JSON.stringify(Object.fromEntries(headers))}[datum.value]`;
  };
  const long = [...facts].some(([name, fact]) => name.length + 2 + fact.length > ROOM);
  const narrow = { header: { labelExpr: labelled((name, fact) => [name, ...lines(fact, ROOM)]) } };
  const labelExpr = labelled((name, fact) => `${name}: ${fact}`);
  return {
    facet: {
      field,
      sort: [...facts.keys()],
      header: { title: null, labelAnchor: "start", labelLineHeight: 17, labelExpr },
    },
    columns: 1,
    spacing,
    ...(long ? { usermeta: { narrow: { facet: narrow } } } : {}),
    spec,
  };
}

/** A thin plot a variant, under what is to be said of it, on one x axis that is drawn once. */
export function strips(
  facts: ReadonlyMap<string, string>,
  x: Axis,
  height: number,
  layer: readonly unknown[],
) {
  const encoding = { x: { ...x.on, axis: x.axis }, y: STRIP };
  return facetBy("variant", facts, 10, { width: WIDTH - 30, height, encoding, layer });
}
