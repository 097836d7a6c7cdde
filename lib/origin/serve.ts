/** `deno task origin`: the API under test on its own, until it is asked to stop. */
import { InvalidArgumentError, Option } from "commander";
import { once } from "node:events";
import { say } from "../ground/parent.ts";
import { stopSignal } from "../ground/stop_signal.ts";
import { ToldError } from "../ground/told_error.ts";
import { command, readCommandLine, runTask, UsageError } from "../ground/usage.ts";
import { FAULTS } from "./faults.ts";
import type { OriginOptions } from "./origin.ts";
import { runOrigin } from "./running.ts";
import { settleOptions } from "./settle_options.ts";

function number(text: string): number {
  const value = Number(text);
  if (text.trim() === "" || Number.isNaN(value)) throw new InvalidArgumentError("Not a number.");
  return value;
}

/** A number without which nothing is limited. */
const limit = (flags: string, description: string) =>
  new Option(flags, description).argParser(number).default(Infinity, "no bound");

/** "503=0.05,reset=0.01" as shares by name. */
function shares(text: string): Record<string, number> {
  const entries = text.split(",").map((part) => part.split("="));
  const names = new Set(entries.map(([name]) => name.trim()));
  if (names.size < entries.length || entries.some(({ length }) => length !== 2)) {
    throw new InvalidArgumentError("Each needs a share, once: 503=0.05,reset=0.01.");
  }
  return Object.fromEntries(entries.map(([name, share]) => [name.trim(), number(share)]));
}

const program = command(
  "deno task origin",
  "Serves an API that stands in for https://pokeapi.co, with latencies drawn from a seed. " +
    'Prints one line of JSON, {"url", "control", "pid", "config"}, once it accepts connections, ' +
    "and serves until SIGINT or SIGTERM.",
  '\nControl has POST /begin {"seed": n}, POST /end, GET /config and GET /now.',
)
  .option("--port <n>", "where to listen; 0 is any free port", number, 0)
  .option("--host <address>", "what to listen on; by default this machine alone", "127.0.0.1")
  .option("--seed <n>", "what latencies are drawn from outside a trial", number, 1)
  .option("--median <ms>", "median service time; 0 is no latency", number, 45)
  .option("--sigma <s>", "σ of the log of the service time", number, 0.4)
  .option("--handshake <ms>", "what a new connection pays, from its accept", number, 119)
  .addOption(limit("--capacity <k>", "requests served at once, the rest queue"))
  .addOption(limit("--queue <n>", "requests that may wait for a place; one more gets 503"))
  .addOption(limit("--rate <r>", "requests let in a second; one more gets 429"))
  .option("--burst <n>", "requests let in at once before the rate counts", number, 1)
  .addOption(limit("--slow-one-in <n>", "one request in so many takes ten times as long"))
  .addOption(
    new Option("--faults <shares>", `e.g. 503=0.05,reset=0.01, of ${FAULTS.join(", ")}`)
      .argParser(shares).default({}, "none"),
  )
  .addOption(
    new Option("--payload <kind>", "documents with their moves, or without")
      .choices(["full", "slim"]).default("slim"),
  )
  .option("--replay <file>", "a recording, whose paths, answers and latencies it serves instead");

/** It cannot listen where it is told to. */
class ListenError extends ToldError {
  readonly exitCode = 1;
}

/** What the command line says, resolved; of a recording, what was not said is its own. */
function settle(options: OriginOptions) {
  for (const name of ["median", "sigma", "handshake", "payload"] as const) {
    const left = program.getOptionValueSource(name) === "default";
    if (options.replay !== undefined && left) delete options[name];
  }
  try {
    return settleOptions(options);
  } catch (error) {
    throw new UsageError((error as Error).message.replace(
      /^startOrigin: (\w+)/,
      (_, name) => "--" + name.replace(/[A-Z]/g, (letter: string) => "-" + letter.toLowerCase()),
    ));
  }
}

await runTask("origin", async () => {
  const read = readCommandLine(program, Deno.args);
  if (read === undefined) return 0;
  const settings = settle(read.opts());
  const stopped = once(stopSignal(), "abort");
  say(
    await runOrigin(settings).catch((error) => {
      throw new ListenError(error.message);
    }),
  );
  await stopped;
  return 0;
});
