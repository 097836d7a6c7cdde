/** Counts what `deno test` reports in JUnit's format, and says it in one line. */

/** How tests and their steps ended. */
export interface Tally {
  readonly passed: number;
  readonly failed: number;
  readonly ignored: number;
  /** Of those ignored, how many for want of which tool; one may want several. */
  readonly wanting: Readonly<Record<string, number>>;
}

/** Counts the cases of all these reports together. */
export function tally(reports: readonly string[]): Tally {
  // What a test says is escaped, so these marks are the report's own. What --filter left out, or
  // --fail-fast did not come to, took no time.
  const cases = reports.flatMap((report) => report.split("<testcase ").slice(1))
    .filter((one) => one.slice(0, one.indexOf(">")).includes('" time="'));
  const ignored = cases.filter((one) => one.includes("<skipped/>"));
  const failed = cases.filter((one) => one.includes("<failure "));
  const wanting: Record<string, number> = {};
  for (const one of ignored) {
    // As needs.ts puts it; the innermost step's words come last.
    const tools = one.match(/.*\(needs ([^:]+): [^"]*\)" /)?.[1].split(", ") ??
      (/\(forbidden here: [^"]*\)" /.test(one) ? ["what this machine forbids"] : []);
    for (const tool of tools) wanting[tool] = (wanting[tool] ?? 0) + 1;
  }
  return {
    passed: cases.length - ignored.length - failed.length,
    failed: failed.length,
    ignored: ignored.length,
    wanting,
  };
}

/** "950 passed, 0 failed, 44 ignored: 12 need hugo, 9 need go". */
export function closingLine({ passed, failed, ignored, wanting }: Tally): string {
  const counts = `${passed} passed, ${failed} failed`;
  if (ignored === 0) return counts;
  const reasons = Object.entries(wanting).sort(([, a], [, b]) => b - a)
    .map(([tool, number]) => `${number} need${number === 1 ? "s" : ""} ${tool}`);
  const why = reasons.length > 0 ? `: ${reasons.join(", ")}` : "";
  return `${counts}, ${ignored} ignored${why}`;
}
