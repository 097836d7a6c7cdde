/** A path and where it stands among the paths of the run; null where none is left. */
export type Item = { readonly index: number; readonly path: string } | null;

/**
 * The paths of a run, which all lanes take from in turn. What is shared is one number: threads take
 * from it themselves, without asking anyone.
 */
export class Queue {
  readonly #next: Int32Array<SharedArrayBuffer>;

  constructor(readonly paths: readonly string[], readonly memory = new SharedArrayBuffer(4)) {
    this.#next = new Int32Array(memory);
  }

  /** The next path. */
  take(): Item {
    const index = Atomics.add(this.#next, 0, 1);
    return index < this.paths.length ? { index, path: this.paths[index] } : null;
  }
}
