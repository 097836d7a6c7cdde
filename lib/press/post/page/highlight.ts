import type { Element } from "hast";
import { h } from "hastscript";
import { createCssVariablesTheme, createHighlighterCore, type HighlighterCore } from "shiki/core";
import { createJavaScriptRegexEngine } from "shiki/engine/javascript";

/** Grammars by the names people give languages. Loaded when a post first needs one. */
const GRAMMARS: Record<string, () => Promise<unknown>> = {
  bash: () => import("shiki/langs/bash.mjs"),
  css: () => import("shiki/langs/css.mjs"),
  diff: () => import("shiki/langs/diff.mjs"),
  go: () => import("shiki/langs/go.mjs"),
  html: () => import("shiki/langs/html.mjs"),
  javascript: () => import("shiki/langs/javascript.mjs"),
  json: () => import("shiki/langs/json.mjs"),
  python: () => import("shiki/langs/python.mjs"),
  rust: () => import("shiki/langs/rust.mjs"),
  sql: () => import("shiki/langs/sql.mjs"),
  toml: () => import("shiki/langs/toml.mjs"),
  typescript: () => import("shiki/langs/typescript.mjs"),
  yaml: () => import("shiki/langs/yaml.mjs"),
};
const ALIASES: Record<string, string> = {
  console: "bash",
  shell: "bash",
  sh: "bash",
  js: "javascript",
  mjs: "javascript",
  py: "python",
  python3: "python",
  rs: "rust",
  ts: "typescript",
  yml: "yaml",
};

/** Code longer than this is set plain, characters. */
const LIMIT = 100_000;

let highlighter: Promise<HighlighterCore> | undefined;

/** Says what a token is, not what colour it has: the page's sheet has the colours of both schemes. */
const THEME = createCssVariablesTheme({ fontStyle: false });

function shiki(): Promise<HighlighterCore> {
  const engine = createJavaScriptRegexEngine();
  return highlighter ??= createHighlighterCore({ themes: [THEME], langs: [], engine });
}

/** Code as a `<pre>`, its tokens in classes such as `s-keyword` where its language is known. */
export async function highlight(source: string, language: string): Promise<Element> {
  const name = ALIASES[language] ?? language;
  const load = Object.hasOwn(GRAMMARS, name) ? GRAMMARS[name] : undefined;
  if (load === undefined || source.length > LIMIT) return pre([source]);
  const core = await shiki();
  if (!core.getLoadedLanguages().includes(name)) {
    await core.loadLanguage(load() as Parameters<HighlighterCore["loadLanguage"]>[0]);
  }
  // By the clock, a busy machine would colour less than an idle one.
  const options = { lang: name, theme: THEME.name!, tokenizeTimeLimit: 0 };
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
