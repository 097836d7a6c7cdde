// Runs in one isolate: it mostly computes, and leaves nothing open.
import { assert, assertEquals, assertThrows } from "@std/assert";
import { blocking } from "../../lib/client/blocking.ts";
import { fresh, keptAlive } from "../../lib/client/library_clients.ts";
import { variant } from "../../lib/runners/variant.ts";
import * as strategies from "../../lib/strategies/mod.ts";
import type { BlockingStrategy, Strategy } from "../../lib/trial/strategy.ts";

const mine: Strategy = (paths, get) => strategies.concurrent(paths, get);

Deno.test("a variant is named after strategy and client, and bounded as the strategy says", () => {
  const { pool, chunked, concurrent, naiveAwaitInLoop, sequential } = strategies;
  const shape = ({ name, concurrency, connections }: ReturnType<typeof variant>) =>
    [name, concurrency, connections] as unknown[];
  assertEquals(shape(variant(pool(10), keptAlive)), ["pool(10)/kept", 10, "kept"]);
  assertEquals(shape(variant(chunked(4), fresh)), ["chunked(4)/new", 4, "new"]);
  assertEquals(shape(variant(concurrent, fresh)), ["concurrent/new", Infinity, "new"]);
  assertEquals(shape(variant(naiveAwaitInLoop, fresh)), ["naive-await-in-loop/new", 1, "new"]);
  assertEquals(shape(variant(sequential, blocking(fresh))), ["sequential/new", 1, "new"]);
  assertEquals(shape(variant(mine, keptAlive)), ["mine/kept", Infinity, "kept"]);
  const asks: BlockingStrategy = (paths, get) => paths.map((path) => get(path).name);
  assertEquals(shape(variant(asks, blocking(keptAlive))), ["asks/kept", 1, "kept"]);
  const named = variant(mine, keptAlive, { name: "five", concurrency: 5 });
  assertEquals(shape(named), ["five", 5, "kept"]);
});

Deno.test("what cannot be a variant is refused by name and value", () => {
  for (
    const [make, error, words] of [
      [
        () => variant(undefined as never, keptAlive),
        TypeError,
        "strategy must be a function, not undef",
      ],
      [() => variant(mine, "kept" as never), TypeError, "client must be"],
      [() => variant(mine, null as never), TypeError, "client must be"],
      [() => variant(mine, fresh, { concurrency: 0 }), RangeError, "concurrency must be"],
      [() => variant(mine, fresh, { concurrency: 1.5 }), RangeError, "1.5"],
      [() => variant(mine, fresh, { concurrency: NaN }), RangeError, "NaN"],
      [() => variant(mine, fresh, { concurrency: "3" as never }), TypeError, '"3"'],
      [() => variant(mine, fresh, { name: "" }), RangeError, "name must be"],
      [() => variant(mine, fresh, { name: 7 as never }), TypeError, "7"],
    ] as const
  ) {
    const thrown = assertThrows(make, error) as Error;
    assert(thrown.message.includes(words), thrown.message);
  }
});
