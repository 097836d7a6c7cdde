import type { Element } from "hast";
import { h } from "hastscript";
import { createCssVariablesTheme, createHighlighterCore, type HighlighterCore } from "shiki/core";
import { createOnigurumaEngine } from "shiki/engine/oniguruma";
import { bundledLanguages } from "shiki/langs";

/** Code longer than this is set plain, characters. */
const LIMIT = 100_000;

let highlighter: Promise<HighlighterCore> | undefined;

/** Says what a token is, not what colour it has: the page's sheet has the colours of both schemes. */
const THEME = createCssVariablesTheme({ fontStyle: false });

function shiki(): Promise<HighlighterCore> {
  // The engine that grammars are written for: to translate their rules into JavaScript's takes longer.
  const engine = createOnigurumaEngine(import("shiki/wasm"));
  return highlighter ??= createHighlighterCore({ themes: [THEME], langs: [], engine });
}

/**
 * Code as a `<pre>`, its tokens in classes such as `s-keyword` where its language is known, by
 * whatever name people give it.
 */
export async function colour(source: string, language: string): Promise<Element> {
  const known = Object.hasOwn(bundledLanguages, language);
  if (!known || source.length > LIMIT) return pre([source]);
  const core = await shiki();
  if (!core.getLoadedLanguages().includes(language)) {
    await core.loadLanguage(bundledLanguages[language as keyof typeof bundledLanguages]);
  }
  // By the clock, a busy machine would colour less than an idle one.
  const options = { lang: language, theme: THEME.name!, tokenizeTimeLimit: 0 };
  return pre(
    core.codeToTokensBase(source, options).flatMap((line, i) => [
      ...i === 0 ? [] : ["\n"],
      ...line.map(({ content, color }) => {
        const [, kind] = /-token-(keyword|string|constant|function|comment)/.exec(color ?? "") ??
          [];
        return kind === undefined ? content : h("span", { className: [`s-${kind}`] }, content);
      }),
    ]),
  );
}

function pre(children: (Element | string)[]): Element {
  return h("pre", { tabIndex: 0 }, h("code", children));
}
