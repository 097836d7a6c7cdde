// deno-lint-ignore-file no-explicit-any
/** Exercises that ask for an answer: right in ten styles, and wrong in the usual ways. */
// Runs in one isolate: it mostly computes, and leaves nothing open.
import { assertEquals, assertGreaterOrEqual, assertStringIncludes } from "@std/assert";
import pl from "nodejs-polars";
import { mark } from "../../lib/class/mod.ts";

type Frame = any;
const time = pl.col("time_ms");
const records = (frame: Frame): any[] => frame.toRecords();
const best = (frame: Frame) => {
  const least: Record<string, number> = {};
  for (const { variant, time_ms } of records(frame)) {
    least[variant] = Math.min(least[variant] ?? Infinity, time_ms);
  }
  return least;
};

/** By exercise, right solutions in their styles. */
const right: Record<string, unknown[]> = {
  awaitingGains: [
    (wait: number, work: number, visitors: number) => Math.min(visitors, 1 + wait / work),
    (wait: number, work: number, visitors: number) => Math.min((wait + work) / work, visitors),
    (w: number, c: number, n: number) => 1 + w / c < n ? 1 + w / c : n,
    (w: number, c: number, n: number) => n < (w + c) / c ? n : (w + c) / c,
    (w: number, c: number, n: number) => {
      const gain = 1 + w / c;
      if (gain > n) return n;
      return gain;
    },
    function gain(wait: number, work: number, most: number) {
      let answers = (wait + work) * (1 / work);
      if (answers > most) answers = most;
      return answers;
    },
    (...all: number[]) => Math.min(all[2], (all[0] + all[1]) / all[1]),
    // deno-lint-ignore require-await
    async (w: number, c: number, n: number) => Math.min(n, 1 + w / c),
    (w: number, c: number, n: number) => [n, 1 + w / c].sort((a, b) => a - b)[0],
    (w: number, c: number, n: number) => [1 + w / c, n].reduce((a, b) => Math.min(a, b)),
  ],
  quickest: [
    (trials: Frame) => trials.groupBy("variant").agg(time.min()),
    (trials: Frame) => trials.groupBy("variant").agg(time.min()).sort("time_ms"),
    (trials: Frame) => trials.groupBy("variant").agg(time.min().alias("time_ms")),
    (trials: Frame) => trials.groupBy("variant").agg(time.quantile(0)),
    (trials: Frame) => trials.groupBy("variant").agg(time.sort().first()),
    (trials: Frame) => trials.sort("time_ms").groupBy("variant").agg(time.first()),
    (trials: Frame) => trials.groupBy("variant").agg(time.mul(-1).max().mul(-1)),
    (trials: Frame) => trials.lazy().groupBy("variant").agg(time.min()).collectSync(),
    (trials: Frame) =>
      trials.sort("time_ms").unique({ subset: "variant", keep: "first" })
        .select("variant", "time_ms"),
    (trials: Frame) => trials.groupBy("variant").agg(time.min()).select("time_ms", "variant"),
    (trials: Frame) => {
      const least = best(trials);
      return pl.DataFrame({ variant: Object.keys(least), time_ms: Object.values(least) });
    },
  ],
  stairs: [{ inTheLoop: 659, allAtOnce: 164 }, { allAtOnce: 119 + 45, inTheLoop: 119 + 12 * 45 }],
  loopTime: [(n: number, kept: boolean, c: number, a: number) => kept ? c + n * a : n * (c + a)],
  enoughAtOnce: [
    (n: number, way: number, service: number) => n * (1 + way / service),
    (n: number, way: number, service: number) => n / (service / (way + service)),
  ],
  longestPause: [
    (n: number, base: number, cap: number) => Math.min(base * 2 ** (n - 1), cap),
    (n: number, base: number, cap: number) => {
      let pause = base;
      for (let i = 1; i < n; i++) pause *= 2;
      return pause > cap ? cap : pause;
    },
  ],
  gainAtBest: [(n: number, c: number, a: number) => (c + n * a) / (c + a)],
  countRead: [
    (all: { bodyUsed: boolean }[]) => all.filter(({ bodyUsed }) => bodyUsed).length,
    (all: { bodyUsed: boolean }[]) => all.reduce((sum, { bodyUsed }) => sum + Number(bodyUsed), 0),
  ],
  enoughLanes: [11],
  startOfALane: [(grid: Frame) =>
    grid.groupBy("variant").agg(
      pl.col("start_up_ms").div(pl.col("concurrency")).min().alias("lane_ms"),
    )],
  threadsOf: [
    (requests: number, one: number, took: number) => Math.round(requests / (took / one)),
    (requests: number, one: number, took: number) => Math.ceil(requests * one / took),
  ],
  waitingShare: [
    (trials: Frame) =>
      trials.groupBy("variant").agg(pl.col("ideal_ms").div(time).max().alias("share")),
  ],
  waits: [(all: { planned: number; end: number }[]) => all.map((each) => each.end - each.planned)],
  spreadOf: [
    (trials: Frame) => trials.groupBy("variant").agg(time.max().div(time.min()).alias("spread")),
  ],
  pairedRatio: [
    (red: number[], blue: number[]) =>
      red.map((each, i) => each / blue[i]).reduce((a, b) => a * b) ** (1 / red.length),
  ],
  verdict: [(low: number, high: number, margin: number) => {
    if (low >= 1 / (1 + margin) && high <= 1 + margin) return "same";
    return high < 1 ? "faster" : low > 1 ? "slower" : "can't tell";
  }],
  blocksFor: [3200],
  leastTime: [
    (times: number[], n: number) => Math.max(times.reduce((a, b) => a + b) / n, ...times),
    (times: number[], n: number) => {
      let sum = 0, longest = 0;
      for (const time of times) {
        sum += time;
        longest = Math.max(longest, time);
      }
      return sum / n > longest ? sum / n : longest;
    },
  ],
  setUpShare: [(h: number, one: number, n: number) => 1 / (1 + n * one / h)],
  firstExtra: [
    (answers: Frame) => {
      const least = answers.groupBy("path").agg(pl.col("ms").min().alias("least"));
      return answers.filter(pl.col("pass").eq(1)).join(least, { on: "path" })
        .select("path", pl.col("ms").sub(pl.col("least")).alias("extra_ms"));
    },
    (answers: Frame) =>
      answers.sort("pass").groupBy("path").agg(
        pl.col("ms").first().sub(pl.col("ms").min()).alias("extra_ms"),
      ),
  ],
  names: [async (paths: string[], get: any) => {
    const names: string[] = [], queue = paths.entries();
    const lane = async () => {
      for (const [i, path] of queue) names[i] = await get(path, { take: (d: any) => d.name });
    };
    await Promise.all([lane(), lane(), lane(), lane()]);
    return names;
  }],
  body: [
    async (pool: any, path: string, signal: AbortSignal) => {
      const { statusCode, body } = await pool.request({ path, method: "GET", signal });
      await body.dump();
      return statusCode;
    },
    async (pool: any, path: string) => (await (await pool.request({ path })).body.json()).name,
    async (pool: any, path: string) => (await pool.request({ path })).body.text(),
    (pool: any, path: string) => pool.request({ path }).then(({ body }: any) => body.dump()),
    async (pool: any, path: string) =>
      (await (await pool.request({ path })).body.arrayBuffer()).length,
    async (pool: any, path: string) => JSON.parse(await (await pool.request({ path })).body.text()),
    async (pool: any, path: string) => {
      const answer = await pool.request({ path });
      try {
        return answer.statusCode;
      } finally {
        await answer.body.dump();
      }
    },
    async (pool: any, path: string) => {
      const { statusCode, body } = await pool.request({ path });
      body.resume();
      return statusCode;
    },
    async (pool: any, path: string) => {
      const { body } = await pool.request({ path });
      return await body.bytes().then((bytes: Uint8Array) => bytes.length);
    },
    async (pool: any, path: string) => {
      const { body, statusCode } = await pool.request({ path });
      for await (const _ of body);
      return statusCode;
    },
    async (pool: any, path: string) => {
      const { body } = await pool.request({ path });
      let text = "";
      for await (const chunk of body) text += chunk;
      return JSON.parse(text).name;
    },
    async (pool: any, path: string) => {
      const { body } = await pool.request({ path });
      return await new Promise((resolve) => body.on("end", resolve).resume());
    },
    async (pool: any, path: string) => (await pool.request({ path })).body.destroy().closed,
    async (pool: any, path: string) => (await (await pool.request({ path })).body.blob()).size,
    async (pool: any, path: string) => new Response((await pool.request({ path })).body).json(),
  ],
};

