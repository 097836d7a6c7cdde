/**
 * Most intervals [start, end) that overlap: requests in flight, where nobody could count them as
 * they went. Of an end and a start at one time, the end comes first.
 */
export function peakInFlight(start: readonly number[], end: readonly number[]): number {
  const starts = start.toSorted((a, b) => a - b);
  const ends = end.toSorted((a, b) => a - b);
  let [peak, ended] = [0, 0];
  for (let begun = 0; begun < starts.length; begun++) {
    while (ended < begun && ends[ended] <= starts[begun]) ended++;
    peak = Math.max(peak, begun + 1 - ended);
  }
  return peak;
}
