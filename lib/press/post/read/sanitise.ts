import type { Element, Root } from "hast";
import { defaultSchema, sanitize, type Schema } from "hast-util-sanitize";
import { visit } from "unist-util-visit";

const TABLE_CELL = ["align", "colSpan", "rowSpan", "scope"];

/**
 * GitHub's list of what may stand in a document, without what fetches (a source, a picture from
 * elsewhere) or asks (an input), and with captions. Styles, scripts and handlers are not in it.
 */
const SCHEMA: Schema = {
  ...defaultSchema,
  clobberPrefix: "",
  tagNames: [
    ...defaultSchema.tagNames!.filter((name) => !["input", "picture", "source"].includes(name)),
    ...["abbr", "caption", "figcaption", "figure", "mark", "small", "time", "u"],
  ],
  attributes: {
    ...defaultSchema.attributes,
    "*": ["title", "lang", "dir", "id", "width", "height"],
    a: [...defaultSchema.attributes!.a, "id"],
    img: ["src", "alt"],
    td: TABLE_CELL,
    th: TABLE_CELL,
    ol: ["start", "reversed"],
    details: ["open"],
    time: ["dateTime"],
  },
  protocols: {
    href: ["http", "https", "mailto", "lab-post"],
    src: ["lab-picture"],
  },
  strip: [
    ...["script", "style", "template", "title", "noscript", "svg", "math", "iframe", "object"],
    ...["embed", "select", "textarea", "audio", "video", "canvas"],
  ],
};

/**
 * A tree without anything that runs, restyles the page or fetches. A tick box becomes the sign
 * for one, alignment an attribute; ids become the tree's own by `prefix`, so that trees can share
 * a page, and links to them follow.
 */
export function sanitised(tree: Root, prefix: string): Root {
  visit(tree, "element", (element: Element, index, parent) => {
    const { tagName, properties } = element;
    if (tagName === "input" && properties.type === "checkbox" && parent && index !== undefined) {
      const ticked = properties.checked !== undefined && properties.checked !== false;
      parent.children[index] = { type: "text", value: ticked ? "☑" : "☐" };
    }
    const align = /(?:^|;)\s*text-align:\s*(left|right|center)/i.exec(String(properties.style));
    if (align !== null) properties.align = align[1].toLowerCase();
  });
  const clean = sanitize(tree, SCHEMA) as Root;
  ownIds(clean, prefix);
  return clean;
}

function ownIds(tree: Root, prefix: string): void {
  const ids = new Set<string>();
  visit(tree, "element", ({ properties }: Element) => {
    if (properties.id === undefined) return;
    const id = String(properties.id).trim().replace(/\s+/g, "-");
    if (id === "" || ids.has(id)) delete properties.id;
    else properties.id = prefix + id;
    ids.add(id);
  });
  visit(tree, "element", ({ properties }: Element) => {
    if (typeof properties.href === "string" && properties.href.startsWith("#")) {
      const id = properties.href.slice(1);
      if (ids.has(id)) properties.href = `#${prefix}${id}`;
    }
    for (const name of ["ariaDescribedBy", "ariaLabelledBy"]) {
      const named = [properties[name] ?? []].flat().map(String).filter((id) => ids.has(id));
      if (named.length > 0) properties[name] = named.map((id) => prefix + id);
      else delete properties[name];
    }
  });
}
