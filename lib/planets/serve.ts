/**
 * The planet tracker as {@link startPlanets} runs it, under `deno serve`: settings come as JSON in
 * the argument, one JSON line goes out, `{"port"}`, once the first thread listens. Every thread
 * answers `/thread` with a name of its own. It ends when its standard input does, so it never
 * outlives its parent, however that one ends.
 */
import { planetHandler } from "./handler.ts";

async function endWithParent(): Promise<never> {
  try {
    for await (const _ of Deno.stdin.readable);
  } catch {
    // Unreadable is as good as ended.
  }
  // In a thread, Deno.exit would end that thread alone.
  Deno.kill(Deno.pid, "SIGKILL");
  return Deno.exit(0);
}

endWithParent();
// Ctrl-C reaches the whole group; what it ends is for the parent to say.
Deno.addSignalListener("SIGINT", () => {});
const handle = planetHandler(JSON.parse(Deno.args[0]));
const thread = crypto.randomUUID();
const still = new Int32Array(new SharedArrayBuffer(4));

/** Says which thread this is, and holds it for a moment, so that others take the next connections. */
function whoAnswers(): Response {
  Atomics.wait(still, 0, 0, 2);
  return Response.json({ thread });
}

export default {
  fetch: (request) => request.url.endsWith("/thread") ? whoAnswers() : handle(request),
  onListen(address) {
    const { port } = address as Deno.NetAddr;
    Deno.stdout.writeSync(new TextEncoder().encode(JSON.stringify({ port }) + "\n"));
  },
} satisfies Deno.ServeDefaultExport;
