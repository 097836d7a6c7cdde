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

/** A tag with the text up to the next; `attributes` as they are written, each after a space. */
interface Tag {
  readonly start: string;
  readonly attributes: string;
  readonly end: string;
}

const TAG = /<(\/?)([A-Za-z][\w:-]*)((?:\s+[\w:-]+="[^"<]*")*)\s*(\/?>[^<]*)/gy;
const ATTRIBUTE = /\s+([\w:-]+)="([^"]*)"/g;
const COLOUR = / (fill|stroke|stop-color)="([^"]*)"/g;
const ELEMENTS = new Set(
  "svg g path rect circle line text tspan defs clipPath linearGradient radialGradient stop"
    .split(" "),
);

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
  const tags = read(light, prefix), others = read(dark, prefix);
  if (tags.map(shape).join("") !== others.map(shape).join("")) {
    return { light: tags.map(write).join(""), dark: read(dark, `${prefix}d`).map(write).join("") };
  }
  const svg = tags.map((tag, i) => {
    const onDark = [...others[i].attributes.matchAll(COLOUR)];
    const classes = [...tag.attributes.matchAll(COLOUR)].flatMap(([, name, value], j) =>
      value === onDark[j][2] ? [] : [colours.className(name, onDark[j][2])]
    );
    if (classes.length === 0) return write(tag);
    return write({ ...tag, attributes: `${tag.attributes} class="${classes.join(" ")}"` });
  });
  return { svg: svg.join("") };
}

function read(svg: string, prefix: string): Tag[] {
  const tags: Tag[] = [];
  const ids = new Map<string, string>();
  const own = (id: string) => {
    if (!ids.has(id)) ids.set(id, `${prefix}-${ids.size}`);
    return ids.get(id)!;
  };
  let length = 0;
  for (const [whole, slash, name, written, end] of svg.trim().matchAll(TAG)) {
    if (!ELEMENTS.has(name)) throw new SyntaxError(`a chart with a <${name}> in it`);
    const attributes = written.replace(ATTRIBUTE, (_, key: string, value: string) => {
      if (key === "class" || key.startsWith("xmlns")) return "";
      const inner = /^url\(#([^)]+)\)$/.exec(value);
      if (
        /^on|href$|^style$/i.test(key) || (/url\(/i.test(value) && !inner && key !== "aria-label")
      ) {
        throw new SyntaxError(`a chart with ${key}=${JSON.stringify(value)} in it`);
      }
      return ` ${key}="${key === "id" ? own(value) : inner ? `url(#${own(inner[1])})` : value}"`;
    });
    // Vega gives marks that hold nothing a role all the same; one without a name is no symbol.
    const isNone = attributes.includes(' role="graphics-symbol"') &&
      !attributes.includes(" aria-label=");
    const role = / (role|aria-roledescription)="[^"]*"/g;
    tags.push({
      start: `<${slash}${name}`,
      attributes: isNone ? attributes.replace(role, "") : attributes,
      end,
    });
    length += whole.length;
  }
  if (length !== svg.trim().length) {
    throw new SyntaxError("a chart that is no SVG as Vega writes it");
  }
  return tags;
}

/** A tag but for its colours. */
function shape({ start, attributes, end }: Tag): string {
  return start + attributes.replace(COLOUR, " $1") + end;
}

function write({ start, attributes, end }: Tag): string {
  return start + attributes + end;
}
