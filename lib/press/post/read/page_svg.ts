/** Charts as they stand in a page: one drawing whose colours follow the reader's setting. */

/** Colours by class: what an element of that class has on a dark page. */
export class DarkColours {
  readonly #classes = new Map<string, string>();

  /** The class under which `property` is `colour` where the page is dark. */
  className(property: string, colour: string): string {
    const rule = `${property}:${colour}`;
    if (!this.#classes.has(rule)) this.#classes.set(rule, `d${this.#classes.size}`);
    return this.#classes.get(rule)!;
  }

  /** The rules, to stand in a query for dark pages. */
  css(): string {
    return [...this.#classes].map(([rule, name]) => `.${name}{${rule}}`).join("");
  }
}

interface Tag {
  readonly name: string;
  readonly closing: boolean;
  readonly empty: boolean;
  readonly attributes: Map<string, string>;
  /** Text up to the next tag. */
  readonly text: string;
}

const TAG = /<(\/?)([A-Za-z][\w:-]*)((?:\s+[\w:-]+="[^"<]*")*)\s*(\/?)>([^<]*)/gy;
const ELEMENTS = new Set(
  "svg g path rect circle line text tspan defs clipPath linearGradient radialGradient stop"
    .split(" "),
);
const COLOURS = ["fill", "stroke", "stop-color"];

/**
 * One SVG out of a light and a dark drawing of the same chart: the light one, in which whatever
 * has another colour on a dark page carries a class that says so. Two where they differ in more.
 *
 * Only the few elements that charts are made of are let through; ids start with `prefix`.
 * @throws {SyntaxError} for a drawing that holds anything else.
 */
export function pageSVG(
  light: string,
  dark: string,
  prefix: string,
  colours: DarkColours,
): { readonly svg: string } | { readonly light: string; readonly dark: string } {
  const tags = read(light, prefix);
  const others = read(dark, prefix);
  if (tags.length !== others.length || tags.some((tag, i) => shape(tag) !== shape(others[i]))) {
    return { light: write(tags), dark: write(read(dark, `${prefix}d`)) };
  }
  for (const [i, { attributes }] of tags.entries()) {
    const classes = COLOURS.filter((name) =>
      attributes.get(name) !== others[i].attributes.get(name)
    )
      .map((name) => colours.className(name, others[i].attributes.get(name)!));
    if (classes.length > 0) attributes.set("class", classes.join(" "));
  }
  return { svg: write(tags) };
}

function read(svg: string, prefix: string): Tag[] {
  const tags: Tag[] = [];
  const ids = new Map<string, string>();
  const own = (id: string) => {
    if (!ids.has(id)) ids.set(id, `${prefix}-${ids.size}`);
    return ids.get(id)!;
  };
  let end = 0;
  for (const match of svg.trim().matchAll(TAG)) {
    const [whole, slash, name, written, empty, text] = match;
    if (!ELEMENTS.has(name)) throw new SyntaxError(`a chart with a <${name}> in it`);
    const attributes = new Map<string, string>();
    for (const [, key, value] of written.matchAll(/([\w:-]+)="([^"]*)"/g)) {
      if (key === "class" || key.startsWith("xmlns")) continue;
      const inner = /^url\(#([^)]+)\)$/.exec(value);
      if (
        /^on|href$|^style$/i.test(key) || (/url\(/i.test(value) && !inner && key !== "aria-label")
      ) {
        throw new SyntaxError(`a chart with ${key}=${JSON.stringify(value)} in it`);
      }
      attributes.set(key, key === "id" ? own(value) : inner ? `url(#${own(inner[1])})` : value);
    }
    // Vega gives marks that hold nothing a role all the same; one without a name is no symbol.
    if (attributes.get("role") === "graphics-symbol" && !attributes.has("aria-label")) {
      attributes.delete("role");
      attributes.delete("aria-roledescription");
    }
    tags.push({ name, closing: slash !== "", empty: empty !== "", attributes, text });
    end = match.index + whole.length;
  }
  if (end !== svg.trim().length) throw new SyntaxError("a chart that is no SVG as Vega writes it");
  return tags;
}

/** A tag but for its colours. */
function shape({ name, closing, attributes, text }: Tag): string {
  const rest = [...attributes].map(([key, value]) => COLOURS.includes(key) ? key : key + value);
  return [name, closing, ...rest, text].join("\u0001");
}

function write(tags: readonly Tag[]): string {
  return tags.map(({ name, closing, empty, attributes, text }) => {
    const written = [...attributes].map(([key, value]) => ` ${key}="${value}"`).join("");
    return `<${closing ? "/" : ""}${name}${written}${empty ? "/" : ""}>${text}`;
  }).join("");
}
