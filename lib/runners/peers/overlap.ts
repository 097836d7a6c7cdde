/**
 * Most intervals [start, end) that overlap: requests in flight, where nobody could count them as
 * they went. Of an end and a start at one time, the end comes first.
 */
export function peakInFlight(start: readonly number[], end: readonly number[]): number {
  const starts = start.toSorted((a, b) => a - b);
  const ends = end.toSorted((a, b) => a - b);
  let [open, peak, ended] = [0, 0, 0];
  for (const at of starts) {
    while (ended < ends.length && ends[ended] <= at) {
      ended++;
      open--;
    }
    peak = Math.max(peak, ++open);
  }
  return peak;
}
