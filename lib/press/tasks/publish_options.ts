import { UsageError } from "../../ground/usage.ts";
import { type Target, TARGETS } from "../post/site/write_site.ts";

/** The targets in a list as `html,hugo`. A UsageError for one that does not exist. */
export function parseTargets(list: string): Target[] {
  const names = list.split(",").map((name) => name.trim()).filter((name) => name !== "");
  const known: readonly string[] = TARGETS;
  const wrong = names.find((name) => !known.includes(name));
  if (wrong !== undefined || names.length === 0) {
    throw new UsageError(`--to ${wrong ?? list}: there are ${known.join(", ")}`);
  }
  return TARGETS.filter((target) => names.includes(target));
}

/** The address of a site, ending in a slash. A UsageError for anything else. */
export function parseSite(text: string): string {
  const url = URL.parse(text);
  if (url === null || !/^https?:$/.test(url.protocol) || url.search + url.hash !== "") {
    throw new UsageError(`--site ${text}: an address as https://example.org/lab/`);
  }
  return url.href.replace(/\/*$/, "/");
}
