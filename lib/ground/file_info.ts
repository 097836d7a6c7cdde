import { attempt } from "./attempt.ts";

/** What lies at a path; undefined where nothing does, or nothing that may be looked at. */
export function infoOf(path: string): Deno.FileInfo | undefined {
  return attempt(() => Deno.statSync(path));
}
