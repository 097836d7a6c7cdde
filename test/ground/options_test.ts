/** The one options checker: loose in, total out, one wording. */
// Runs in one isolate: it mostly computes, and leaves nothing open.
import { assertEquals, assertThrows } from "@std/assert";
import * as o from "../../lib/ground/options.ts";

const table = {
  blocks: o.whole(2, 1_000_000).or(8),
  seed: o.SEED.or(1),
  method: o.oneOf("GET", "HEAD").or("GET"),
  paths: o.listOf(o.TEXT),
  name: o.TEXT.or(undefined),
  progress: o.func<() => void>().or(undefined),
};
// deno-lint-ignore no-explicit-any -- what a notebook may pass, types or no types
const resolve = (given: any) => o.resolve("experiment", given, table);

Deno.test("what is left out is filled in, what is given stays, undefined is left out", () => {
  assertEquals(resolve({ paths: ["/a"], blocks: 3, seed: undefined }), {
    blocks: 3,
    seed: 1,
    method: "GET",
    paths: ["/a"],
    name: undefined,
    progress: undefined,
  });
});

Deno.test("a value out of range is a RangeError, one of another type a TypeError, in one wording", () => {
  const paths = ["/a"];
  const wrong: [unknown, typeof RangeError, string][] = [
    [{ paths, blocks: 1 }, RangeError, "blocks must be a whole number from 2 to 1,000,000, not 1"],
    [{ paths, blocks: 2.5 }, RangeError, "not 2.5"],
    [{ paths, blocks: NaN }, RangeError, "not NaN"],
    [{ paths, blocks: "3" }, TypeError, 'from 2 to 1,000,000, not "3"'],
    [{ paths, blocks: null }, TypeError, "not null"],
    [{ paths, blocks: 3n }, TypeError, "not 3n"],
    [
      { paths, seed: 2 ** 53 },
      RangeError,
      "seed must be a whole number from 0 up, not 9007199254740992",
    ],
    [{ paths, method: "POST" }, RangeError, 'method must be "GET" or "HEAD", not "POST"'],
    [{ paths, method: ["GET"] }, TypeError, 'method must be "GET" or "HEAD", not [ "GET" ]'],
    [{ paths, name: "" }, RangeError, 'name must be text that is not empty, not ""'],
    [{ paths, progress: 7 }, TypeError, "progress must be a function, not 7"],
    [{}, TypeError, "paths must be a list of at least one, not undefined"],
    [{ paths: [] }, RangeError, "paths must be a list of at least one, not []"],
    [{ paths: ["/a", 5] }, TypeError, "paths[1] must be text that is not empty, not 5"],
    [
      { paths, repeats: 3 },
      TypeError,
      "experiment: repeats is not an option; the options are blocks, seed, method, paths, name and progress",
    ],
    [{ paths, toString: 1 }, TypeError, "toString is not an option"],
    [{ ...JSON.parse('{"__proto__": 1}') }, TypeError, "__proto__ is not an option"],
    [[], TypeError, "experiment: options must be an object, not []"],
    [undefined, TypeError, "experiment: options must be an object, not undefined"],
  ];
  for (const [given, Fault, message] of wrong) {
    const thrown = assertThrows(() => resolve(given), Fault, message) as Error;
    assertEquals(thrown.name, Fault.name);
    assertEquals(thrown.message.startsWith("experiment: "), true);
  }
});

Deno.test("numbers say their ends and units as people do", () => {
  const must = (kind: o.Kind<number>) => kind.must;
  assertEquals([
    must(o.whole(0, 65_535)),
    must(o.whole(1, Infinity)),
    must(o.whole(0, undefined, "ms")),
    must(o.number(0)),
    must(o.number(-90, 90, "degrees")),
    must(o.above(0, 8)),
    must(o.above(0, undefined, "ms")),
  ], [
    "a whole number from 0 to 65,535",
    "a whole number from 1 up, or Infinity",
    "a whole number of ms from 0 up",
    "a number from 0 up",
    "a number of degrees from −90 to 90",
    "a number above 0, up to 8",
    "a number of ms above 0",
  ]);
});

Deno.test("ends belong to a range, but not what it lies above; Infinity only where it is said", () => {
  const holds = (kind: o.Kind<number>, n: number) => {
    try {
      return o.check("f", "n", n, kind) === n;
    } catch {
      return false;
    }
  };
  const each = (kind: o.Kind<number>, values: number[]) => values.map((n) => holds(kind, n));
  assertEquals(each(o.whole(1, 3), [0, 1, 3, 4, Infinity]), [false, true, true, false, false]);
  assertEquals(each(o.COUNT, [0, 1, 1.5, Infinity, -Infinity]), [false, true, false, true, false]);
  assertEquals(each(o.number(0, 1), [-0.1, 0, 1, 1.1]), [false, true, true, false]);
  assertEquals(each(o.number(0), [1e300, Infinity, NaN]), [true, false, false]);
  assertEquals(each(o.above(0, 1), [0, 1e-9, 1, 1.1]), [false, true, true, false]);
});

Deno.test("a refusal stays on one line and short, whatever the value", () => {
  const huge = { text: "x\n".repeat(10_000), list: Array.from({ length: 1000 }, (_, i) => i) };
  const thrown = assertThrows(() => o.check("f", "n", huge, o.COUNT), TypeError) as Error;
  assertEquals(thrown.message.includes("\n"), false);
  assertEquals(thrown.message.length < 200, true, thrown.message);
});
