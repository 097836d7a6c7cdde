/** Code is coloured by a thread as it is without one. */
import { assertEquals, assertStringIncludes } from "@std/assert";
import { colour } from "../../../lib/press/post/page/highlight.ts";
import { highlight, startThread } from "../../../lib/press/post/page/highlight_ahead.ts";

const codes: [source: string, language: string][] = [
  ["const one: number = 1; // first", "typescript"],
  ["def two():\n    return 'two'", "python"],
  ["<b>three</b>", "no language at all"],
  ["", "typescript"],
  ["x".repeat(100_001), "typescript"],
  ["const one: number = 1; // first", "typescript"],
];

// The thread is there for as long as the process.
const options = { sanitizeOps: false, sanitizeResources: false };
Deno.test(
  "a thread colours code as it is coloured without, asked for many at once",
  options,
  async () => {
    const alone = await Promise.all(codes.map((code) => colour(...code)));
    assertStringIncludes(JSON.stringify(alone[0]), "s-keyword");
    const ready = startThread();
    const early = codes.map((code) => highlight(...code));
    await ready;
    assertEquals(await Promise.all(early), alone);
    assertEquals(await Promise.all(codes.map((code) => highlight(...code))), alone);
  },
);
