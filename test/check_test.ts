import { assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { fileURLToPath } from "node:url";
import { conclusion } from "./check.ts";

const stale = ["stale: 01_one.ipynb\n  lib/mod.ts has changed\n  deno task run 01_one --save\n"];

Deno.test("check: stale outputs are a warning, and with --strict an error", () => {
  const { said, code } = conclusion([], stale, false);
  assertEquals(code, 0);
  assertStringIncludes(said, "warning: stale: 01_one.ipynb\n  lib/mod.ts has changed");
  const strict = conclusion([], stale, true);
  assertEquals(strict.code, 1);
  assertEquals(strict.said.includes("warning"), false);
});

Deno.test("check: anything else that was found is an error, and all of it is said", () => {
  for (const strict of [false, true]) {
    assertEquals(conclusion([], [], strict), { said: "", code: 0 });
    const { said, code } = conclusion(["no-var in a.ts", "TS2322 in b.ts"], stale, strict);
    assertEquals(code, 1);
    assertMatch(said, /no-var in a\.ts\n[^]*TS2322 in b\.ts\n[^]*stale: 01_one/);
  }
});

Deno.test("check: says what its options are, and refuses others", async () => {
  const run = async (...args: string[]) => {
    const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
      args: [
        "run",
        "-A",
        "--no-check",
        fileURLToPath(new URL("./check.ts", import.meta.url)),
        ...args,
      ],
    }).output();
    return `${code} ${new TextDecoder().decode(stdout)}${new TextDecoder().decode(stderr)}`;
  };
  assertMatch(await run("--help"), /^0 Usage: deno task check [^]*--strict +stale outputs are an/);
  assertMatch(await run("--quick"), /^2 unknown option '--quick'\nSee deno task check --help/);
  assertMatch(await run("1"), /^2 too many arguments.*\nSee deno task check --help/);
});
