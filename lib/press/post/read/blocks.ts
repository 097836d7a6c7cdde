/** The blocks of a post, as elements; what Markdown or HTML in a notebook gives joins them. */
import type { Element, ElementContent, Root } from "hast";
import { h } from "hastscript";
import { visit } from "unist-util-visit";

/** Code, as Markdown's own fences give it. */
export function codeBlock(source: string, language: string): Element {
  return h("pre", h("code", { className: [`language-${language}`] }, source));
}

/** Stands in the place of something that a post cannot show, and says so. */
export function noteBlock(text: string): Element {
  return h("p", { className: ["note"] }, text);
}

/** The place of a chart of the post, by its name. */
export function chartBlock(name: string): Element {
  return h("figure", { dataChart: name });
}

/** The name of the chart whose place an element is; undefined for any other. */
export function chartOf({ tagName, properties }: Element): string | undefined {
  return tagName === "figure" ? properties.dataChart as string | undefined : undefined;
}

/** What a cell folds away, under a word. */
export function foldBlock(summary: string, children: ElementContent[]): Element {
  return h("details", { className: ["fold"] }, h("summary", summary), children);
}

/** The first element of this name among an element's children. */
export function childOf({ children }: Element | Root, name: string): Element | undefined {
  return (children as Element[]).find((node) => node.tagName === name);
}

/** Whether it, or an element within it, has such a name. */
export function holds(element: Element, name: RegExp): boolean {
  let found = false;
  visit(element, "element", (node) => void (found ||= name.test(node.tagName)));
  return found;
}

/** The class names of an element. */
export function classesOf({ properties: { className } }: Element): string[] {
  return [className ?? []].flat().map(String);
}
