import { assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { fileURLToPath } from "node:url";
import { claim, ClaimError, finding } from "../../lib/analysis/claim.ts";
import { Kernel } from "../../lib/press/kernel/kernel.ts";

Deno.test("a claim that does not hold ends a run with its own text", () => {
  assertEquals(claim("b beats a", true), "✓ b beats a");
  assertThrows(() => claim("b beats a", false), ClaimError, "b beats a");
  assertThrows(() => claim("b beats a", undefined as unknown as boolean), TypeError, "undefined");
  assertThrows(() => claim("", true), RangeError, "claim: text must be text that is not empty");
  assertEquals(finding("Which is faster?", "b is", true), "b is");
  assertThrows(() => finding("Which is faster?", "b is", false), ClaimError, "b is");
});

Deno.test("in the kernel of a run it ends the cell; where somebody works it says so and goes on", async () => {
  const root = fileURLToPath(new URL("../../", import.meta.url));
  const kernel = await Kernel.start(root, new AbortController().signal);
  try {
    let printed = "";
    kernel.onPublished = ({ header, content }) => {
      if (header.msg_type === "stream") printed += content.text;
    };
    await kernel.execute(`import { claim, finding } from "./lib/analysis/claim.ts";`, false);
    const ended = await kernel.execute(`claim("b beats a", 1 > 2);`, false);
    assertEquals(ended.status, "error");
    assertStringIncludes(JSON.stringify(ended), "the data do not bear out: b beats a");
    // A kernel that Jupyter starts has no such variable.
    await kernel.execute(`Deno.env.delete("LAB_RUN");`, false);
    const said = `console.log(claim("b beats a", 1 > 2), finding("Is b?", "b is", 1 > 2));`;
    assertEquals((await kernel.execute(said, false)).status, "ok");
    await kernel.fence();
    assertEquals(printed, "✗ does not hold with these settings: b beats a Is b?\n");
  } finally {
    await kernel.kill();
  }
});
