import type { Element, Root } from "hast";
import { toString } from "hast-util-to-string";
import { h } from "hastscript";
import { visit } from "unist-util-visit";
import { drawingInHtml } from "./drawing.ts";
import type { Links } from "./links.ts";

/** Puts pictures, in place, where drawings stand in HTML. */
export function liftDrawings(tree: Root, links: Links): void {
  const whole = structuredClone(tree);
  const drawings: Element[] = [];
  visit(whole, "element", (node) => {
    if (node.tagName !== "svg") return;
    drawings.push(node);
    return "skip";
  });
  visit(tree, "element", (node, index, parent) => {
    if (node.tagName !== "svg") return;
    // Of the whole as it was: one drawing may use shapes in another.
    const asItWas = drawings.shift()!;
    const drawn = isHidden(node) ? null : drawingInHtml(asItWas, whole);
    const put = drawn === null ? [] : [
      h("img", { src: `lab-picture:${links.shelf.addDrawing(drawn).file}`, alt: altOf(node) }),
      ...drawn.without.map((part) =>
        h("em", links.notes.note(`a drawing is shown without ${part}`))
      ),
    ];
    parent!.children.splice(index!, 1, ...put);
    return ["skip", index! + put.length];
  });
}

/** Whether it only holds shapes for others. */
function isHidden({ properties: { style, width, height } }: Element): boolean {
  return /display:\s*none|visibility:\s*hidden/.test(String(style)) ||
    [width, height].some((size) => size !== undefined && parseFloat(String(size)) === 0);
}

/** What a drawing says of itself: a label, its title, its description. */
function altOf({ properties: { ariaLabel, ariaHidden }, children }: Element): string {
  if (String(ariaHidden) === "true") return "";
  const named = ["title", "desc"].map((name) =>
    children.find((node) => (node as Element).tagName === name)
  ).find((node) => node !== undefined);
  const words = String(ariaLabel ?? (named === undefined ? "" : toString(named)));
  return words.replace(/\s+/g, " ").trim() || "A drawing without a description.";
}
