import { assertEquals } from "@std/assert";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { testArguments } from "./run.ts";

const here = dirname(fileURLToPath(import.meta.url));
const root = dirname(here);

Deno.test("deno task test: what is no file is an option's value, and then all tests run", () => {
  const all: [typed: string[], run: string[]][] = [
    [[], ["test/"]],
    [["--fail-fast"], ["--fail-fast", "test/"]],
    [["--filter", "pool"], ["--filter", "pool", "test/"]],
    [["--filter", "test"], ["--filter", "test", "test/"]],
    [["--reporter", "dot"], ["--reporter", "dot", "test/"]],
    [["test/limits"], [join(here, "limits")]],
    [["test/limits", "--filter", "pool"], [join(here, "limits"), "--filter", "pool"]],
    [["no_such_test.ts"], ["no_such_test.ts"]],
  ];
  for (const [typed, run] of all) assertEquals(testArguments(typed, root), run, typed.join(" "));
  assertEquals(testArguments(["limits"], here), [join(here, "limits")]);
});
