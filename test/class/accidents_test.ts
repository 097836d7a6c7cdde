// Solutions are learners', with or without types, await and all.
// deno-lint-ignore-file no-explicit-any
/** What happens to learners: nothing written, something else written, no end, no way back. */
import { assert, assertEquals, assertLess, assertStringIncludes } from "@std/assert";
import { mark } from "../../lib/class/mod.ts";
import type { State } from "../../lib/class/result.ts";
import { type Get, type Paths, together } from "./submissions.ts";

const elsewhere = { ever: true };
const left: string[] = [];

const accidents: [what: string, state: State, words: string, solution: unknown][] = [
  ["nothing", "not started", "Nothing here yet", undefined],
  ["null", "not started", "Nothing here yet", null],
  ["a function that does nothing", "not started", "does not ask", () => {}],
  ["an async one", "not started", "does not ask", async () => {}],
  ["an empty list", "not started", "does not ask", () => Promise.resolve([])],
  ["a name for nothing", "not started", "does not ask", async function names(_paths: Paths) {}],
  [
    "a loop over the paths that asks for nothing",
    "keep working",
    "never calls `get`, so nothing was asked for.",
    (paths: Paths) => {
      const names: string[] = [];
      for (const path of paths) path.length;
      return names;
    },
  ],
  [
    "a loop that never goes round",
    "keep working",
    "does the loop go round",
    async (paths: Paths, get: Get) => {
      const names: string[] = [];
      for (const path of paths.slice(99)) names.push((await get(path)).name);
      return names;
    },
  ],
  [
    "a lane that nobody calls",
    "keep working",
    "is the function called?",
    (paths: Paths, get: Get) => {
      const lane = async () => {
        for (const path of paths) await get(path);
      };
      return lane.length === 9 ? lane() : [];
    },
  ],
  ["a number", "wrong type", "not `7`", 7],
  ["a list", "wrong type", "not a list", []],
  ["a call instead of the function", "wrong type", "without the brackets", Promise.resolve([])],
  ["made-up names", "keep working", "never calls `get`", (paths: Paths) => paths],
  ["text", "keep working", 'It returned `"done"`', () => "done"],
  ["a rejection", "keep working", "It threw an error: `not yet`", () => Promise.reject("not yet")],
  [
    "fetch in the place of get",
    "keep working",
    "Call `get(path)`, which you are given",
    (paths: Paths) =>
      Promise.all(paths.map(async (path) => (await (await fetch(path)).json()).name)),
  ],
  [
    "a map of a promise",
    "keep working",
    "Is that a promise still?",
    (paths: Paths, get: Get) => {
      const all: any = Promise.all(paths.map((path) => get(path)));
      return all.map((document: any) => document.name);
    },
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
    "made 12 requests and returned 12 names",
    (paths: Paths, get: Get) => together["then inside map"](paths.slice(1), get),
  ],
  [
    "an error of one's own",
    "keep working",
    "It threw an error: `TypeError: ",
    (paths: Paths, get: Get) => Promise.all(paths.map(async (path) => (await get(path)).no.name)),
  ],
  [
    "something that is not a path",
    "keep working",
    "not one of the paths",
    (paths: Paths, get: Get) => Promise.all(paths.map((_, i) => get(i as any))),
  ],
  [
    "whole documents",
    "almost",
    "their names are wanted",
    (paths: Paths, get: Get) => Promise.all(paths.map((path) => get(path))),
  ],
  [
    "a promise that nothing resolves",
    "keep working",
    "never happens",
    (paths: Paths, get: Get) => {
      paths.map((path) => get(path));
      return new Promise(() => {});
    },
  ],
  [
    "asking for ever",
    "keep working",
    "called `get` more than 130 times",
    async (paths: Paths, get: Get) => {
      for (;;) await get(paths[12]);
    },
  ],
  [
    "asking for ever, whatever comes",
    "keep working",
    "called `get` more than 130 times",
    async (paths: Paths, get: Get) => {
      while (elsewhere.ever) await get(paths[0]).catch(() => {});
    },
  ],
  [
    "sleeping for ever",
    "keep working",
    "never happens",
    async () => {
      while (elsewhere.ever) await new Promise((resolve) => setTimeout(resolve, 50));
    },
  ],
  [
    "a return in the loop",
    "keep working",
    "Is the `return` inside the loop?",
    async (paths: Paths, get: Get) => {
      for (const path of paths) return [(await get(path)).name];
    },
  ],
  [
    "a variable that all rounds of a loop share",
    "keep working",
    "all share one with `var`",
    async (paths: Paths, get: Get) => {
      const names: string[] = [], asked = [];
      // deno-lint-ignore no-var no-inner-declarations
      for (var i = 0; i < paths.length; i++) {
        asked.push(get(paths[i]).then((d) => names[i] = d.name));
      }
      await Promise.all(asked);
      return names;
    },
  ],
  [
    "asking again for what was asked for",
    "keep working",
    "without asking again",
    async (paths: Paths, get: Get) => {
      const names = [];
      await Promise.all(paths.map((path) => get(path)));
      for (const path of paths) names.push((await get(path)).name);
      return names;
    },
  ],
  [
    "parts that overlap",
    "keep working",
    "do the parts overlap?",
    async (paths: Paths, get: Get) => {
      const names = [];
      for (let i = 0; i < paths.length; i += 2) {
        names.push(...await Promise.all(paths.slice(i, i + 3).map((path) => get(path))));
      }
      return names.map(({ name }) => name);
    },
  ],
  [
    "a loop over a list that gets shorter",
    "keep working",
    "The list of paths got shorter meanwhile",
    (paths: Paths, get: Get) => {
      const asked = [];
      for (const _ of paths) asked.push(get(paths.shift()!).then(({ name }) => name));
      return Promise.all(asked);
    },
  ],
  [
    "names that are put into another list",
    "keep working",
    "`concat` makes another list",
    async (paths: Paths, get: Get) => {
      const names: string[] = [];
      for (const { name } of await Promise.all(paths.map((path) => get(path)))) names.concat(name);
      return names;
    },
  ],
  [
    "the last one not waited for",
    "keep working",
    "while 1 request was still under way",
    async (paths: Paths, get: Get) => {
      const asked = paths.slice(0, 12).map((path) => get(path));
      const names = (await Promise.all(asked)).map(({ name }) => name);
      get(paths[12]);
      return names;
    },
  ],
  [
    "nobody waited for",
    "keep working",
    "while 13 requests were still under way",
    (paths: Paths, get: Get) => {
      const names: string[] = [];
      paths.forEach((path) => get(path).then(({ name }) => names.push(name)));
      return Promise.resolve(names);
    },
  ],
  [
    "an awaited list of promises",
    "keep working",
    "To `await` a list of promises awaits none of them",
    async (paths: Paths, get: Get) =>
      (await paths.map((path) => get(path))).map((each: any) => each.name),
  ],
  [
    "all paths in one call",
    "keep working",
    "takes one path at a time",
    async (paths: Paths, get: Get) => (await get(paths as any)).map((each: any) => each.name),
  ],
  [
    "places for paths",
    "keep working",
    "`for … in` places",
    async (paths: Paths, get: Get) => {
      const names = [];
      for (const path in paths) names.push((await get(path)).name);
      return names;
    },
  ],
  [
    "the name of a path",
    "keep working",
    "a property that a path does not have",
    (paths: Paths, get: Get) => Promise.all(paths.map((path) => get((path as any).name))),
  ],
  [
    "the JSON of a document",
    "keep working",
    "the document itself, read already",
    (paths: Paths, get: Get) => Promise.all(paths.map(async (path) => (await get(path)).json())),
  ],
  [
    "Promise.all of several promises",
    "keep working",
    "promises go into square brackets",
    (paths: Paths, get: Get) => (Promise as any).all(get(paths[0]), get(paths[1])),
  ],
  [
    "what is left from the call before",
    "almost",
    "not when it’s called again",
    async (paths: Paths, get: Get) => {
      left.push(...await Promise.all(paths.map(async (path) => (await get(path)).name)));
      return left;
    },
  ],
  ["Deno.exit", "keep working", "would end the notebook", () => Deno.exit(1)],
  [
    "process.exit, late, and caught",
    "keep working",
    "would end the notebook",
    async (paths: Paths, get: Get) => {
      await get(paths[0]);
      try {
        (globalThis as any).process.exit(1);
      } catch {
        return [];
      }
    },
  ],
];

