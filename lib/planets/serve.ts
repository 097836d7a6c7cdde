/**
 * The planet tracker as {@link startPlanets} runs it, under `deno serve`: settings come as JSON in
 * the argument, one JSON line goes out, `{"url"}`, once the first thread listens. Every thread
 * answers `/thread` with a name of its own. It ends when its standard input does, so it never
 * outlives its parent, however that one ends.
 */
import { endWithParent, endWithParentFromThread, say } from "../ground/parent.ts";
import { planetHandler } from "./handler.ts";

const settings = JSON.parse(Deno.args[0]);
if (settings.handler === "blocking") endWithParentFromThread();
else endWithParent();
// Ctrl-C may reach the whole group; what it ends is for the parent to say.
Deno.addSignalListener("SIGINT", () => {});
const handle = planetHandler(settings);
const thread = crypto.randomUUID();
const still = new Int32Array(new SharedArrayBuffer(4));

/** Says which thread this is, and holds it for a moment, so that others take the next connections. */
function whoAnswers(): Response {
  Atomics.wait(still, 0, 0, 2);
  return Response.json({ thread });
}

export default {
  fetch: (request) => request.url.endsWith("/thread") ? whoAnswers() : handle(request),
  onListen: (address) => say({ url: `http://127.0.0.1:${(address as Deno.NetAddr).port}` }),
} satisfies Deno.ServeDefaultExport;
