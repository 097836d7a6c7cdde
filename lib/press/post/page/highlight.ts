import type { Element } from "hast";
import { h } from "hastscript";
// @ts-types="./lowlight.d.ts"
import { all, createLowlight } from "lowlight";

/** Code longer than this is set plain, characters. */
const LIMIT = 100_000;

const lowlight = createLowlight(all);

/**
 * Code as a `<pre>`, its tokens in classes such as `s-keyword` where its language is known, by
 * whatever name people give it. These say what a token is, not what colour it has: the page's sheet has
 * the colours of both schemes.
 */
export function highlight(source: string, language: string): Element {
  const isKnown = lowlight.registered(language) && source.length <= LIMIT;
  const code = isKnown ? lowlight.highlight(language, source, { prefix: "s-" }).children : source;
  return h("pre", { tabIndex: 0 }, h("code", code as Element[] | string));
}