for (const [what, state, words, solution] of accidents) {
  Deno.test(`check: ${what} is "${state}", and named`, async () => {
    const found = await mark("together", () => solution);
    assertEquals(found.state, state, found.words);
    assertStringIncludes(found.words, words);
    assertLess(found.seconds, 60);
  });
}

Deno.test("check: names in an order that is neither the paths' nor the answers' are said to be in another", async () => {
  const sorted = async (paths: Paths, get: Get) =>
    (await Promise.all(paths.map(async (path) => (await get(path)).name))).sort();
  const { mistake, words } = await mark("together", () => sorted);
  assertEquals(mistake, "completion order");
  assertStringIncludes(words, "in another order than the paths");
});

Deno.test("check: a promise may be given a name, and has none afterwards", async () => {
  const labelled = async (paths: Paths, get: Get) => {
    const promises = paths.map((path) => Object.assign(get(path), { name: path }));
    assertEquals(promises.map(({ name }) => name), paths);
    return (await Promise.all(promises)).map(({ name }) => name);
  };
  assertEquals((await mark("together", () => labelled)).state, "correct");
  assert(!("name" in Promise.prototype));
});

const endless: Record<string, unknown> = {
  "a while that nothing ends": (paths: Paths) => {
    const names: string[] = [];
    while (names.length < paths.length) names.slice();
    return names;
  },
  "a for that counts the wrong thing": async (paths: Paths, get: Get) => {
    const names: string[] = [];
    for (let i = 0, j = 0; i < paths.length; j++) {
      if (j === 0) names.push((await get(paths[i])).name);
    }
    return names;
  },
  "a list that never stops growing": (paths: Paths) => {
    const names: string[][] = [];
    while (names.length >= 0) names.push(Array(100_000).fill(paths[0]));
    return names;
  },
  "a wait that never lets others go first": async (paths: Paths, get: Get) => {
    let here = false;
    get(paths[0]).then(() => here = true);
    while (!here) await null;
    return [];
  },
};
for (const [what, solution] of Object.entries(endless)) {
  Deno.test(`check: ${what} does not end, which is said, and the thread goes on`, async () => {
    const { state, mistake } = await mark("together", () => solution);
    assertEquals([state, mistake], ["keep working", "endless loop"]);
  });
}

