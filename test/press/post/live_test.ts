/** Charts that readers explore: live in the page, under its own policy, and still elsewhere. */
// Runs in one isolate: it mostly computes, and leaves nothing open.
import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { EXPLORABLE, published, STILL } from "./explorable.ts";
import { Desk } from "./manuscript.ts";

Deno.test("live: only a page with something to move holds a script, and its policy that one alone", async () => {
  using desk = new Desk();
  const still = await published(desk, STILL);
  assert(!/<script|script-src/.test(still));
  const live = await published(desk, STILL, EXPLORABLE);
  assertMatch(
    live,
    /content="default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; script-src 'sha256-[\w+/]{43}='"/,
  );
  assertEquals([...live.matchAll(/<script[ >]/g)].length, 2);
  // In an attribute it ends nothing.
  assertEquals([...live.replace(/="[^"]*"/g, "").matchAll(/<\/script>/g)].length, 2);
  assert(live.length < 700_000, `${live.length}`);
  assertStringIncludes(desk.read("markdown/a/index.md"), "![Two bars.](chart-2.svg)");
});
