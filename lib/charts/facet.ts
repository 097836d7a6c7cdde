/** Letters of a header that a phone has room for. */
const ROOM = 40;

/**
 * A facet a value of a text field, one below the other in the order given, each under its name and
 * what is to be said of it: labels stand with what they label, on a phone too. Where one of them is
 * too long for that, all of them take two lines.
 */
export function facetBy(field: string, facts: ReadonlyMap<string, string>, spacing: number) {
  const long = [...facts].some(([name, fact]) => name.length + 2 + fact.length > ROOM);
  const headers = Object.fromEntries(
    [...facts].map(([name, fact]) => [name, long ? [name, fact] : `${name}: ${fact}`]),
  );
  return {
    facet: {
      field,
      sort: [...facts.keys()],
      header: {
        title: null,
        labelAnchor: "start",
        labelLineHeight: 17,
        labelExpr: `${JSON.stringify(headers)}[datum.value]`,
      },
    },
    columns: 1,
    spacing,
  };
}
