/** Every usual mistake is named, however it is spelled; every right solution is right. */
import { assert, assertEquals, assertGreaterOrEqual } from "@std/assert";
import { mark } from "../../lib/class/mod.ts";
import { batches, mistakes, pools, together } from "./submissions.ts";

const right = {
  together,
  pairs: Object.fromEntries(Object.entries(batches).map(([style, of]) => [style, of(2)])),
  four: Object.fromEntries(Object.entries(batches).map(([style, of]) => [style, of(4)])),
  five: Object.fromEntries(Object.entries(pools).map(([style, of]) => [style, of(5)])),
  crew: Object.fromEntries(Object.entries(pools).map(([style, of]) => [style, of(3)])),
  pool: Object.fromEntries(Object.entries(pools).map(([style, of]) => [style, of(4)])),
};

for (const [exercise, solutions] of Object.entries(right)) {
  assertGreaterOrEqual(Object.keys(solutions).length, 10);
  for (const [style, solution] of Object.entries(solutions)) {
    Deno.test(`check: ${exercise} is right by ${style}`, async () => {
      const { state, words } = await mark(exercise, () => solution);
      assertEquals(state, "correct", words);
    });
  }
}

for (const [mistake, spellings] of Object.entries(mistakes)) {
  for (const [spelling, solution] of Object.entries(spellings)) {
    Deno.test(`check: "${mistake}" is named, spelled as ${spelling}`, async () => {
      const found = await mark("pool", () => solution);
      assertEquals(found.mistake, mistake, found.words);
      const almost = ["completion order", "error swallowed"].includes(mistake);
      assertEquals(found.state, almost ? "almost" : "keep working");
      assert(found.words.length > 20);
    });
  }
}
