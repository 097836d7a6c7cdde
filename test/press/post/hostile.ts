/** A notebook that means harm, or was made without care. Nothing in it may run, leak or break. */
import { charts } from "../../../lib/mod.ts";
import type { Notebook } from "../../../lib/press/notebook/notebook.ts";
import { code, display, notebook, printed, prose, raw, shown } from "./manuscript.ts";

/** Every script in the notebook would leave this in the page. */
const MARK = "pwned";
const SCRIPT = `<script>document.title="${MARK}"</script>`;
const HANDLER = `<img src="x" onerror="document.title='${MARK}'">`;

const DOT =
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGP4//8/AAX+Av4N70a4AAAAAElFTkSuQmCC";

/** JSON is YAML. */
const yaml = (fields: Record<string, unknown>) => JSON.stringify(fields, null, 1);

export async function hostile(): Promise<Notebook> {
  const bars = [{ label: `${SCRIPT}${HANDLER}`, value: 3, unit: "s" }];
  const chart = charts.study([...bars, { label: "{{ 7 }} {% x %}", value: 1, unit: "s" }], {
    title: `${SCRIPT} in a title {{< figure >}} {% raw %}`,
  });
  const spec = (extra: object) => ({
    $schema: "https://vega.github.io/schema/vega-lite/v5.json",
    data: { values: [{ a: 1, url: "https://evil.example/x.png" }] },
    mark: "point",
    encoding: { x: { field: "a", type: "quantitative" } },
    ...extra,
  });
  const vega = "application/vnd.vegalite.v5+json";
  return notebook(
    raw(yaml({
      title: `${SCRIPT}"quoted" {{ site.title }} {% raw %}`,
      description: `${HANDLER} & {{< x >}}`,
      date: "2026-03-15",
      tags: [SCRIPT, '"]'],
      author: '<b onclick="x">A. Nonymous</b>',
      slug: "hostile",
    })),
    prose(`# ${SCRIPT}\n\n${SCRIPT} and ${HANDLER} and [a link](javascript:alert(1)) and
<iframe src="https://evil.example/"></iframe><style>body{display:none}</style>
<svg onload="alert(1)"><script>alert(1)</script></svg>
<form action="https://evil.example/"><input name="q" autofocus onfocus="alert(1)"></form>
<a href="&#106;avascript:alert(1)" style="position:fixed;inset:0">cover</a>
<details><summary>kept</summary>inside</details><kbd>Ctrl</kbd>`),
    prose(
      "![far](https://evil.example/track.png) ![gone](missing.png) " +
        "![up](../../../../etc/passwd) ![rooted](/etc/hostname) [there](01_other.ipynb) " +
        "![att](attachment:none.png) ![svg](data:image/svg+xml,%3Csvg%20onload=alert(1)%3E%3C/svg%3E)",
    ),
    prose(
      "Liquid {{ 7 | times: 6 }} and {% unknown %} and Hugo {{< unknown >}} {{% unknown %}} in prose," +
        " `{{ 7 }}`, `{% endraw %}`, `{{< unknown >}}`, `{{<`, a | bar, {: .class} and $$x$$.\n\n: not a list\n\n" +
        "- [ ] open\n- [x] done\n\n| a | `b \\| c` {{ 1 }} |\n|---|---|\n| {% x %} | `{{ 1 }}` |",
    ),
    prose(
      `$\\text{</math>${SCRIPT}}$, $\\href{javascript:alert(1)}{x}$, $\\def\\a{\\a\\a}\\a$, ` +
        "$\\color{red;background:url(https://evil.example/c)}x$, $\\style{position:fixed}{x}$, " +
        `$\\rule{9999em}{9999em}$, $\\includegraphics{https://evil.example/g.png}$, $${
          "{".repeat(500)
        }`,
    ),
    code(
      'const t = "{{ 7 }} {% unknown %} {% endraw %} {{% x %}} {{< x a="1" >}} {{</* x */>}} {{< open";\n' +
        "/* {%- endraw -%} */ `${{}}`;\n// {%raw%} ```\n````",
    ),
    code("out();", [
      display({
        "text/html": `<b onmouseover="alert(1)">bold</b>${SCRIPT}${HANDLER}<table>` +
          `<tr><th>name<th>n</tr><tr><td>${SCRIPT}<td style="background:url(https://evil.example/b)">1</tr>`,
      }),
      display({ "text/markdown": `**m** ${SCRIPT} [x](vbscript:x) ![y](http://evil.example/y)` }),
      display({
        "image/svg+xml":
          `<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)" width="9" height="9">` +
          `<script>alert(1)</script><foreignObject><body onload="alert(1)"/></foreignObject>` +
          `<a href="javascript:alert(1)"><rect width="9" height="9"/></a><image href="https://evil.example/i"/>` +
          `<rect width="5" height="5" style="fill:url(https://evil.example/f)"/></svg>`,
      }),
      display({ "application/javascript": `document.title="${MARK}"` }),
      display({ "application/x-unheard-of": { a: 1 }, "x<script>/y": "z" }),
      display({ "image/png": "bm90IGEgcGljdHVyZQ==", "text/plain": "a broken picture" }),
      display({ "image/png": DOT, "text/plain": `a "dot" {{ 7 }} {{< x >}} ${SCRIPT}` }, {
        "image/png": { width: 20 },
      }),
      display({ "text/plain": `${SCRIPT}\u001b[31mred\u001b[0m` }),
      { output_type: "error", ename: "E<b>", evalue: SCRIPT, traceback: [`\u001b[31m${SCRIPT}`] },
      printed(`${SCRIPT}\u0000\u0007 {{ x }} {% y %}\n`),
    ]),
    code("chart();", [await shown(chart)]),
    code("specs();", [
      display({ [vega]: spec({ mark: "image", encoding: { url: { field: "url" } } }) }),
      display({ [vega]: spec({ mark: { type: "point", href: "javascript:alert(1)" } }) }),
      display({ [vega]: spec({ data: { url: "https://evil.example/data.json" } }) }),
      display({ [vega]: spec({ mark: "nonsense" }), "text/plain": "what a broken chart says" }),
      display({ [vega]: spec({ data: { values: [] } }) }),
    ]),
    code("big();", [
      printed("a line of a very long output\n".repeat(300_000)),
      display({ "text/plain": "x".repeat(6_000_000) }),
      display({ "text/html": `<p>${"y".repeat(6_000_000)}</p>`, "text/plain": "a page of y" }),
    ]),
  );
}
