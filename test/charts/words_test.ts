// Runs in one isolate: it mostly computes, and leaves nothing open.
import { assertEquals } from "@std/assert";
import { count, counts, digits, duration, integer, list, plain } from "../../lib/ground/words.ts";

Deno.test("numbers have three significant digits, and no exponent", () => {
  assertEquals(
    [0.000123456, 0.0341, 1, 25.06, 249.6, 999.6, 25_060, -3, 0, Infinity].map((n) => digits(n)),
    ["0.000123", "0.0341", "1.00", "25.1", "250", "1000", "25,060", "−3.00", "0", "∞"],
  );
});

Deno.test("durations change from ms to s at one second as rounded", () => {
  assertEquals([0.25, 45.04, 999.4, 999.6, 7189, 25_064, 125_000].map(duration), [
    "0.250 ms",
    "45.0 ms",
    "999 ms",
    "1.00 s",
    "7.19 s",
    "25.1 s",
    "125 s",
  ]);
});

Deno.test("counts are whole, and their nouns agree", () => {
  assertEquals([count(1, "trial"), count(898, "request"), count(100_000, "request")], [
    "1 trial",
    "898 requests",
    "100,000 requests",
  ]);
  assertEquals(counts([8, 8], "trial"), "8 trials");
  assertEquals(counts([6, 8], "trial"), "6 to 8 trials");
  assertEquals([integer(-12_345.4), plain(10), plain(0.25), plain(0.5)], [
    "−12,345",
    "10",
    "0.25",
    "0.5",
  ]);
});

Deno.test("lists read as sentences do", () => {
  assertEquals([list([]), list(["a"]), list(["a", "b"]), list(["a", "b", "c"])], [
    "",
    "a",
    "a and b",
    "a, b and c",
  ]);
});
