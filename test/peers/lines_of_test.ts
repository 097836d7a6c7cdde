// Runs in one isolate: it mostly computes, and leaves nothing open.
import { assertEquals, assertRejects } from "@std/assert";
import { linesOf } from "../../lib/peers/lines_of.ts";

Deno.test("a function's lines come without comments, brackets and its name", async () => {
  assertEquals(await linesOf("python", "with_requests.py", "one_after_the_other"), [
    "def loop(asker, plan):",
    'return [fetch(asker, plan, path) for path in plan["paths"]]',
  ]);
  const go = await linesOf("go", "schedules.go", "sequential");
  assertEquals(go.at(0), "func loop(client *http.Client, plan Plan) []Sample {");
  assertEquals(go.at(-1), "return samples");
});

Deno.test("a function that is not there is a RangeError that names it and the file", async () => {
  await assertRejects(
    () => linesOf("go", "schedules.go", "constructor"),
    RangeError,
    'schedules.go has no function "constructor"',
  );
});
