import { assertEquals } from "@std/assert";
import { list, LOOK, pause, startFamily } from "./family.ts";

const test = Deno.build.os === "linux" ? Deno.test : Deno.test.ignore;

test("family: one whose environment was read too early is known as soon as it shows the mark", async () => {
  // For a while the second runs without the mark, as if it were still being started.
  const late = `mark=$LAB_TEST_FAMILY
    unset LAB_TEST_FAMILY
    sh -c '"$0" eval "await new Promise((wake) => setTimeout(wake, 500))"
      LAB_TEST_FAMILY=$1 exec "$0" eval "setInterval(() => {}, 1000)"' "$0" "$mark" &
    wait`;
  const args = ["-c", late, Deno.execPath()];
  await using family = startFamily("sh", args, { cwd: ".", env: {} });
  const seen = new Set<string>();
  const end = performance.now() + 60_000;
  while (!seen.has("sh, eval") && performance.now() < end) {
    seen.add(list(family.members()));
    await pause(LOOK);
  }
  assertEquals([...seen].at(-1), "sh, eval");
});
