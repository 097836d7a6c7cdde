import type { Element, ElementContent, Root } from "hast";
import { createHighlighterCore, type HighlighterCore } from "shiki/core";
import { createJavaScriptRegexEngine } from "shiki/engine/javascript";
import { visit } from "unist-util-visit";

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
  ...{ console: "bash", shell: "bash", sh: "bash", js: "javascript", mjs: "javascript" },
  ...{ py: "python", python3: "python", rs: "rust", ts: "typescript", yml: "yaml" },
};

/** The light theme's colour of all that has no part of its own. */
const PLAIN = "color:#1F2328";

/** Code longer than this is set plain, characters. */
const LIMIT = 100_000;

let highlighter: Promise<HighlighterCore> | undefined;

function shiki(): Promise<HighlighterCore> {
  return highlighter ??= createHighlighterCore({
    themes: [
      import("shiki/themes/github-light-default.mjs"),
      import("shiki/themes/github-dark-default.mjs"),
    ],
    langs: [],
    engine: createJavaScriptRegexEngine(),
  });
}

/**
 * Code as a `<pre>`, coloured where its language is known. Tokens carry classes that `colours`
 * hands out; both schemes' colours are in its rules.
 */
export async function highlight(
  source: string,
  language: string,
  colours: CodeColours,
): Promise<Element> {
  const name = ALIASES[language] ?? language;
  const load = Object.hasOwn(GRAMMARS, name) ? GRAMMARS[name] : undefined;
  if (load === undefined || source.length > LIMIT) return pre([{ type: "text", value: source }]);
  const core = await shiki();
  if (!core.getLoadedLanguages().includes(name)) {
    await core.loadLanguage(load() as Parameters<HighlighterCore["loadLanguage"]>[0]);
  }
  const tree = core.codeToHast(source, {
    lang: name,
    themes: { light: "github-light-default", dark: "github-dark-default" },
    defaultColor: false,
    // The theme's grey of comments is too faint for the shade that code stands on.
    colorReplacements: { "github-light-default": { "#6e7781": "#59636e" } },
    // By the clock, a busy machine would colour less than an idle one.
    tokenizeTimeLimit: 0,
  }) as Root;
  const tokens: ElementContent[] = [];
  visit(tree, "element", (element: Element) => {
    if (element.tagName !== "code") return;
    for (const line of element.children) {
      if (line.type !== "element") tokens.push(line);
      else tokens.push(...line.children.map((token) => colours.coloured(token)));
    }
  });
  return pre(tokens);
}

function pre(children: ElementContent[]): Element {
  const code: Element = { type: "element", tagName: "code", properties: {}, children };
  return { type: "element", tagName: "pre", properties: { tabIndex: 0 }, children: [code] };
}

/** The colours that the code of one page uses, by class. */
export class CodeColours {
  readonly #classes = new Map<string, string>();

  /** A token with a class in place of its style; one in the text's own colour is only text. */
  coloured(token: ElementContent): ElementContent {
    if (token.type !== "element") return token;
    const style = String(token.properties.style ?? "");
    const text = token.children[0];
    if (style === "" || (text.type === "text" && text.value.trim() === "")) return text;
    const [light, dark] = ["light", "dark"].map((scheme) => declarations(style, scheme));
    if (light === PLAIN) return text;
    const key = `${light}|${dark}`;
    if (!this.#classes.has(key)) this.#classes.set(key, `s${this.#classes.size}`);
    return { ...token, properties: { className: [this.#classes.get(key)!] } };
  }

  /** The rules for pages of one scheme. */
  css(scheme: "light" | "dark"): string {
    return [...this.#classes].map(([key, name]) => {
      const [light, dark] = key.split("|");
      return `.${name}{${scheme === "light" ? light : dark}}`;
    }).join("");
  }
}

function declarations(style: string, scheme: string): string {
  return [...style.matchAll(/--shiki-(light|dark)((?:-[a-z-]+)?):([^;]+)/g)]
    .filter(([, which, name]) => which === scheme && name !== "-bg")
    .map(([, , name, value]) => `${name === "" ? "color" : name.slice(1)}:${value}`)
    .join(";");
}
