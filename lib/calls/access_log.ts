import { dateOf, durationOf, numberOf, type Unit, unitNamed } from "./quantities.ts";
import type { Reading } from "./reading.ts";

/** The Common Log Format (Apache's documentation of mod_log_config), whatever stands before the date. */
const LINE = /^[^["]*\[([^\]]*)\] "((?:[^"\\]|\\.)*)" (\d{3}|-) (\d+|-)(.*)$/;

/** A duration under a name that people give it in nginx's log_format. */
const NAMED =
  /(?:^|[\s"])(?:rt|request_time|req_time|response_time|duration|time)[=:]"?([\d.]+[a-zµ]*)/i;

/** Whether a text is an access log: by its first line that is no comment. */
export const isAccessLog = (text: string): boolean =>
  text.split(/\r?\n/, 20).some((line) => LINE.test(line));

/**
 * Reads the calls of an access log, nginx's or Apache's: the common or the combined fields, and after
 * them a duration, under a name or not. One with a decimal point is nginx's `$request_time`, in
 * seconds, logged when the request ended; a whole number may be Apache's `%D` or `%T`, logged with the
 * request's start.
 *
 * @param unit what whole numbers are in, which a log does not say
 * @throws {RangeError} where that is needed and not given
 */
export function readAccessLog(reading: Reading, text: string, unit: Unit | undefined): Reading {
  text.split(/\r?\n/).forEach((line, i) => {
    if (line.trim() === "" || line.startsWith("#")) return;
    const where = `line ${i + 1}`;
    const [, date, asked, status, bytes, rest] = LINE.exec(line) ?? [];
    if (date === undefined) return reading.leave(where, "is not a line of an access log");
    const took = durationIn(rest);
    if (took === undefined) return reading.leave(where, "has no duration after its fields");
    const seconds = took.includes(".");
    const own = unitNamed(took.replace(/^[\d.]+/, ""));
    if (!seconds && own === undefined && unit === undefined) {
      throw new RangeError(
        `whatIf: nothing in ${reading.what} says what its durations are in, such as ${took}: ` +
          'say it, { unit: "us" } for Apache’s %D, { unit: "s" } for its %T',
      );
    }
    const latency = durationOf(took, unit ?? (seconds ? "s" : "ms"));
    const at = dateOf(date);
    const [method, url] = asked.split(" ");
    reading.add(where, {
      ...(url === undefined ? {} : { method, url }),
      start: seconds && own === undefined ? at - latency : at,
      latency,
      status: numberOf(status),
      bytes: bytes === "-" ? 0 : numberOf(bytes),
    });
  });
  reading.say(
    "An access log has its times to the second: how many were in flight is known roughly.",
  );
  return reading;
}

/**
 * The duration in what follows the fields: a named one, else the first number outside quotes, else in
 * them: one with a unit, or else a decimal point, comes before sizes and counts.
 */
function durationIn(rest: string): string | undefined {
  const named = NAMED.exec(rest)?.[1];
  if (named !== undefined) return named;
  const quoted = /"((?:[^"\\]|\\.)*)"/g;
  const number = (texts: readonly string[]) =>
    [/^\d+(\.\d+)?[a-zµ]{1,2}$/, /^\d+\.\d+$/, /^\d+$/]
      .map((kind) => texts.find((text) => kind.test(text))).find((text) => text !== undefined);
  return number(rest.replace(quoted, " ").split(/\s+/)) ??
    number([...rest.matchAll(quoted)].map(([, text]) => text));
}
