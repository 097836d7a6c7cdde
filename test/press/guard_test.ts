/** What ends a kernel with whoever started it, where there is no shell that could. */
import { assertEquals } from "@std/assert";
import { fileURLToPath } from "node:url";

/** A guard whose command is Deno's, running `code`. */
function guarded(code: string): Deno.ChildProcess {
  const guard = fileURLToPath(new URL("../../lib/press/kernel/guard.ts", import.meta.url));
  return new Deno.Command(Deno.execPath(), {
    args: [
      "run",
      "-A",
      "--quiet",
      "--no-config",
      "--no-lock",
      guard,
      Deno.execPath(),
      "eval",
      code,
    ],
    stdin: "piped",
    stdout: "piped",
    stderr: "null",
  }).spawn();
}

Deno.test("a guard ends with the code of its command, which prints where the guard would", async () => {
  const child = guarded(`console.log("said"); Deno.exit(7);`);
  assertEquals(await new Response(child.stdout).text(), "said\n");
  assertEquals((await child.status).code, 7);
  await child.stdin.abort();
});

Deno.test("a guard's command ends when nobody holds the guard's standard input any more", async () => {
  const child = guarded(`console.log("begun"); setInterval(() => {}, 1_000);`);
  const reader = child.stdout.getReader();
  await reader.read();
  await child.stdin.close();
  // The command holds the other end of this for as long as it lives.
  while (!(await reader.read()).done);
  await child.status;
});
