/** Every task that is called wrongly says so in one line, and where to read on. */
import { assertEquals, assertThrows } from "@std/assert";
import project from "../../deno.json" with { type: "json" };
import { command, readCommandLine, UsageError } from "../../lib/ground/usage.ts";
import { root } from "./fixture.ts";

// `deno test` explains the options that `deno task test` hands on to it.
const { test: _, ...tasks } = project.tasks;

for (const [task, line] of Object.entries(tasks)) {
  Deno.test(`deno task ${task} names an option that it does not have, and ends with 2`, async () => {
    const [, ...args] = line.split(" ");
    const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
      args: [...args, "--nonsense"],
      cwd: root,
      env: { NO_COLOR: "1" },
    }).output();
    const told = new TextDecoder().decode(stderr).trim().split("\n");
    assertEquals(told.length, 2, told.join("\n"));
    assertEquals([code, told[0].includes("--nonsense")], [2, true], told[0]);
    assertEquals(told[1], `See deno task ${task} --help`);
    assertEquals(new TextDecoder().decode(stdout), "");
  });
}

Deno.test("an option whose value is empty, as of a variable that is not set, is named", () => {
  const program = () =>
    command("deno task x", "", "").option("--out <dir>", "", "_site")
      .option("--header <line>", "", (line, all: string[]) => [...all, line], []);
  for (const args of [["--out", ""], ["--out="], ["--header", "a", "--header", ""]]) {
    const told = `option '${args[0].replace("=", "")}' has an empty value`;
    assertThrows(() => readCommandLine(program(), args), UsageError, told);
  }
  assertEquals(readCommandLine(program(), ["--header", "a"])?.opts(), {
    out: "_site",
    header: ["a"],
  });
});
