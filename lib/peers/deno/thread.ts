/** The thread of a lane: see lane.ts. */
import { fetchLoop } from "./fetch_loop.ts";
import type { FromLane, ToThread } from "./lane.ts";
import { Queue } from "./queue.ts";
import { rehearse } from "./rehearse.ts";

declare const self: {
  onmessage: (event: MessageEvent<ToThread>) => void;
  postMessage(said: FromLane): void;
};

const begin = Promise.withResolvers<void>();

self.onmessage = async ({ data }) => {
  if (data === "begin") return begin.resolve();
  const queue = new Queue(data.paths, data.memory);
  await rehearse();
  self.postMessage({ ready: true });
  await begin.promise;
  const came = await fetchLoop(
    data.work,
    () => queue.take(),
    (answer) => self.postMessage({ answer }),
  );
  self.postMessage({ report: { ...came, cpuUser: 0, cpuSystem: 0, peakMemory: 0 } });
};
