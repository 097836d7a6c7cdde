/** The blocks of a post, as elements; what Markdown or HTML in a notebook gives joins them. */
import type { Element, ElementContent } from "hast";
import { h } from "hastscript";

/** Code, as Markdown's own fences give it. */
export function codeBlock(source: string, language: string): Element {
  return h("pre", h("code", { className: [`language-${language}`] }, source));
}

/** What a cell printed, or the text that its result is shown as. */
export function outputBlock(text: string, from: keyof typeof OUTPUTS): Element {
  const region = { tabIndex: 0, role: "region", ariaLabel: OUTPUTS[from] };
  return h("pre", { className: ["output", from], ...region }, h("samp", text));
}

const OUTPUTS = { error: "Error", stderr: "Messages", stdout: "Output", result: "Result" };

/** Stands in the place of something that a post cannot show, and says so. */
export function noteBlock(text: string): Element {
  return h("p", { className: ["note"] }, text);
}

/** A result that is a sentence. */
export function remarkBlock(text: string): Element {
  return h("p", { className: ["remark"] }, text);
}

/** A picture; `alt` is what it says in words. */
export function pictureBlock(file: string, alt: string, size: object): Element {
  return h("figure", h("img", { src: `lab-picture:${file}`, alt, ...size }));
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

/** What is folded away in a details element: what stands above it, and all but that. */
export function partsOf({ children }: Element): [summary: Element | undefined, ElementContent[]] {
  const summary = children.find((node) => (node as Element).tagName === "summary");
  return [summary as Element | undefined, children.filter((node) => node !== summary)];
}

/** The class names of an element. */
export function classesOf({ properties: { className } }: Element): string[] {
  return [className ?? []].flat().map(String);
}
