/**
 * The origin that {@link startOrigin} runs as its child: settings come as JSON in the argument, one
 * JSON line goes out, `{"url", "control", …}` or `{"error"}`. It ends when its standard input does,
 * so it never outlives its parent, however that one ends. It needs nothing but Deno.
 */
import { endWithParent, say } from "../ground/parent.ts";
import { runOrigin } from "./running.ts";
import { settleOptions } from "./settle_options.ts";

endWithParent();
// Ctrl-C may reach the whole group. What it ends is for the parent to say, which may still have
// requests here and results to keep.
Deno.addSignalListener("SIGINT", () => {});
try {
  // JSON has no Infinity: what is not bounded comes as null.
  const options = JSON.parse(Deno.args[0], (_, value) => value ?? Infinity);
  say(await runOrigin(settleOptions(options)));
} catch (error) {
  say({ error: error instanceof Error ? error.message : String(error) });
  Deno.exit(1);
}
