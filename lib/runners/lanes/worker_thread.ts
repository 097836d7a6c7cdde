/** The thread of a lane: see worker_lane.ts. */
import { type FetchLoop, fetchLoop } from "./fetch_loop.ts";
import { Queue } from "./queue.ts";
import { rehearse } from "./rehearse.ts";
import type { Said, Told } from "./worker_lane.ts";

declare const self: {
  onmessage: (event: MessageEvent<Told>) => void;
  postMessage(said: Said): void;
};

let loop: FetchLoop;

self.onmessage = async ({ data }) => {
  switch (data.to) {
    case "prepare": {
      const queue = new Queue(data.paths, data.memory);
      loop = fetchLoop(
        data.errand,
        () => queue.take(),
        (answer) => self.postMessage({ is: "answer", answer }),
      );
      await rehearse();
      return self.postMessage({ is: "ready" });
    }
    case "work": {
      const came = await loop.run();
      return self.postMessage({
        is: "done",
        report: { ...came, cpuUser: 0, cpuSystem: 0, peakMemory: 0 },
      });
    }
    case "stop":
      await loop?.stop();
      return self.postMessage({ is: "stopped" });
    case "crash":
      throw new Error("it was told to crash");
  }
};
