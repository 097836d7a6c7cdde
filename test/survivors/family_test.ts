import { assertEquals } from "@std/assert";
import { list, LOOK, pause, startFamily } from "./family.ts";

const test = Deno.build.os === "linux" ? Deno.test : Deno.test.ignore;

test("family: one whose environment was read too early is known as soon as it shows the mark", async () => {
  // For a while the second runs without the mark, as if it were still being started.
  const late = `mark=$LAB_TEST_FAMILY
    env -u LAB_TEST_FAMILY sh -c "sleep 0.5; LAB_TEST_FAMILY=$mark exec tail -f /dev/null" &
    wait`;
  await using family = startFamily("sh", ["-c", late], { cwd: ".", env: {} });
  const seen = new Set<string>();
  const end = performance.now() + 60_000;
  while (!seen.has("sh, tail") && performance.now() < end) {
    seen.add(list(family.members()));
    await pause(LOOK);
  }
  assertEquals([...seen].at(-1), "sh, tail");
});
