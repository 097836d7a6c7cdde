/** The one script that a page may hold: Vega, with which readers move the sliders of its charts. */
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { findPackageJSON } from "node:module";
import { dirname, join } from "node:path";
import { zonedDate } from "../../../render/stand_alone.ts";

let loaded: ReturnType<typeof load> | undefined;

/**
 * The script, and the source that a page's policy allows it by. Made once; only pages with a chart to
 * explore carry it (half a megabyte).
 */
export function liveScript(): ReturnType<typeof load> {
  return loaded ??= load();
}

async function load() {
  // The imports make the packages present; only their files are wanted.
  await Promise.all([import("vega"), import("vega-interpreter")]);
  const [vega, interpreter] = await Promise.all([
    readBuild("vega", "vega.min.js"),
    readBuild("vega-interpreter", "vega-interpreter.js"),
  ]);
  const text = `${vega.trim()};
(() => {
const vega = globalThis.vega;
const interpreter = (() => {
${asFunction(interpreter)}
})();
const zonedDate = ${zonedDate};
(${explore})(vega, interpreter, zonedDate, globalThis);
})();`.replaceAll("\r\n", "\n");
  if (/<\/script|<!--/i.test(text)) throw new Error("a script that would end before its end");
  const hash = createHash("sha256").update(text).digest("base64");
  return { text, policy: `script-src 'sha256-${hash}'` };
}

async function readBuild(name: string, file: string): Promise<string> {
  const manifest = findPackageJSON(name, import.meta.url);
  if (manifest === undefined) throw new Error(`the package ${name} has no place on disk`);
  return await readFile(join(dirname(manifest), "build", file), "utf8");
}

/** The interpreter is a module; its one import is a part of Vega, its one export what it is. */
function asFunction(module: string): string {
  const text = module.replace(/^import (\{[^}]*\}) from 'vega-util';/m, "const $1 = vega;")
    .replace(/^export \{ (\w+) as expressionInterpreter \};[^]*$/m, "return $1;");
  if (/^(import|export) /m.test(text)) throw new Error("vega-interpreter is not as it was");
  return text;
}

/**
 * What runs in the page: each chart with sliders takes the place of its still picture once it is
 * drawn, in the reader's colours and width, and keeps what the sliders say where those change.
 */
// deno-lint-ignore no-explicit-any
function explore(vega: any, interpreter: any, zonedDate: any, window: any): void {
  vega.expressionFunction("zonedDate", zonedDate);
  const dark = window.matchMedia("(prefers-color-scheme:dark)");
  const phone = window.matchMedia("(max-width:34rem)");
  for (const figure of window.document.querySelectorAll("figure.live")) {
    const live = JSON.parse(figure.querySelector("script").textContent);
    const place = figure.querySelector(".explore");
    // deno-lint-ignore no-explicit-any
    let view: any;
    const draw = async () => {
      const drawing = phone.matches ? live.narrow ?? live.wide : live.wide;
      const next = new vega.View(
        vega.parse(dark.matches ? drawing.dark : drawing.light, undefined, { ast: true }),
        { expr: interpreter, renderer: "svg" },
      );
      if (view !== undefined) {
        for (const name of live.bound) next.signal(name, view.signal(name));
        view.finalize();
      }
      view = next;
      place.replaceChildren();
      await view.initialize(place).hover().runAsync();
      figure.classList.add("explored");
    };
    draw();
    for (const query of [dark, phone]) query.addEventListener("change", draw);
  }
}
