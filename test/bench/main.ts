/**
 * `deno task bench [PART…]`: what the lab costs and how it stands beside others,
 * each figure with an interval. Wants a quiet
 * machine. PART is one of the names below; none means all, one after the other.
 */
import { environment, environmentSummary } from "../../lib/experiment/environment.ts";
import { efficiency } from "./efficiency.ts";
import { overhead } from "./overhead.ts";
import { peers } from "./peers.ts";
import { planets } from "./planets.ts";
import { print, type Row } from "./table.ts";

const PARTS: Record<string, () => Promise<Row[]>> = { overhead, efficiency, peers, planets };

if (import.meta.main) {
  const unknown = Deno.args.find((name) => !Object.hasOwn(PARTS, name));
  if (unknown !== undefined) {
    console.error(`no part "${unknown}"; there are ${Object.keys(PARTS).join(", ")}`);
    Deno.exit(2);
  }
  console.log(environmentSummary(environment()));
  for (const name of Deno.args.length > 0 ? Deno.args : Object.keys(PARTS)) {
    print(await PARTS[name]());
  }
}