Deno.test("check: a cell that never ran is told from a wrong one", async () => {
  const { state, words } = await mark("together", () => (0, eval)("neverDefined"));
  assertEquals(state, "not started");
  assertStringIncludes(words, "neverDefined is not defined");
});

/** What the loop of `brackets` does with each path. */
const mending = (push: string) =>
  (0, eval)(`async (paths, get) => {
  const names = []; // of all
  for (const path of paths)   names.push(${push});
  return names;
}`);

Deno.test("check: a stub that is to be mended has not been started: it is asked about, not solved", async () => {
  const { state, words } = await mark("brackets", () => mending("await get(path).name"));
  assertEquals(state, "not started");
  assertStringIncludes(words, "the document, or the promise?");
  assert(!words.includes("(await"));
});

for (
  const push of [
    "get(path).name",
    "await (get(path)).name",
    "await (get(path).name)",
    "(await get)(path).name",
  ]
) {
  Deno.test(`check: ${push} has been started, and keeps the stub's mistake`, async () => {
    const { state, mistake, words } = await mark("brackets", () => mending(push));
    assertEquals([state, mistake], ["keep working", "name of a promise"]);
    assertStringIncludes(words, "the dot asked a promise for it");
    assert(!words.includes("get("), "the line is left to the hint");
  });
}

Deno.test("check: a then that nobody awaits is told to keep each promise and await it", async () => {
  const late = async (paths: Paths, get: Get) => {
    const names: string[] = [];
    for (const path of paths) get(path).then(({ name }) => names.push(name));
    await 0;
    return names;
  };
  const { words } = await mark("together", () => late);
  assertStringIncludes(words, "Keep each promise in a list, and await every one of them");
});

Deno.test("check: timers, fetch and exit are what they were, whatever a solution did", async () => {
  const own =
    () => [setTimeout, setInterval, clearTimeout, fetch, Deno.exit, Promise.all, Promise.race];
  const before = own();
  for (const [, , , solution] of accidents) await mark("together", () => solution);
  assert(own().every((each, i) => each === before[i]));
});
