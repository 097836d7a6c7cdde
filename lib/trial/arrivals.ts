/** Counts how often each path has been asked for. */
export class Arrivals {
  readonly #counts = new Map<string, number>();

  /** Which time this is, from 1. */
  next(path: string): number {
    const k = (this.#counts.get(path) ?? 0) + 1;
    this.#counts.set(path, k);
    return k;
  }
}
