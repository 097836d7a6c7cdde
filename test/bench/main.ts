/**
 * `deno task bench [PART…]`: what the lab costs and how it stands beside others, each figure with
 * an interval. Wants a quiet machine. PART is one of the names below; none means all of them.
 */
import { environment, environmentSummary } from "../../lib/experiment/environment.ts";
import { efficiency } from "./efficiency.ts";
import { overhead } from "./overhead.ts";
import { peers } from "./peers.ts";
import { planets } from "./planets.ts";
import { rule } from "./rule.ts";
import { scale } from "./scale.ts";
import { print, type Row } from "./table.ts";

const PARTS: Record<string, () => Promise<Row[]>> = {
  ...{ scale, overhead, efficiency, peers, planets, rule },
};

const HELP = `Usage: deno task bench [PART…]

Measures what the lab costs and how it stands beside others, each figure with its interval. Wants a
quiet machine and some minutes. PART is ${Object.keys(PARTS).join(", ")}; none means all of them.`;

if (import.meta.main) {
  if (Deno.args.includes("--help") || Deno.args.includes("-h")) {
    console.log(HELP);
    Deno.exit(0);
  }
  const unknown = Deno.args.find((name) => !Object.hasOwn(PARTS, name));
  if (unknown !== undefined) {
    console.error(
      unknown.startsWith("-")
        ? `unknown option '${unknown}'\nSee deno task bench --help`
        : `no part "${unknown}"; there are ${Object.keys(PARTS).join(", ")}`,
    );
    Deno.exit(2);
  }
  console.log(environmentSummary(environment()));
  for (const name of Deno.args.length > 0 ? Deno.args : Object.keys(PARTS)) {
    print(await PARTS[name]());
  }
}
