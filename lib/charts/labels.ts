import { words } from "./layers.ts";

/**
 * Moves labels apart: places on an axis of pixels, in any order, come back at least `gap` apart and
 * within [0, height], each as near to where it was as that allows.
 */
export function apart(places: readonly number[], gap: number, height: number): number[] {
  const order = places.map((_, i) => i).sort((a, b) => places[a] - places[b]);
  const moved = [...places];
  // Neighbours that are too near form a heap around their common middle; heaps may merge.
  const heaps: { members: number[]; middle: number }[] = [];
  for (const member of order) {
    heaps.push({ members: [member], middle: places[member] });
    while (heaps.length > 1) {
      const [above, below] = heaps.slice(-2);
      const reach = gap * (above.members.length + below.members.length) / 2;
      if (below.middle - above.middle >= reach) break;
      const members = [...above.members, ...below.members];
      const middle = members.reduce((sum, one) => sum + places[one], 0) / members.length;
      heaps.splice(-2, 2, { members, middle });
    }
  }
  for (const { members, middle } of heaps) {
    const half = gap * (members.length - 1) / 2;
    const start = Math.max(0, Math.min(height - 2 * half, middle - half));
    members.forEach((member, i) => moved[member] = start + gap * i);
  }
  return moved;
}

/** A layer of names at the ends of lines: right of x, in plots whose height is known. */
export function endLabels<T extends { readonly x: number; readonly series: string }>(
  ends: readonly T[],
  place: (end: T) => number,
  height: number,
  x: Readonly<Record<string, unknown>>,
) {
  const places = apart(ends.map(place), 15, height);
  const values = ends.map(({ x, series }, i) => ({ x, series, place: Math.round(places[i]) }));
  const y = { field: "place", type: "quantitative", scale: null };
  return words(
    { x: { ...x, field: "x" }, y, text: { field: "series" } },
    { dx: 10, fontWeight: "bold" },
    { data: { values } },
  );
}

/** Room that a label of so many letters takes at the right of a plot, px. */
export function roomFor(labels: readonly string[]): number {
  return 16 + 7.6 * Math.max(0, ...labels.map((label) => label.length));
}
