// Runs in one isolate: it mostly computes, and leaves nothing open.
import { assert, assertAlmostEquals, assertEquals, assertNotEquals } from "@std/assert";
import { draw, standardNormal } from "../../lib/origin/draw.ts";

const article = { median: 45, sigma: 0.4 };
const paths = Array.from({ length: 1025 }, (_, i) => `/api/v2/pokemon/${i + 1}`);
const normals = (seed: number, k = 1) => paths.map((path) => standardNormal(seed, path, k));
const mean = (xs: number[]) => xs.reduce((sum, x) => sum + x, 0) / xs.length;

function correlation(xs: number[], ys: number[]): number {
  const [mx, my] = [mean(xs), mean(ys)];
  let [xy, xx, yy] = [0, 0, 0];
  for (let i = 0; i < xs.length; i++) {
    xy += (xs[i] - mx) * (ys[i] - my);
    xx += (xs[i] - mx) ** 2;
    yy += (ys[i] - my) ** 2;
  }
  return xy / Math.sqrt(xx * yy);
}

Deno.test("a draw depends on seed, path and k and on nothing drawn before", () => {
  const forwards = paths.map((path) => draw(7, path, 1, article));
  const backwards = paths.toReversed().map((path) => draw(7, path, 1, article)).toReversed();
  assertEquals(forwards, backwards);
  const base = standardNormal(7, "/api/v2/pokemon/1", 1);
  assertNotEquals(standardNormal(8, "/api/v2/pokemon/1", 1), base);
  assertNotEquals(standardNormal(7 + 2 ** 32, "/api/v2/pokemon/1", 1), base);
  assertNotEquals(standardNormal(7, "/api/v2/pokemon/1/", 1), base);
  assertNotEquals(standardNormal(7, "/api/v2/pokemon/1", 2), base);
});

Deno.test("the draws of a seed stay what they were, so that recorded trials can be redrawn", () => {
  assertEquals([1, 2, 3].map((k) => draw(1, "/api/v2/pokemon/1", k, article)), [35, 37, 70]);
});

Deno.test("draws are whole milliseconds, 0 or more, up to the largest seed", () => {
  for (const seed of [0, 1, 2 ** 32, Number.MAX_SAFE_INTEGER]) {
    for (const path of paths) {
      const ms = draw(seed, path, 1, { median: 2, sigma: 1.5 });
      assert(Number.isInteger(ms) && ms >= 0, `${ms} for ${path} under seed ${seed}`);
    }
  }
});

Deno.test("a median of 0 draws no latency and a σ of 0 draws the median", () => {
  assertEquals(new Set(paths.map((p) => draw(3, p, 1, { median: 0, sigma: 0.4 }))), new Set([0]));
  assertEquals(new Set(paths.map((p) => draw(3, p, 1, { median: 45, sigma: 0 }))), new Set([45]));
});

Deno.test("quantiles and mean of many draws are the lognormal's", () => {
  const latency = { median: 4500, sigma: 0.4 };
  const drawn: number[] = [];
  for (let seed = 1; seed <= 40; seed++) {
    for (const path of paths) drawn.push(draw(seed, path, 1, latency));
  }
  drawn.sort((a, b) => a - b);
  // Standard normal quantiles; 41,000 draws put the estimates within about 1 % of them.
  const quantiles = [[0.01, -2.3263479], [0.05, -1.6448536], [0.25, -0.6744898], [0.5, 0]];
  for (const [p, z] of [...quantiles, ...quantiles.map(([p, z]) => [1 - p, -z])]) {
    const got = drawn[Math.floor(p * drawn.length)] / 4500;
    assertAlmostEquals(got / Math.exp(0.4 * z), 1, 0.02, `quantile ${p}`);
  }
  assertAlmostEquals(mean(drawn) / (4500 * Math.exp(0.4 ** 2 / 2)), 1, 0.01);
});

Deno.test("neighbouring seeds, arrivals and paths are uncorrelated", () => {
  // For 1,025 independent pairs a correlation has a standard deviation of 0.031.
  for (let seed = 0; seed < 20; seed++) {
    assert(Math.abs(correlation(normals(seed), normals(seed + 1))) < 0.14, `seeds from ${seed}`);
    assert(Math.abs(correlation(normals(seed), normals(seed, 2))) < 0.14, `arrivals of ${seed}`);
    const z = normals(seed);
    assert(Math.abs(correlation(z.slice(1), z.slice(0, -1))) < 0.14, `paths under ${seed}`);
  }
});

Deno.test("sums over a trial vary between seeds as sums of independent draws do", () => {
  const sums = Array.from({ length: 400 }, (_, seed) => {
    return normals(seed).slice(0, 150).reduce((sum, z) => sum + z, 0) / Math.sqrt(150);
  });
  const variance = mean(sums.map((s) => s ** 2)) - mean(sums) ** 2;
  assertAlmostEquals(variance, 1, 0.25);
  assertAlmostEquals(mean(sums), 0, 0.2);
});
