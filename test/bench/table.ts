/** A figure with its interval, and what it should reach. */
export interface Row {
  readonly what: string;
  readonly figure: number;
  readonly low: number;
  readonly high: number;
  readonly goal: string;
  readonly reached: boolean;
  /** Whatever helps to read it. */
  readonly beside: string;
}

/** Prints rows under each other. */
export function print(rows: readonly Row[]): void {
  const width = Math.max(...rows.map(({ what }) => what.length));
  for (const { what, figure, low, high, goal, reached, beside } of rows) {
    const interval = `${figure.toFixed(3)} [${low.toFixed(3)}, ${high.toFixed(3)}]`;
    const verdict = `${goal.padEnd(6)} ${reached ? "reached" : "MISSED "}`;
    console.log(`${what.padEnd(width)}  ${interval}  ${verdict}  ${beside}`);
  }
}
