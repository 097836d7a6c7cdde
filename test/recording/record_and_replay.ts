/** What a notebook does: records a host, or opens what it recorded, and runs a trial on the replay. */
import { fetching } from "../../lib/client/own_client.ts";
import { startOrigin } from "../../lib/origin/start.ts";
import { record } from "../../lib/recording/record.ts";
import { trial } from "../../lib/runners/trial.ts";
import { variant } from "../../lib/runners/variant.ts";
import * as strategies from "../../lib/strategies/mod.ts";

const [url, folder, pause] = Deno.args;
const recording = await record({
  url: `${url}/items/{id}`,
  ids: [1, 2, 3],
  name: "items",
  folder,
  pause: Number(pause),
});
await using origin = await startOrigin({ replay: recording, handshake: 0 });
const task = { origin, paths: recording.paths, seed: 1 };
const { results } = await trial(variant(strategies.concurrent, fetching), task);
console.log(JSON.stringify({ results, recorded: recording.recorded }));
