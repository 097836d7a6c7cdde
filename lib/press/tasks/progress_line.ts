/** What a terminal shows while a notebook runs: one line, written over. */

/** Where progress goes; `isTerminal` false keeps it quiet. */
export const standardError = {
  isTerminal: Deno.stderr.isTerminal(),
  /** How many characters fit on a line. */
  columns: () => Deno.consoleSize().columns,
  write: (text: string) => void Deno.stderr.writeSync(new TextEncoder().encode(text)),
};
export type Screen = typeof standardError;

/** Writes a line over the one that is there, on a terminal; a line that wraps could not be written over. */
export function overwrite({ isTerminal, columns, write }: Screen, line: string): void {
  if (isTerminal) write(`\r\x1b[2K${line.slice(0, columns() - 1)}`);
}

export class ProgressLine implements Disposable {
  #timer: ReturnType<typeof setInterval> | undefined;
  #started = performance.now();
  #cellStarted = performance.now();
  #ended = 0;
  #endedSeconds = 0;

  /**
   * `earlier` says of each cell that will run how many seconds it took last time, where that is
   * known.
   */
  constructor(
    readonly screen: Screen,
    readonly name: string,
    readonly earlier: readonly (number | undefined)[],
  ) {
    if (screen.isTerminal) this.#timer = setInterval(() => this.#draw(), 1000);
  }

  cellStarted(): void {
    this.#cellStarted = performance.now();
    this.#draw();
  }

  cellEnded(): void {
    this.#endedSeconds += (performance.now() - this.#cellStarted) / 1000;
    this.#ended++;
  }

  /** Takes the line away. */
  [Symbol.dispose](): void {
    clearInterval(this.#timer);
    overwrite(this.screen, "");
  }

  #draw(): void {
    const now = performance.now(), running = (now - this.#cellStarted) / 1000;
    const cell = Math.min(this.#ended + 1, this.earlier.length);
    const left = secondsLeft(this.earlier, this.#ended, this.#endedSeconds, running);
    const line = `${this.name}  cell ${cell}/${this.earlier.length}  ` +
      clock((now - this.#started) / 1000) +
      (left === undefined ? "" : `, about ${clock(left)} left`);
    overwrite(this.screen, line);
  }
}

/**
 * Seconds left when `ended` cells took `endedSeconds` and the next is `running` seconds old: what
 * the cells took `earlier`, at the pace of today. Undefined when that is not known of all.
 */
export function secondsLeft(
  earlier: readonly (number | undefined)[],
  ended: number,
  endedSeconds: number,
  running: number,
): number | undefined {
  const known = earlier.filter((seconds) => seconds !== undefined);
  if (known.length < earlier.length) return undefined;
  const sum = (from: number, to?: number) =>
    known.slice(from, to).reduce((total, seconds) => total + seconds, 0);
  const before = sum(0, ended);
  // Short cells say little about the pace.
  const pace = before > 1 ? endedSeconds / before : 1;
  return Math.max(0, pace * sum(ended, ended + 1) - running) + pace * sum(ended + 1);
}

/** Minutes and seconds, as 1:05. */
export function clock(seconds: number): string {
  const whole = Math.round(seconds);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}
