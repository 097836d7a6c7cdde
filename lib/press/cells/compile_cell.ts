/** Whether a cell compiles, found out without a kernel: it would say nothing, or say it late. */
import { stripTypeScriptTypes } from "node:module";
import { importsAsTheKernelHasThem } from "../notebook/syntax.ts";

/** Said of a cell that is no plain TypeScript: Deno knows where, or that it is JSX. */
export const DOES_NOT_PARSE = "does not parse";

const AsyncFunction = (async () => {}).constructor as new (body: string) => unknown;

/**
 * What the JavaScript engine has against the cell, undefined when it has nothing.
 *
 * A cell is compiled as the body of an async function, in which the kernel's `await` may stand.
 * That is stricter than a cell only with `export` and decorators, so cells with these are let
 * through.
 */
export function compileError(source: string): string | undefined {
  let script: string;
  try {
    script = stripTypeScriptTypes(importsAsTheKernelHasThem(source), { mode: "transform" });
  } catch {
    return DOES_NOT_PARSE;
  }
  if (/^\s*(export\b|@\w)/m.test(script)) return undefined;
  try {
    new AsyncFunction(`"use strict";${script}`);
  } catch (error) {
    return (error as Error).message;
  }
  return illegalReturn(script);
}

/** A function body allows `return`, a static block does not; nor does it allow `await`. */
function illegalReturn(script: string): string | undefined {
  if (!/\breturn\b/.test(script)) return undefined;
  const withoutAwait = script.replace(/\bfor\s+await\b/g, "for").replace(/\bawait\b/g, "void");
  try {
    new Function(`"use strict";(class { static {\n${withoutAwait}\n} });`);
  } catch (error) {
    if (/Illegal return/.test((error as Error).message)) return (error as Error).message;
  }
}
