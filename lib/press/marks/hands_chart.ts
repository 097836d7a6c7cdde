/** The show of hands: the guesses of a class, each a dot, and what happened. */
import { count, plain } from "../../ground/words.ts";
import { renderSVG } from "../../render/mod.ts";
import type { Hands } from "./sheet.ts";

/** Places across the chart at which dots are piled up. */
const PLACES = 36;

/** The chart of one question, as SVG. */
export async function handsSvg({ question, happened, guesses }: Hands): Promise<string> {
  const all = happened === null ? guesses : [...guesses, happened];
  const [low, high] = [Math.min(...all), Math.max(...all)];
  const log = low > 0 && high / low > 20;
  const scaled = (value: number) => log ? Math.log(value) : value;
  const width = scaled(high) - scaled(low) || 1;
  const piles = new Map<number, number>();
  const dots = guesses.toSorted((a, b) => a - b).map((guess) => {
    const place = Math.round((scaled(guess) - scaled(low)) / width * PLACES);
    const hands = (piles.get(place) ?? 0) + 1;
    piles.set(place, hands);
    return { guess, hands };
  });
  const x = {
    field: "guess",
    type: "quantitative",
    scale: { type: log ? "log" : "linear", zero: false, nice: true },
    axis: { title: null, tickCount: 6, format: "~g" },
  };
  const result = happened === null ? [] : [{
    data: { values: [{ guess: happened, says: `what happened: ${plain(happened)}` }] },
    layer: [
      { mark: { type: "rule", strokeWidth: 3, color: "#b5442a" }, encoding: { x } },
      {
        mark: { type: "text", align: "left", dx: 6, baseline: "top", color: "#b5442a" },
        encoding: { x, y: { value: 0 }, text: { field: "says" } },
      },
    ],
  }];
  const told = happened === null ? "" : `; what happened: ${plain(happened)}`;
  return await renderSVG({
    $schema: "https://vega.github.io/schema/vega-lite/v5.json",
    description: `${question}: ${count(guesses.length, "guess", "guesses")}${told}.`,
    title: question,
    width: 560,
    height: 24 + 14 * Math.max(...piles.values()),
    layer: [
      {
        data: { values: dots },
        mark: { type: "circle", size: 110, opacity: 0.85, color: "#2f6f9f" },
        encoding: {
          x,
          y: {
            field: "hands",
            type: "quantitative",
            axis: null,
            scale: { domain: [0, Math.max(...piles.values()) + 1] },
          },
        },
      },
      ...result,
    ],
  });
}
