import { Buffer } from "node:buffer";
import { Readable } from "node:stream";
import { arrayBuffer, blob, buffer, json, text } from "node:stream/consumers";
import { type Exercise, said, threw, working } from "./result.ts";
import { enterStage, pause } from "./stage.ts";

/** Requests that are to get through, and connections that they share. */
const [ASKED, CONNECTIONS] = [4, 2];

/**
 * An exercise that asks for a function which sends a request and does something about the body. Four
 * go over a pretended pool of two connections; one is free again when its body has been read.
 */
export const BODY: Exercise = {
  wants: "a function of a pool, a path and a signal",
  runs: true,
  async judge(solution) {
    const waiting: (() => void)[] = [];
    let [free, asked, through, thrown] = [CONNECTIONS, 0, 0, null as unknown];
    const release = () => {
      free++;
      waiting.shift()?.();
    };
    const pool = {
      async request() {
        asked++;
        if (free === 0) await new Promise<void>((resolve) => waiting.push(resolve));
        free--;
        return { statusCode: 200, headers: {}, body: bodyOf('{"name":"bulbasaur"}', release) };
      },
    };
    const stage = enterStage();
    try {
      const { signal } = new AbortController();
      const one = async (_: unknown, i: number) => {
        await (solution as (...own: unknown[]) => unknown)(
          pool,
          `/api/v2/pokemon/${i + 1}`,
          signal,
        );
        through++;
      };
      const all = Promise.all(Array.from({ length: ASKED }, one)).catch((error) => thrown = error);
      for (let turns = 0; turns < 20 && through < ASKED && thrown === null; turns++) {
        await Promise.race([all, pause(10)]);
      }
      await pause(5);
    } finally {
      stage.leave();
    }
    if (thrown !== null) return threw(thrown);
    if (asked === 0) {
      return working("no request", "It never calls `request`: nothing was asked for.");
    }
    if (through < ASKED) {
      return working(
        "body unread",
        `${through} of ${ASKED} got through: the others wait for connections whose bodies nobody reads.`,
      );
    }
    return said("correct", `All ${ASKED} requests got through on ${CONNECTIONS} connections.`);
  },
};

const WAYS = {
  text,
  json,
  blob,
  arrayBuffer,
  bytes: async (body: Readable) => new Uint8Array(await buffer(body)),
};

/** A body as undici gives it: a stream that is read in one of many ways, once; `over` when it was, or was let go. */
function bodyOf(content: string, over: () => void) {
  // Memory of its own, which a Response takes over: what node shares out cannot be.
  const chunk = Buffer.from(new TextEncoder().encode(content).buffer);
  const body = Readable.from([chunk], { objectMode: false }).once("close", over);
  const ways = Object.entries(WAYS).map(([name, read]) => [name, async () => {
    if (!Readable.isDisturbed(body)) return await read(body);
    throw new TypeError("Body is unusable: it has been read already");
  }]);
  return Object.assign(body, Object.fromEntries(ways), {
    dump: async () => void await buffer(body),
  });
}
