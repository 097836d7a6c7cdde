/** What lies at a path; undefined where nothing does, or nothing that may be looked at. */
export function infoOf(path: string): Deno.FileInfo | undefined {
  try {
    return Deno.statSync(path);
  } catch {
    return undefined;
  }
}
