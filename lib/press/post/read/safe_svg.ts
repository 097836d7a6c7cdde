import { fromHtml } from "hast-util-from-html";
import { sanitize, type Schema } from "hast-util-sanitize";
import { toHtml } from "hast-util-to-html";
import type { Element, Root } from "hast";

const SHAPES = "svg g defs symbol use path rect circle ellipse line polyline polygon text tspan " +
  "title desc clipPath mask pattern linearGradient radialGradient stop marker filter " +
  "feGaussianBlur feOffset feBlend feColorMatrix feComposite feFlood feMerge feMergeNode";

/** Attributes of shapes that hold numbers, words or colours, by the names trees give them. */
const LOOKS = "id x y x1 y1 x2 y2 cx cy r rx ry d dx dy points width height viewBox transform " +
  "fill fillOpacity fillRule clipRule stroke strokeWidth strokeOpacity strokeLineCap " +
  "strokeLineJoin strokeDashArray strokeDashOffset strokeMiterLimit opacity color stopColor " +
  "stopOpacity offset gradientUnits gradientTransform patternUnits patternTransform fontFamily " +
  "fontSize fontWeight fontStyle textAnchor dominantBaseline alignmentBaseline letterSpacing " +
  "preserveAspectRatio markerUnits markerWidth markerHeight refX refY orient in in2 stdDeviation " +
  "result mode values type operator role ariaLabel ariaHidden ariaRoleDescription xmlns " +
  "clipPath clipPathUnits mask maskUnits filter markerStart markerMid markerEnd style";

const SCHEMA: Schema = {
  tagNames: SHAPES.split(" "),
  attributes: { "*": LOOKS.split(" "), use: ["href", "xLinkHref"] },
  strip: ["script", "style", "foreignObject", "metadata", "image", "a"],
  clobberPrefix: "",
  clobber: [],
};

/** An SVG without script, styles of the page, links and whatever it would fetch; null for none. */
export function safeSVG(text: string): string | null {
  const start = text.search(/<svg[\s>]/i);
  if (start < 0) return null;
  const parsed = fromHtml(text.slice(start), { fragment: true });
  const tree = sanitize(parsed, SCHEMA) as Root;
  const svg = tree.children.find((node) => node.type === "element" && node.tagName === "svg");
  if (svg === undefined) return null;
  keepWithin(svg as Element);
  (svg as Element).properties.xmlns = "http://www.w3.org/2000/svg";
  (svg as Element).properties.xmlnsXLink = "http://www.w3.org/1999/xlink";
  return toHtml(svg, { space: "svg", closeEmptyElements: true }) + "\n";
}

/** Takes off every value that leads out of the drawing. */
function keepWithin(element: Element): void {
  for (const [name, value] of Object.entries(element.properties)) {
    const text = String(value);
    const leads = /href$/i.test(name)
      ? !text.startsWith("#")
      : /url\(\s*["']?(?!["']?#)|@import|expression\(|\\/i.test(text);
    if (leads) delete element.properties[name];
  }
  for (const child of element.children) if (child.type === "element") keepWithin(child);
}
