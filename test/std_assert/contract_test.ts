/**
 * What the tests lean on in @std/assert. It runs on whichever of the two is there, the package or
 * the stand-in, and so holds the one to the other.
 */
// Runs in one isolate: it mostly computes, and leaves nothing open.
import * as std from "@std/assert";

type Case = [sentence: string, passes: () => unknown, fails: () => unknown];

const boom = () => {
  throw new RangeError("pool: n must be positive, got 0");
};

const cases: Case[] = [
  ["assert takes truthy", () => std.assert(1), () => std.assert("")],
  ["assertFalse takes falsy", () => std.assertFalse(0), () => std.assertFalse("x")],
  [
    "assertEquals compares deeply",
    () => std.assertEquals({ a: [1, { b: NaN }] }, { a: [1, { b: NaN }] }),
    () => std.assertEquals({ a: [1, { b: 2 }] }, { a: [1, { b: 3 }] }),
  ],
  [
    "assertEquals tells types apart",
    () => std.assertEquals(new Map([[1, "a"]]), new Map([[1, "a"]])),
    () => std.assertEquals<unknown>(1, "1"),
  ],
  [
    "assertEquals tells a missing key from an undefined one apart",
    () => std.assertEquals<unknown>({ a: undefined }, { a: undefined }),
    () => std.assertEquals<unknown>({ a: undefined }, {}),
  ],
  [
    "assertEquals compares typed arrays and dates by value",
    () =>
      std.assertEquals([new Uint8Array([1, 2]), new Date(0)], [
        new Uint8Array([1, 2]),
        new Date(0),
      ]),
    () => std.assertEquals(new Uint8Array([1, 2]), new Uint8Array([1, 3])),
  ],
  ["assertNotEquals", () => std.assertNotEquals([1], [2]), () => std.assertNotEquals([1], [1])],
  [
    "assertStrictEquals compares identity",
    () => std.assertStrictEquals(NaN, NaN),
    () => std.assertStrictEquals<unknown>({}, {}),
  ],
  [
    "assertAlmostEquals is relative by default",
    () => std.assertAlmostEquals(1e9 + 10, 1e9),
    () => std.assertAlmostEquals(1e9 + 1000, 1e9),
  ],
  [
    "assertAlmostEquals takes an absolute tolerance",
    () => std.assertAlmostEquals(0.1 + 0.2, 0.3, 1e-12),
    () => std.assertAlmostEquals(0.31, 0.3, 1e-3),
  ],
  [
    "assertExists refuses null and undefined only",
    () => std.assertExists(0),
    () => std.assertExists(null),
  ],
  ["assertGreater is strict", () => std.assertGreater(2, 1), () => std.assertGreater(1, 1)],
  [
    "assertGreaterOrEqual",
    () => std.assertGreaterOrEqual(1, 1),
    () => std.assertGreaterOrEqual(0, 1),
  ],
  ["assertLess is strict", () => std.assertLess(1, 2), () => std.assertLess(1, 1)],
  ["assertLess refuses NaN", () => std.assertLess(1, 2), () => std.assertLess(NaN, 1)],
  ["assertLessOrEqual", () => std.assertLessOrEqual(1, 1), () => std.assertLessOrEqual(2, 1)],
  ["assertMatch", () => std.assertMatch("abc", /b/), () => std.assertMatch("abc", /z/)],
  [
    "assertStringIncludes",
    () => std.assertStringIncludes("abc", "bc"),
    () => std.assertStringIncludes("abc", "cb"),
  ],
  [
    "assertArrayIncludes looks for equal items",
    () => std.assertArrayIncludes([{ a: 1 }, { b: 2 }], [{ b: 2 }]),
    () => std.assertArrayIncludes([{ a: 1 }], [{ a: 2 }]),
  ],
  [
    "assertInstanceOf",
    () => std.assertInstanceOf(new RangeError(), Error),
    () => std.assertInstanceOf(new Error(), RangeError),
  ],
  [
    "assertObjectMatch takes a part of an object",
    () => std.assertObjectMatch({ a: 1, b: { c: 2, d: 3 } }, { b: { c: 2 } }),
    () => std.assertObjectMatch({ a: 1, b: { c: 2 } }, { b: { c: 3 } }),
  ],
  [
    "assertIsError looks at class and message",
    () => std.assertIsError(new RangeError("got 0"), RangeError, "got 0"),
    () => std.assertIsError(new RangeError("got 0"), RangeError, "got 1"),
  ],
  [
    "assertThrows wants the class",
    () => std.assertThrows(boom, RangeError),
    () => std.assertThrows(boom, TypeError),
  ],
  [
    "assertThrows wants the message",
    () => std.assertThrows(boom, RangeError, "got 0"),
    () => std.assertThrows(boom, RangeError, "got 1"),
  ],
  ["assertThrows wants a throw", () => std.assertThrows(boom), () => std.assertThrows(() => 1)],
  ["fail fails", () => {}, () => std.fail("so")],
  ["unreachable fails", () => {}, () => std.unreachable("so")],
];

for (const [sentence, passes, fails] of cases) {
  Deno.test(`@std/assert: ${sentence}`, () => {
    passes();
    let error: unknown;
    try {
      fails();
    } catch (thrown) {
      error = thrown;
    }
    if (!(error instanceof std.AssertionError)) {
      throw new Error(`the failing half threw ${error} and no AssertionError`);
    }
  });
}

Deno.test("@std/assert: assertThrows returns what was thrown", () => {
  const error = std.assertThrows(boom, RangeError);
  std.assertStrictEquals(error.message, "pool: n must be positive, got 0");
});

Deno.test("@std/assert: assertRejects wants a rejection of the class and message", async () => {
  const rejects = () => Promise.reject(new TypeError("no url"));
  const error = await std.assertRejects(rejects, TypeError, "no url");
  std.assertInstanceOf(error, TypeError);
  await std.assertRejects(() => std.assertRejects(rejects, RangeError), std.AssertionError);
  await std.assertRejects(
    () => std.assertRejects(() => Promise.resolve(1)),
    std.AssertionError,
  );
});

Deno.test("@std/assert: a function that throws at once does not count as rejecting", async () => {
  await std.assertRejects(
    () => std.assertRejects(boom as () => Promise<never>),
    std.AssertionError,
  );
});

Deno.test("@std/assert: the message given is in the error", () => {
  const error = std.assertThrows(() => std.assertEquals(1, 2, "one is not two"));
  std.assertStringIncludes((error as Error).message, "one is not two");
});
