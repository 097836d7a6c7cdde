import type { Element, Properties, Root, Text } from "hast";
import { defaultSchema, sanitize, type Schema } from "hast-util-sanitize";
import { h } from "hastscript";
import { visit } from "unist-util-visit";
import type { Notes } from "./notes.ts";

const TABLE_CELL = ["align", "colSpan", "rowSpan", "scope"];

/**
 * GitHub's list of what may stand in a document, without what fetches (a source, a picture from
 * elsewhere) or asks (an input), and with captions. Styles, scripts and handlers are not in it.
 */
const SCHEMA: Schema = {
  ...defaultSchema,
  clobberPrefix: "",
  tagNames: [
    ...defaultSchema.tagNames!.filter((name) => !["picture", "source"].includes(name)),
    ...["abbr", "caption", "figcaption", "figure", "mark", "small", "time", "u"],
  ],
  attributes: {
    ...defaultSchema.attributes,
    "*": ["title", "lang", "dir", "id", "width", "height"],
    a: [...defaultSchema.attributes!.a, "id"],
    code: [["className", /^language-./, "math-inline", "math-display"]],
    img: ["src", "alt"],
    input: [["type", "checkbox"], ["disabled", true], "checked"],
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

/** What a page cannot hold and readers would miss, by element. */
const MISSED: Record<string, string> = {
  iframe: "an embedded page",
  video: "a video",
  audio: "a sound",
  object: "an embedded object",
  embed: "an embedded object",
  canvas: "a drawing by a script",
  select: "a control",
  textarea: "a control",
  input: "a control",
  math: "a formula in MathML",
};

/**
 * A tree without anything that runs, restyles the page or fetches. Alignment becomes an attribute, a
 * name an id; what readers would miss leaves a note.
 */
export function sanitised(tree: Root, notes: Notes): Root {
  visit(tree, "element", (element: Element, index, parent) => {
    const { tagName, properties } = element;
    const align = /(?:^|;)\s*text-align:\s*(left|right|center)/i.exec(String(properties.style));
    if (align !== null) properties.align = align[1].toLowerCase();
    if (tagName === "img") giveSize(properties);
    if (tagName === "a" && properties.id === undefined && properties.name !== undefined) {
      properties.id = properties.name;
    }
    if (/background[^;]*url\(/i.test(String(properties.style))) {
      element.children.unshift(missed("a picture behind it", {}, notes));
    }
    if (tagName === "progress" || tagName === "meter") {
      const { value = "?", max = 1 } = properties;
      parent!.children[index!] = { type: "text", value: `[${value} of ${max}]` };
    }
    if (!Object.hasOwn(MISSED, tagName)) return;
    if (tagName === "input" && properties.type === "checkbox") return;
    const told = properties.type === "hidden" ? [] : [missed(MISSED[tagName], properties, notes)];
    parent!.children.splice(index!, 1, ...told);
    return index! + told.length;
  });
  return sanitize(tree, SCHEMA) as Root;
}

/** Makes, in place, the size that a picture's author gives it attributes in px or %: a style goes first. */
function giveSize(properties: Properties): void {
  for (const side of ["width", "height"]) {
    const inStyle = new RegExp(`(?:^|;)\\s*${side}:\\s*([\\d.]+(?:px|%))`, "i");
    const given = inStyle.exec(String(properties.style))?.[1] ?? properties[side];
    if (given !== undefined) properties[side] = String(given).replace(/px$/i, "");
  }
}

/** The sign for a tick box, ticked or not. */
export function tickBox(box: Element): Text {
  return { type: "text", value: box.properties.checked ? "☑" : "☐" };
}

function missed(what: string, { src, data }: Properties, notes: Notes): Element {
  const address = String(src ?? data ?? "");
  const from = /^(https?:)?\/\//.test(address) ? ` (${address.slice(0, 200)})` : "";
  return h("em", notes.leaveOut(what + from, "a post is text and pictures"));
}
