/**
 * The process in which one exercise runs, with few permissions. It is told the module's source, what to
 * load before time runs, and what its lines begin with, since an exercise may print lines too.
 */
import { endWithParentFromThread, hearFirst, say } from "../../ground/parent.ts";

/** What was thrown, without the paths of this machine. */
function wordsOf(error: unknown): string {
  const text = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return text.replace(/file:\/\/\S*\/|( at )?blob:\S+/g, "").slice(0, 300);
}

interface Order {
  readonly secret: string;
  readonly source: string;
  readonly modules: readonly string[];
}

const { secret, source, modules } = await hearFirst<Order>();
endWithParentFromThread();
addEventListener("unhandledrejection", (event) => event.preventDefault());
for (const name of modules) await import(name).catch(() => {}); // said by whoever needs it
for (const method of ["log", "info", "warn", "error", "debug", "table", "dir"] as const) {
  console[method] = () => {};
}
say([secret, "ready"]);
try {
  const module = URL.createObjectURL(new Blob([source], { type: "application/typescript" }));
  const { $results } = await import(module);
  say([secret, { kind: "marked", results: $results }]);
} catch (error) {
  say([secret, { kind: "thrown", words: wordsOf(error) }]);
}
Deno.exit(0);
