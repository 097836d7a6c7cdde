// Solutions are learners', with or without types, await and all.
// deno-lint-ignore-file no-explicit-any
/** Exercises: what is said of right solutions and of each mistake. */
import { assertEquals, assertStringIncludes } from "@std/assert";
import { look } from "../../lib/class/check.ts";
import type { State } from "../../lib/class/result.ts";

type Paths = string[];
type Get = (path: string, options?: any) => Promise<any>;

const all = { inFlight: Infinity };

const right: Record<string, (paths: Paths, get: Get) => unknown> = {
  "Promise.all over map": async (paths, get) =>
    (await Promise.all(paths.map((path) => get(path)))).map((document) => document.name),
  "then inside map": (paths, get) =>
    Promise.all(paths.map((path) => get(path).then((document) => document.name))),
  "async function inside map": (paths, get) =>
    Promise.all(paths.map(async (path) => (await get(path)).name)),
  "take": (paths, get) => Promise.all(paths.map((path) => get(path, { take: (d: any) => d.name }))),
  "two loops": async (paths, get) => {
    const asked = [];
    for (const path of paths) asked.push(get(path));
    const names = [];
    for (const promise of asked) names.push((await promise).name);
    return names;
  },
  "places filled as answers come": async (paths, get) => {
    const names: string[] = [];
    await Promise.all(paths.map(async (path, i) => {
      names[i] = (await get(path)).name;
    }));
    return names;
  },
  "forEach that collects promises": async (paths, get) => {
    const asked: Promise<any>[] = [];
    paths.forEach((path) => asked.push(get(path)));
    return (await Promise.all(asked)).map(({ name }) => name);
  },
  "a chain of thens": (paths, get) =>
    paths.map((path) => get(path)).reduce(
      (chain, promise) => chain.then(async (names: string[]) => [...names, (await promise).name]),
      Promise.resolve([] as string[]),
    ),
  "all settled, then checked": async (paths, get) => {
    const settled = await Promise.allSettled(paths.map((path) => get(path)));
    return settled.map((each) => {
      if (each.status === "rejected") throw each.reason;
      return each.value.name;
    });
  },
  "a promise of one's own": (paths, get) =>
    new Promise((resolve, reject) => {
      const names: string[] = [];
      let left = paths.length;
      paths.forEach((path, i) =>
        get(path).then(({ name }) => {
          names[i] = name;
          if (--left === 0) resolve(names);
        }, reject)
      );
    }),
};

for (const [style, solution] of Object.entries(right)) {
  Deno.test(`check: all at once is right by ${style}`, async () => {
    const { state, words } = await look(() => solution, all);
    assertEquals([state, words], [
      "correct",
      "12 requests, at most 12 at once, every name in its place.",
    ]);
  });
}

