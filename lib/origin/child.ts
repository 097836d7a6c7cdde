/**
 * The origin that {@link startOrigin} runs as its child: settings come as JSON in the argument, one
 * JSON line goes out, `{"url", "control", …}` or `{"error"}`. It ends when its standard input does,
 * so it never outlives its parent, however that one ends. It needs nothing but Deno.
 */
import { resolveOptions } from "./options.ts";
import { runOrigin } from "./running.ts";

async function endWithParent(): Promise<never> {
  try {
    for await (const _ of Deno.stdin.readable);
  } catch {
    // Unreadable is as good as ended.
  }
  Deno.exit(0);
}

function print(line: unknown): void {
  Deno.stdout.writeSync(new TextEncoder().encode(JSON.stringify(line) + "\n"));
}

endWithParent();
// Ctrl-C reaches the whole group. What it ends is for the parent to say, which may still have
// requests here and results to keep.
Deno.addSignalListener("SIGINT", () => {});
try {
  const options = JSON.parse(Deno.args[0]);
  print(await runOrigin(resolveOptions({ ...options, capacity: options.capacity ?? Infinity })));
} catch (error) {
  print({ error: error instanceof Error ? error.message : String(error) });
  Deno.exit(1);
}