for (const [exercise, solutions] of Object.entries(right)) {
  solutions.forEach((solution, i) => {
    Deno.test(`check: ${exercise} is right in style ${i + 1}`, async () => {
      const { state, words } = await mark(exercise, () => solution);
      assertEquals(state, "correct", words);
    });
  });
}

Deno.test("check: questions to a function, to a frame and of a body are right in ten styles", () => {
  for (const name of ["awaitingGains", "quickest", "body"]) {
    assertGreaterOrEqual(right[name].length, 10);
  }
});

/** By exercise, its usual mistakes, each with what they come to. */
const wrong: [exercise: string, mistake: string, solution: unknown][] = [
  ["stairs", "a connection each", { inTheLoop: 12 * 164, allAtOnce: 164 }],
  ["stairs", "awaited inside the loop", { inTheLoop: 659, allAtOnce: 659 }],
  ["loopTime", "a connection each", (n: number, _: boolean, c: number, a: number) => n * c + n * a],
  [
    "loopTime",
    "upside down",
    (n: number, kept: boolean, c: number, a: number) => kept ? n * (c + a) : c + n * a,
  ],
  ["quickest", "mean", (trials: Frame) => trials.groupBy("variant").agg(time.mean())],
  ["quickest", "slowest", (trials: Frame) => trials.groupBy("variant").agg(time.max())],
  ["enoughAtOnce", "way left out", (places: number) => places],
  ["enoughAtOnce", "upside down", (n: number, way: number, s: number) => n * s / (way + s)],
  ["longestPause", "no limit", (n: number, base: number) => base * 2 ** (n - 1)],
  ["longestPause", "off by one", (n: number, b: number, cap: number) => Math.min(cap, b * 2 ** n)],
  ["longestPause", "in proportion", (n: number, b: number, cap: number) => Math.min(cap, b * n)],
  ["gainAtBest", "no connection", (n: number) => n],
  ["gainAtBest", "upside down", (n: number, c: number, a: number) => (c + a) / (c + n * a)],
  ["countRead", "counts all", (all: unknown[]) => all.length],
  ["enoughLanes", "no connection", 9],
  ["enoughLanes", "rounded down", 10],
  [
    "startOfALane",
    "of all lanes",
    (grid: Frame) => grid.groupBy("variant").agg(pl.col("start_up_ms").min().alias("lane_ms")),
  ],
  ["threadsOf", "not whole", (n: number, one: number, took: number) => n * one / took],
  [
    "waitingShare",
    "other rows",
    (trials: Frame) =>
      trials.groupBy("variant").agg(pl.col("ideal_ms").min().div(time.min()).alias("share")),
  ],
  ["awaitingGains", "no limit", (w: number, c: number) => 1 + w / c],
  ["awaitingGains", "work left out", (w: number, c: number, n: number) => Math.min(n, w / c)],
  ["waits", "from the start", (all: any[]) => all.map(({ start, end }) => end - start)],
  [
    "spreadOf",
    "difference",
    (trials: Frame) => trials.groupBy("variant").agg(time.max().sub(time.min()).alias("spread")),
  ],
  [
    "pairedRatio",
    "mean",
    (red: number[], blue: number[]) =>
      red.map((each, i) => each / blue[i]).reduce((a, b) => a + b) / red.length,
  ],
  [
    "pairedRatio",
    "unpaired",
    (red: number[], blue: number[]) => red.reduce((a, b) => a + b) / blue.reduce((a, b) => a + b),
  ],
  ["verdict", "margin asked last", (low: number, high: number, margin: number) => {
    if (high < 1) return "faster";
    if (low > 1) return "slower";
    return low >= 1 / (1 + margin) && high <= 1 + margin ? "same" : "can't tell";
  }],
  ["verdict", "lopsided", (low: number, high: number, margin: number) => {
    if (low >= 1 - margin && high <= 1 + margin) return "same";
    return high < 1 ? "faster" : low > 1 ? "slower" : "can't tell";
  }],
  ["stairs", "in seconds", { inTheLoop: 0.659, allAtOnce: 0.164 }],
  ["enoughLanes", "wrong type", 0 / 0],
  ["loopTime", "one connection", (n: number, _: boolean, c: number, a: number) => c + n * a],
  ["longestPause", "no power", (n: number, b: number, cap: number) => Math.min(cap, b * 2 ^ n - 1)],
  [
    "pairedRatio",
    "no root",
    (red: number[], blue: number[]) => red.map((time, i) => time / blue[i]).reduce((a, b) => a * b),
  ],
  ["setUpShare", "per cent", (h: number, one: number, n: number) => 100 * h / (h + n * one)],
  ["waits", "no return", (all: any[]) =>
    all.map(({ planned, end }) => {
      end - planned;
    })],
  ["startOfALane", "other rows", (grid: Frame) =>
    grid.groupBy("variant").agg(
      pl.col("start_up_ms").min().div(pl.col("concurrency").min()).alias("lane_ms"),
    )],
  [
    "waitingShare",
    "other rows",
    (trials: Frame) =>
      trials.groupBy("variant").agg(pl.col("ideal_ms").max().div(time.max()).alias("share")),
  ],
  [
    "waitingShare",
    "smallest",
    (trials: Frame) =>
      trials.groupBy("variant").agg(pl.col("ideal_ms").div(time).min().alias("share")),
  ],
  [
    "quickest",
    "wrong number",
    (trials: Frame) => trials.filter(false as any).select("variant", "time_ms"),
  ],
  ["blocksFor", "in proportion", 800],
  ["leastTime", "longest left out", (all: number[], n: number) => all.reduce((a, b) => a + b) / n],
  ["leastTime", "added up", (all: number[]) => all.reduce((a, b) => a + b)],
  ["leastTime", "no limit", (all: number[]) => Math.max(...all)],
  [
    "leastTime",
    "upside down",
    (all: number[], n: number) => Math.min(all.reduce((a, b) => a + b) / n, Math.max(...all)),
  ],
  ["setUpShare", "a connection each", (h: number, one: number) => h / (h + one)],
  ["setUpShare", "connection left out", (h: number, one: number, n: number) => h / (n * one)],
  ["setUpShare", "upside down", (h: number, one: number, n: number) => (h + n * one) / h],
  ...["mean", "slowest", "upside down"].map((mistake): [string, string, unknown] => {
    const ms = pl.col("ms"), first = ms.first();
    const extra = { mean: first.sub(ms.mean()), slowest: ms.max().sub(ms.min()) }[mistake] ??
      ms.min().sub(first);
    const wrong = (answers: Frame) =>
      answers.sort("pass").groupBy("path").agg(extra.alias("extra_ms"));
    return ["firstExtra", mistake, wrong];
  }),
  ["names", "document kept", async (paths: string[], get: any) => {
    const names: string[] = [], queue = paths.entries();
    const lane = async () => {
      for (const [i, path] of queue) names[i] = (await get(path)).name;
    };
    await Promise.all([lane(), lane(), lane(), lane()]);
    return names;
  }],
  ["names", "document kept", async (paths: string[], get: any) => {
    const names: string[] = [], queue = paths.entries(), whole = { take: (own: unknown) => own };
    const lane = async () => {
      for (const [i, path] of queue) names[i] = (await get(path, whole)).name;
    };
    await Promise.all([lane(), lane(), lane(), lane()]);
    return names;
  }],
  ["quickest", "other columns", (trials: Frame) => trials.groupBy("variant").min()],
  ["quickest", "other columns", (trials: Frame) => trials.select(time.min())],
  [
    "startOfALane",
    "other columns",
    (grid: Frame) =>
      grid.groupBy("variant").agg(pl.col("start_up_ms").div(pl.col("concurrency")).min()),
  ],
  ["quickest", "wrong number", (trials: Frame) => trials.select("variant", "time_ms")],
  ["quickest", "wrong type", (trials: Frame) => records(trials.groupBy("variant").agg(time.min()))],
  [
    "threadsOf",
    "rounded down",
    (n: number, one: number, took: number) => Math.floor(n * one / took),
  ],
  ["leastTime", "played through", (times: number[], n: number) => {
    const free = Array(n).fill(0);
    for (const time of times.toSorted((a, b) => b - a)) {
      free.sort((a, b) => a - b);
      free[0] += time;
    }
    return Math.max(...free);
  }],
  ["blocksFor", "wrong answer", 3199],
  ["stairs", "number missing", { InTheLoop: 659, allAtOnce: 164 }],
  ["stairs", "throws", {
    allAtOnce: 164,
    get inTheLoop() {
      throw new Error("not yet");
    },
  }],
  ["verdict", "wrong answer", (low: number) => low < 0.95 ? "faster" : undefined],
  ["body", "no request", () => Promise.resolve(200)],
  ["body", "throws", async (pool: any, path: string) => {
    const { body } = await pool.request({ path });
    return [await body.text(), await body.json()];
  }],
  ["quickest", "throws", () => (0, eval)("undefinedColumn")],
  ["awaitingGains", "endless loop", (w: number) => {
    while (w === w) w.toFixed();
  }],
  ["awaitingGains", "never comes back", () => new Promise(() => {})],
  ["quickest", "wrong type", () => 3],
  ["stairs", "wrong type", 659],
  ["enoughLanes", "more than enough", 12],
  ["enoughLanes", "too few", 2],
  ["enoughLanes", "not whole", 10.2],
  ["enoughLanes", "wrong type", "11 lanes"],
  ["blocksFor", "upside down", 50],
  ["blocksFor", "wrong answer", 1000],
  ["loopTime", "no return", (n: number) => void n],
  ["loopTime", "no answer", (n: number) => n > 0 ? null : null],
  ["stairs", "wrong type", [659, 164]],
  ["stairs", "added up", { inTheLoop: 659, allAtOnce: 12 * 119 + 45 }],
  ["countRead", "wrong answer", (all: any[]) => (all.map(() => 1), 0)],
  ["body", "body unread", async (pool: any, path: string) => {
    const { body } = await pool.request({ path });
    return body.json;
  }],
];

