import { digits } from "./words.ts";

/**
 * A ratio and the ends of its interval, each where a chart draws it: rounded by no more than a fifth
 * of the way to the nearer end, or a thousandth of the ratio. One more decimal follows until the ends as
 * printed are within a quarter of the width of where they are, and on the same side of 1 and of the
 * margin's ends, 1/(1 + margin) and 1 + margin. Two ends never print alike.
 *
 * ```ts
 * intervalWords({ ratio: 0.99287, low: 0.99118, high: 0.99457 }, 0.05); // 0.993, 0.991, 0.995
 * ```
 */
export function intervalWords(
  { ratio, low, high }: { readonly ratio: number; readonly low: number; readonly high: number },
  margin: number,
): { readonly ratio: string; readonly low: string; readonly high: string } {
  const width = high - low;
  // Without a width no digit is more doubtful than another.
  if (!(width > 0 && width < Infinity)) {
    return { ratio: digits(ratio), low: digits(low), high: digits(high) };
  }
  const borders = [1 / (1 + margin), 1, 1 + margin];
  const tells = (decimals: number) => {
    const [from, to] = [low, high].map((end) => Number(end.toFixed(decimals)));
    return Math.max(Math.abs(from - low), Math.abs(to - high)) < width / 4 &&
      borders.every((border) =>
        Math.sign(from - border) === Math.sign(low - border) &&
        Math.sign(to - border) === Math.sign(high - border)
      );
  };
  let decimals = Math.max(0, Math.ceil(Math.log10(2.5 / Math.max(ratio - low, ratio / 200))));
  while (decimals < 15 && !tells(decimals)) decimals++;
  // An interval that supports no digit at all still has no end at 0, and no decimals beyond 100.
  const words = (value: number) => {
    const text = value.toFixed(decimals);
    return Number(text) === 0 || value > 100 * Math.max(1, ratio) ? digits(value, 1) : text;
  };
  return { ratio: words(ratio), low: words(low), high: words(high) };
}
