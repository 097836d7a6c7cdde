/**
 * How long a Retry-After header asks for, ms: whole seconds, or until a date (RFC 9110, 10.2.3); one
 * that is over is 0. NaN where it says neither.
 *
 * @param header as it came; "" where there was none
 * @param now ms since the epoch
 */
export function retryAfterMs(header: string, now: number): number {
  const text = header.trim();
  if (/^\d+$/.test(text)) return 1000 * Number(text);
  // A number that is not whole seconds would pass for a year.
  const date = /^[A-Za-z]{3,9},? /.test(text) ? Date.parse(text) : NaN;
  return Math.max(0, date - now);
}
