/** Mistakes that a strategy written in a cell may hold: each is told in words that help. */
import { assert, assertRejects } from "@std/assert";
import { blocking } from "../../lib/client/blocking.ts";
import { fresh, keptAlive } from "../../lib/client/library_clients.ts";
import { RequestError } from "../../lib/client/request_error.ts";
import { variant } from "../../lib/runners/variant.ts";
import { concurrent, naiveAwaitInLoop, sequential } from "../../lib/strategies/mod.ts";
import type { BlockingStrategy, Strategy } from "../../lib/trial/strategy.ts";
import { tight } from "../client/tight.ts";
import { ok, run } from "./faulty_run.ts";

const mistakes: [string, Strategy, RegExp][] = [
  ["an await forgotten", (paths, get) => {
    const names = paths.map((path) => (get(path) as unknown as { name: string }).name);
    return Promise.resolve(names);
  }, /returned with 6 requests still in flight: is an await missing\?/],
  [
    "a Promise.all forgotten",
    (paths, get) => Promise.resolve(paths.map(async (path) => (await get(path)).name)),
    /returned with 6 requests still in flight/,
  ],
  ["forEach with async", async (paths, get) => {
    const names: string[] = [];
    paths.forEach(async (path) => names.push((await get(path)).name));
    return await Promise.resolve(names);
  }, /returned with 6 requests still in flight/],
  ["promises that are over returned as they are", async (paths, get) => {
    const answers = paths.map((path) => get(path));
    await Promise.all(answers);
    return answers;
  }, /result 0 of the strategy is a Promise: is an await missing\?/],
  ["a result too few", async (paths, get) => {
    return (await concurrent(paths, get)).slice(1);
  }, /returned 5 results for 6 paths/],
  ["nothing returned", async (paths, get) => {
    await concurrent(paths, get);
    return undefined as never;
  }, /returned undefined: it is to return a list with a result for each path/],
  ["an error of its own at once", () => {
    throw new RangeError("mine");
  }, /^mine$/],
  ["an error of its own in the middle", async (paths, get) => {
    const others = paths.slice(1).map(async (path) => (await get(path)).name);
    await get(paths[0]);
    throw new RangeError(`mine, not ${others.length} others'`);
  }, /^mine, not 5 others'$/],
];

for (const [mistake, strategy, message] of mistakes) {
  tight(`a strategy with ${mistake} is told so, and nothing goes on behind it`, async () => {
    const paths = [...ok(1), "/slow/20", "/slow/40", "/hang", ...ok(2)];
    const harmless = /forgotten|forEach|own/.test(mistake) ? paths : ok(6);
    const error = await assertRejects(() => run(variant(strategy, keptAlive), harmless), Error);
    assert(message.test(error.message), error.message);
  });
}

tight(
  "a failure that the strategy has not come to await yet ends the trial, not the program",
  async () => {
    const strategy: Strategy = async (paths, get) => {
      const answers = paths.map(async (path) => (await get(path)).name);
      const names: string[] = [];
      for (const answer of answers) names.push(await answer);
      return names;
    };
    const paths = ["/slow/300", "/status/404", "/slow/300"];
    await assertRejects(
      () => run(variant(strategy, keptAlive), paths),
      RequestError,
      "GET /status/404: 404 Not Found",
    );
  },
);

for (const client of [fresh, keptAlive]) {
  const connections = client === fresh ? "fresh" : "keptAlive";

  tight(
    `a blocking client refuses a strategy that awaits, and says to give it ${connections}`,
    async () => {
      const strategy = naiveAwaitInLoop as unknown as BlockingStrategy;
      await assertRejects(
        () => run(variant(strategy, blocking(client)), ok(2)),
        TypeError,
        `returned a Promise: give it ${connections}, or write it without async and await`,
      );
    },
  );

  tight(
    `a blocking strategy with ${connections} is told to take blocking(${connections})`,
    async () => {
      const mine: BlockingStrategy = (paths, get) => paths.map((path) => get(path).name);
      for (const strategy of [sequential, mine]) {
        await assertRejects(
          () => run(variant(strategy as unknown as Strategy, client), ok(2)),
          TypeError,
          `returned no Promise with 2 requests still in flight: give it blocking(${connections}), or ` +
            "await what get returns",
        );
      }
    },
  );
}
