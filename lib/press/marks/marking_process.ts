/**
 * The process in which one exercise runs, with few permissions. It is told the module, then what to
 * load before time runs, and what its lines begin with, since an exercise may print lines too.
 */
import { endWithParentFromThread, say } from "../../ground/parent.ts";

/** What was thrown, without the paths of this machine. */
function wordsOf(error: unknown): string {
  const text = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return text.replace(/file:\/\/\S*\//g, "").slice(0, 300);
}

endWithParentFromThread();
addEventListener("unhandledrejection", (event) => event.preventDefault());
const [secret, module, ...needed] = Deno.args;
for (const name of needed) await import(name).catch(() => {}); // said by whoever needs it
for (const method of ["log", "info", "warn", "error", "debug", "table", "dir"] as const) {
  console[method] = () => {};
}
say([secret, "ready"]);
try {
  const { $results } = await import(module);
  say([secret, { kind: "marked", results: $results }]);
} catch (error) {
  say([secret, { kind: "thrown", words: wordsOf(error) }]);
}
Deno.exit(0);
