// Runs in one isolate: it mostly computes, and leaves nothing open.
import { assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { environment, environmentLine } from "../../lib/experiment/environment.ts";
import { bundle, terminalText } from "../../lib/show/bundle.ts";
import { synthetic } from "../analysis/synthetic.ts";

const results = {
  ...synthetic({ slow: [100, 120], fast: [10, 30] }, { of: "fast", makespans: [11, 29] }),
  environment: environment(),
};

Deno.test("the environment names what runs, where and when", () => {
  const { deno, v8, packages, cores, memory, date } = results.environment;
  assertEquals([deno, v8], [Deno.version.deno, Deno.version.v8]);
  for (const version of Object.values(packages)) assertMatch(version, /^\d+\.\d+\.\d+$/);
  assertEquals([cores > 0, memory > 0], [true, true]);
  assertMatch(date, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
});

Deno.test("its line says parameters and seeds before the machine", () => {
  const line = environmentLine(results);
  const parts = [
    "2 blocks of 1 GET · order seed 1 · twin of fast",
    "origin: seed 1, median 45 ms, σ 0.4, handshake 0 ms, slim",
    "processor time and memory of the caller’s process",
    `Deno ${Deno.version.deno}`,
    "undici ",
  ];
  for (const part of parts) assertStringIncludes(line, part);
  assertEquals(line.split("\n").length, 1);
  assertStringIncludes(environmentLine({ ...results, planned: 8 }), "2 of 8 blocks");
});

Deno.test("under a table it is folded away, as text it is the last line", async () => {
  const words = { caption: null, columns: null, details: "Deno <2>" };
  const { data } = await bundle([{ a: 1 }], words);
  assertStringIncludes(data["text/html"] as string, "<details><summary>");
  assertStringIncludes(data["text/html"] as string, "Deno &#60;2&#62;</small></details>");
  assertEquals(terminalText([{ a: 1 }], words).split("\n").at(-1), "Deno <2>");
});