const half: [what: string, inTheLoop: unknown, allAtOnce: unknown, words: string][] = [
  ["one right", 659, 7, "`inTheLoop` is right. `allAtOnce` isn’t yet."],
  ["the other right", 7, 164, "`allAtOnce` is right. `inTheLoop` isn’t yet."],
  ["none right", 7, 8, "`inTheLoop` isn’t right yet."],
  ["one missing", 659, null, "`inTheLoop` is right. `allAtOnce` has no number yet."],
  ["a text", "659 ms", 164, 'Write the number alone: 659, not `"659 ms"`.'],
  ["a right one as text", 659, "164", 'Write the number alone: 164, not `"164"`.'],
  ["no number at all", 659, "soon", 'This has to be a number, not `"soon"`.'],
  ["a sum as text", "119 + 12 × 45", 164, 'has to be a number, not `"119 + 12 × 45"`.'],
  ["answers only", 12 * 45, 164, "And opening the connection?"],
  ["one answer", 659, 45, "Each of them has a connection to open first."],
  ["twelve of both", 659, 12 * 164, "All connections are opened at the same time"],
  ["not a number", 659, NaN, "`inTheLoop` is right. `allAtOnce` isn’t yet."],
];
for (const [what, inTheLoop, allAtOnce, words] of half) {
  Deno.test(`check: stairs is told apart with ${what}`, async () => {
    const found = await mark("stairs", () => ({ inTheLoop, allAtOnce }));
    assertStringIncludes(found.words, words);
    assertEquals(["keep working", "wrong type"].includes(found.state), true, found.state);
  });
}

