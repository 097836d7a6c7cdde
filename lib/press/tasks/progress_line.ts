/** What a terminal shows while a notebook runs: one line, written over. */

/** Where progress goes; `isTerminal` false keeps it quiet. */
export interface Screen {
  isTerminal: boolean;
  /** How many characters fit on a line. */
  columns(): number;
  write(text: string): void;
}

export const standardError: Screen = {
  isTerminal: Deno.stderr.isTerminal(),
  columns: () => Deno.consoleSize().columns,
  write: (text) => void Deno.stderr.writeSync(new TextEncoder().encode(text)),
};

export class ProgressLine {
  #timer: ReturnType<typeof setInterval> | undefined;
  #started = performance.now();
  #cellStarted = performance.now();
  #ended = 0;
  #endedSeconds = 0;

  /**
   * `ids` are the cells that will run, in order; `earlier` says how many seconds each took last
   * time, where that is known.
   */
  constructor(
    readonly screen: Screen,
    readonly name: string,
    readonly ids: readonly string[],
    readonly earlier: ReadonlyMap<string, number>,
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
  stop(): void {
    clearInterval(this.#timer);
    if (this.screen.isTerminal) this.screen.write("\r\x1b[2K");
  }

  #draw(): void {
    if (!this.screen.isTerminal) return;
    const now = performance.now();
    const cell = Math.min(this.#ended + 1, this.ids.length);
    const left = secondsLeft(
      this.ids.map((id) => this.earlier.get(id)),
      this.#ended,
      this.#endedSeconds,
      (now - this.#cellStarted) / 1000,
    );
    const line = `${this.name}  cell ${cell}/${this.ids.length}  ` +
      clock((now - this.#started) / 1000) +
      (left === undefined ? "" : `, about ${clock(left)} left`);
    // A line that wraps could not be written over.
    this.screen.write(`\r\x1b[2K${line.slice(0, this.screen.columns() - 1)}`);
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
  if (earlier.some((seconds) => seconds === undefined)) return undefined;
  const known = earlier as readonly number[];
  const sum = (from: number, to: number) =>
    known.slice(from, to).reduce((total, seconds) => total + seconds, 0);
  const before = sum(0, ended);
  // Short cells say little about the pace.
  const pace = before > 1 ? endedSeconds / before : 1;
  return Math.max(0, pace * sum(ended, ended + 1) - running) + pace * sum(ended + 1, known.length);
}

/** Minutes and seconds, as 1:05. */
export function clock(seconds: number): string {
  const whole = Math.round(seconds);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}
