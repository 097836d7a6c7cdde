/** `deno task origin`: the API under test on its own, until SIGINT or SIGTERM. */
import { Command, InvalidArgumentError, Option } from "commander";
import { say } from "../ground/json_lines.ts";
import { whenLauncherEnds } from "../ground/launcher.ts";
import { type OriginOptions, resolveOptions } from "./options.ts";
import { runOrigin } from "./running.ts";

function number(text: string): number {
  const value = Number(text);
  if (text.trim() === "" || Number.isNaN(value)) throw new InvalidArgumentError("Not a number.");
  return value;
}

const HINT = "See deno task origin --help";

const program = new Command("deno task origin")
  .description(
    "Serves an API that stands in for https://pokeapi.co, with latencies drawn from a seed. " +
      'Prints one line of JSON, {"url", "control", "pid", "config"}, once it accepts connections, ' +
      "and serves until SIGINT or SIGTERM.\n\n" +
      'Control has POST /begin {"seed": n}, POST /end and GET /config.',
  )
  .option("--port <n>", "where to listen; 0 is any free port", number, 0)
  .option("--host <address>", "what to listen on; by default this machine alone", "127.0.0.1")
  .option("--seed <n>", "what latencies are drawn from outside a trial", number, 1)
  .option("--median <ms>", "median service time; 0 is no latency", number, 45)
  .option("--sigma <s>", "σ of the log of the service time", number, 0.4)
  .option("--handshake <ms>", "what a new connection pays, from its accept", number, 119)
  .addOption(
    new Option("--capacity <k>", "requests served at once, the rest queue")
      .argParser(number).default(Infinity, "no bound"),
  )
  .addOption(
    new Option("--payload <kind>", "documents with their moves, or without")
      .choices(["full", "slim"]).default("slim"),
  )
  .allowExcessArguments(false)
  .showHelpAfterError(HINT)
  .exitOverride();

/** Says what is wrong and ends, as for any command that was called wrongly. */
function fail(message: string, code: number): never {
  console.error(`error: ${message}`);
  Deno.exit(code);
}

function parse(): OriginOptions {
  try {
    return program.parse(Deno.args, { from: "user" }).opts();
  } catch (error) {
    // Help was asked for (0), or commander has said what is wrong.
    const { exitCode } = error as { exitCode?: number };
    return Deno.exit(exitCode === 0 ? 0 : 2);
  }
}

function settle(options: OriginOptions) {
  try {
    return resolveOptions(options);
  } catch (error) {
    return fail(`${(error as Error).message.replace(/^startOrigin: /, "--")}\n${HINT}`, 2);
  }
}

const settings = settle(parse());
for (const signal of ["SIGINT", "SIGTERM"] as const) {
  if (signal === "SIGINT" || Deno.build.os !== "windows") {
    Deno.addSignalListener(signal, () => Deno.exit(0));
  }
}
try {
  await whenLauncherEnds(() => Deno.exit(0));
  say(await runOrigin(settings));
} catch (error) {
  fail((error as Error).message, 1);
}
