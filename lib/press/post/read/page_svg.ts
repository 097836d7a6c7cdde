/** Charts as they stand in a page: one drawing whose colours follow the reader's setting. */

/** A tag with the text up to the next. */
const TAG = /<(\/?)([A-Za-z][\w:-]*)((?:\s+[\w:-]+="[^"<]*")*)\s*(\/?>[^<]*)/gy;
const ATTRIBUTE = /\s+([\w:-]+)="([^"]*)"/g;
const COLOUR = / (fill|stroke|stop-color)="(?!none)([^"]*)"/g;
const ELEMENTS = new Set(
  "svg g path rect circle line text tspan defs clipPath linearGradient radialGradient stop"
    .split(" "),
);

/**
 * One SVG out of a light and a dark drawing of the same chart: the light one, in which whatever has
 * another colour on a dark page says both. Where they differ in more, the light one as it is.
 *
 * Only the few elements that charts are made of are let through; ids start with `prefix`.
 * @throws {SyntaxError} for a drawing that holds anything else.
 */
export function pageSVG(light: string, dark: string, prefix: string): string {
  const day = checked(light, prefix), night = checked(dark, prefix);
  const shape = (svg: string) => svg.replace(COLOUR, " $1");
  if (shape(day) !== shape(night)) return day;
  const others = night.matchAll(COLOUR);
  return day.replace(COLOUR, (whole, name: string, colour: string) => {
    const [, , other] = others.next().value!;
    return colour === other ? whole : ` ${name}="light-dark(${colour},${other})"`;
  });
}

function checked(drawing: string, prefix: string): string {
  const svg = drawing.trim();
  // They are numbered: another start makes them the page's own, and those of both schemes one.
  const own = (id: string) => `${prefix}-${id.slice(id.lastIndexOf("-") + 1)}`;
  if (svg.replace(TAG, "") !== "") {
    throw new SyntaxError("a chart that is no SVG as Vega writes it");
  }
  return svg.replace(TAG, (_, slash: string, name: string, written: string, end: string) => {
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
    return `<${slash}${name}${isNone ? attributes.replace(role, "") : attributes}${end}`;
  });
}