for (const [exercise, mistake, solution] of wrong) {
  Deno.test(`check: ${exercise} names "${mistake}"`, async () => {
    const found = await mark(exercise, () => solution);
    assertEquals(found.mistake, mistake, found.words);
  });
}

const said: [what: string, exercise: string, words: string, solution: unknown][] = [
  [
    "text is not the number",
    "gainAtBest",
    'It returns `"1.7"`, where a number is wanted',
    () => "1.7",
  ],
  ["a list is wanted", "waits", "It returns `5`, where a list is wanted", () => 5],
  [
    "a group is no frame yet",
    "quickest",
    "After `groupBy` comes `agg`",
    (t: Frame) => t.groupBy("variant"),
  ],
  [
    "NaN comes of what is no number",
    "leastTime",
    "something in the sum is no number",
    (t: any) => Math.max(t, 2),
  ],
  ["six digits are enough", "gainAtBest", "where `1.73469` is right", () => 2],
  ["a call of itself has to end", "gainAtBest", "calls itself without end", function f(): any {
    return f();
  }],
];
for (const [what, exercise, words, solution] of said) {
  Deno.test(`check: ${exercise} says that ${what}`, async () => {
    assertStringIncludes((await mark(exercise, () => solution)).words, words);
  });
}

const untouched: [exercise: string, stub: unknown][] = [
  ["stairs", { inTheLoop: null, allAtOnce: null }],
  ["loopTime", () => null],
  ["quickest", () => null],
  ["countRead", (responses: { bodyUsed: boolean }[]) => {
    let read = 0;
    responses.values().map((each) => each.bodyUsed && read++);
    return read;
  }],
  ["enoughLanes", null],
  ["names", () => Promise.resolve([])],
];
for (const [exercise, stub] of untouched) {
  Deno.test(`check: the stub of ${exercise} has not been started`, async () => {
    const { state, words } = await mark(exercise, () => stub);
    assertEquals(state, "not started", words);
  });
}
