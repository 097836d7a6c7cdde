/** What happens next: a binary heap by time; of two things at one time, the one added first. */
export class EventQueue<T> {
  readonly #heap: { at: number; order: number; what: T }[] = [];
  #added = 0;

  add(at: number, what: T): void {
    const heap = this.#heap;
    let i = heap.push({ at, order: this.#added++, what }) - 1;
    while (i > 0) {
      const parent = (i - 1) >> 1;
      if (!this.#before(i, parent)) break;
      [heap[i], heap[parent]] = [heap[parent], heap[i]];
      i = parent;
    }
  }

  /** Removes and returns the earliest; undefined when nothing is left. */
  take(): { at: number; what: T } | undefined {
    const heap = this.#heap;
    const first = heap[0];
    const last = heap.pop();
    if (heap.length === 0 || last === undefined) return first;
    heap[0] = last;
    for (let i = 0;;) {
      let least = i;
      for (const child of [2 * i + 1, 2 * i + 2]) {
        if (child < heap.length && this.#before(child, least)) least = child;
      }
      if (least === i) return first;
      [heap[i], heap[least]] = [heap[least], heap[i]];
      i = least;
    }
  }

  #before(i: number, j: number): boolean {
    const [a, b] = [this.#heap[i], this.#heap[j]];
    return a.at < b.at || (a.at === b.at && a.order < b.order);
  }
}
