/** One colour a variant, whatever it is drawn beside. */
// Runs in one isolate: it mostly computes, and leaves nothing open.
import { assertEquals, assertNotEquals } from "@std/assert";
import { colorBy } from "../../lib/charts/colors.ts";
import { NEUTRAL } from "../../lib/render/theme.ts";

/** Each name's colour, as a scale gives them out: by place in the domain, over and over. */
function colors(names: readonly string[], apart = false): Record<string, string> {
  const { domain } = colorBy("variant", names, apart).scale;
  const { variants } = NEUTRAL;
  return Object.fromEntries(
    names.map((name) => [name, variants[domain.indexOf(name) % variants.length]]),
  );
}

Deno.test("colors: a variant has the same one alone, beside others, and in another order", () => {
  const names = ["sequential/new", "naive/kept", "concurrent/kept", "pool(10)"];
  const all = colors(names);
  assertEquals(new Set(Object.values(all)).size, names.length);
  for (const name of names) assertEquals(colors([name])[name], all[name]);
  assertEquals(colors(names.toReversed()), all);
});

Deno.test("colors: what has a plot of its own shares one with its like, lines in one plot do not", () => {
  const names = ["sequential/new", "sequential/kept", "sequential/kept (twin)"];
  assertEquals(new Set(Object.values(colors(names))).size, 1);
  assertEquals(new Set(Object.values(colors(names, true))).size, 3);
});

Deno.test("colors: a loop that awaits has that of the naive one, by whichever name", () => {
  const names = ["naive/kept", "await in the loop", "awaiting, new"];
  assertEquals(new Set(Object.values(colors(names))).size, 1);
});

Deno.test("colors: a twin has its first self's, whatever that is called", () => {
  const { native, "native (twin)": twin, other } = colors(["native", "other", "native (twin)"]);
  assertEquals(twin, native);
  assertNotEquals(other, native);
});

Deno.test("colors: red is red and blue is blue", () => {
  const [blue, , , , , red] = NEUTRAL.variants;
  assertEquals(colors(["red", "blue"]), { red, blue });
});

Deno.test("colors: names that say nothing take what others leave, and of many none is without", () => {
  const { mine, sequential, theirs } = colors(["mine", "sequential", "theirs"]);
  assertNotEquals(mine, sequential);
  assertNotEquals(theirs, sequential);
  assertNotEquals(mine, theirs);
  const many = Array.from({ length: 20 }, (_, i) => `variant ${i}`);
  assertEquals(Object.values(colors(many, true)).filter((color) => color === undefined), []);
});
