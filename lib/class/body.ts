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
    let [free, through, thrown] = [CONNECTIONS, 0, null as unknown];
    const release = () => {
      free++;
      waiting.shift()?.();
    };
    const read = (value: unknown) => async () => {
      await pause(1);
      release();
      return value;
    };
    const pool = {
      async request() {
        if (free === 0) await new Promise<void>((resolve) => waiting.push(resolve));
        free--;
        const [json, text] = [{ name: "bulbasaur" }, '{"name":"bulbasaur"}'];
        const bytes = new TextEncoder().encode(text).buffer;
        const body = { dump: read(undefined), json: read(json), text: read(text) };
        const rest = { arrayBuffer: read(bytes), bytes: read(new Uint8Array(bytes)) };
        const chunks = async function* () {
          yield await read(new Uint8Array(bytes))();
        };
        const others = { ...rest, resume: read(undefined), [Symbol.asyncIterator]: chunks };
        return { statusCode: 200, headers: {}, body: { ...body, ...others } };
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
    if (through < ASKED) {
      return working(
        "body unread",
        `${through} of ${ASKED} got through: the others wait for connections whose bodies nobody reads.`,
      );
    }
    return said("correct", `All ${ASKED} requests got through on ${CONNECTIONS} connections.`);
  },
};