const wrong: [string, State, string, unknown][] = [
  ["nothing", "not started", "Nothing here yet", undefined],
  ["null", "not started", "Nothing here yet", null],
  ["a function that does nothing", "not started", "does not ask", () => {}],
  ["an async one", "not started", "does not ask", async () => {}],
  ["an empty list", "not started", "does not ask", () => Promise.resolve([])],
  ["a number", "wrong type", "not `7`", 7],
  ["a list", "wrong type", "not a list", []],
  ["a call instead of the function", "wrong type", "without the brackets", Promise.resolve([])],
  ["made-up names", "keep working", "never calls `get`", (paths: Paths) => paths],
  [
    "the name of a promise",
    "keep working",
    "`await get(path).name` takes the name of the *promise*",
    (paths: Paths, get: Get) =>
      Promise.all(paths.map(async (path) => await (get(path) as any).name)),
  ],
  [
    "the name of a promise, in a loop",
    "keep working",
    "(await get(path)).name",
    async (paths: Paths, get: Get) => {
      const names = [];
      for (const path of paths) names.push(await (get(path) as any).name);
      return names;
    },
  ],
  [
    "await inside the loop",
    "keep working",
    "one request at a time",
    async (paths: Paths, get: Get) => {
      const names = [];
      for (const path of paths) names.push((await get(path)).name);
      return names;
    },
  ],
  [
    "await inside a while",
    "keep working",
    "one request at a time",
    async (paths: Paths, get: Get) => {
      const names = [];
      while (names.length < paths.length) names.push((await get(paths[names.length])).name);
      return names;
    },
  ],
  [
    "two halves",
    "keep working",
    "At most 6 requests",
    async (paths: Paths, get: Get) => {
      const half = (some: Paths) => Promise.all(some.map(async (path) => (await get(path)).name));
      return [...await half(paths.slice(0, 6)), ...await half(paths.slice(6))];
    },
  ],
  [
    "forEach with an async function",
    "keep working",
    "`forEach` calls its function and forgets",
    async (paths: Paths, get: Get) => {
      const names: string[] = [];
      paths.forEach(async (path) => names.push((await get(path)).name));
      await 0;
    },
  ],
  [
    "forEach, and the list before it is filled",
    "keep working",
    "while 12 requests were still under way",
    async (paths: Paths, get: Get) => {
      const names: string[] = [];
      paths.forEach(async (path) => names.push((await get(path)).name));
      return await names;
    },
  ],
  [
    "a promise taken for its document",
    "keep working",
    "A promise has no name, only its document has",
    async (paths: Paths, get: Get) => {
      const promises = paths.map((path) => get(path));
      await Promise.all(promises);
      return promises.map((promise: any) => promise.name);
    },
  ],
  [
    "no return and no await",
    "keep working",
    "Has it a `return`?",
    (paths: Paths, get: Get) => {
      paths.map((path) => get(path));
    },
  ],
  [
    "no Promise.all",
    "keep working",
    "Item 0 of the list is a promise",
    (paths: Paths, get: Get) => Promise.resolve(paths.map(async (path) => (await get(path)).name)),
  ],
  [
    "no await and no async",
    "keep working",
    "Item 0 of the list is a promise",
    (paths: Paths, get: Get) => paths.map((path) => get(path)),
  ],
  [
    "no return",
    "keep working",
    "returned `undefined`",
    async (paths: Paths, get: Get) => {
      await Promise.all(paths.map((path) => get(path)));
    },
  ],
  [
    "one left out",
    "keep working",
    "made 11 requests and returned 11 names",
    (paths: Paths, get: Get) =>
      Promise.all(paths.slice(1).map(async (path) => (await get(path)).name)),
  ],
  [
    "an error of one's own",
    "keep working",
    "It threw an error: TypeError: ",
    (paths: Paths, get: Get) => Promise.all(paths.map(async (path) => (await get(path)).no.name)),
  ],
  [
    "something that is not a path",
    "keep working",
    "not one of the paths",
    (paths: Paths, get: Get) => Promise.all(paths.map((_, i) => get(i as any))),
  ],
  [
    "a promise that nothing resolves",
    "keep working",
    "never came back",
    (paths: Paths, get: Get) => {
      paths.map((path) => get(path));
      return new Promise(() => {});
    },
  ],
  [
    "asking for ever",
    "keep working",
    "get was called 121 times for 12 paths",
    async (paths: Paths, get: Get) => {
      for (;;) await get(paths[11]);
    },
  ],
  [
    "the order of the answers",
    "almost",
    "in the order in which the answers came",
    async (paths: Paths, get: Get) => {
      const names: string[] = [];
      await Promise.all(paths.map(async (path) => names.push((await get(path)).name)));
      return names;
    },
  ],
  [
    "whole documents",
    "almost",
    "their names are wanted",
    (paths: Paths, get: Get) => Promise.all(paths.map((path) => get(path))),
  ],
  [
    "an error swallowed",
    "almost",
    "it went on as if nothing had happened",
    (paths: Paths, get: Get) =>
      Promise.all(paths.map((path) => get(path).then(({ name }) => name, () => "?"))),
  ],
];

for (const [mistake, state, words, solution] of wrong) {
  Deno.test(`check: ${mistake} is "${state}", and named`, async () => {
    const judgement = await look(() => solution, all);
    assertEquals(judgement.state, state, judgement.words);
    assertStringIncludes(judgement.words, words);
  });
}

Deno.test("check: where five may be under way, one, two and all are mended in words of five", async () => {
  const lanes = (n: number) => async (paths: Paths, get: Get) => {
    const names: string[] = [];
    const queue = paths.entries();
    const lane = async () => {
      for (const [i, path] of queue) names[i] = (await get(path)).name;
    };
    await Promise.all(Array.from({ length: n }, lane));
    return names;
  };
  const said = async (n: number) => (await look(() => lanes(n), { inFlight: 5 })).words;
  assertStringIncludes(await said(1), "Make 5 of them first");
  assertStringIncludes(
    await said(2),
    "At most 2 requests were under way at once, where 5 should be",
  );
  assertStringIncludes(await said(12), "12 requests were under way at once, where 5 may be");
  assertStringIncludes(await said(5), "at most 5 at once, every name in its place");
});

Deno.test("check: a cell that never ran is told from a wrong one", async () => {
  const never = () => (0, eval)("neverDefined");
  const { state, words } = await look(never, all);
  assertEquals(state, "not started");
  assertStringIncludes(words, "neverDefined is not defined");
});
