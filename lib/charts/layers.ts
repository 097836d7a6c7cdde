/** The layers that charts are built from. Where each stands is given as Vega-Lite's channels. */
import { TEXT } from "./theme.ts";

type Part = Readonly<Record<string, unknown>>;

/** Only rows in which all of these are known. */
export const known = (...fields: readonly string[]) => [
  { filter: fields.map((field) => `isValid(datum.${field})`).join(" && ") },
];

/** A constant mark is drawn once a row: so it has one. */
export const ONCE = { values: [{}] };

/** A thick rule over an interval, in rows where both ends are known. */
export function interval(
  axis: "x" | "y",
  on: Part,
  [low, high]: readonly [string, string],
  encoding: Part = {},
  mark: Part = {},
) {
  return {
    transform: known(low, high),
    mark: { type: "rule", strokeWidth: 3, aria: false, ...mark },
    encoding: { [axis]: { ...on, field: low }, [`${axis}2`]: { field: high }, ...encoding },
  };
}

/** A line across the plot, such as at 1 or at the value used; dashed where it is not the zero of things. */
export function reference(encoding: Part, dashed = false, more: Part = {}) {
  const strokeDash = dashed ? { strokeDash: [4, 3] } : {};
  return {
    mark: { type: "rule", style: "lab-rule", strokeWidth: 1.5, aria: false, ...strokeDash },
    encoding,
    ...more,
  };
}

/** Small upright ticks, such as at ideals. */
export function ticks(encoding: Part, mark: Part = {}, field = "") {
  return {
    ...(field === "" ? {} : { transform: known(field) }),
    mark: {
      type: "tick",
      ...("color" in encoding ? {} : { style: "lab-rule" }),
      orient: "vertical",
      thickness: 1.5,
      ...mark,
    },
    encoding,
  };
}

/** Filled marks. */
export function dots(encoding: Part, mark: Part = {}, field = "") {
  return {
    ...(field === "" ? {} : { transform: known(field) }),
    mark: { type: "point", filled: true, opacity: 1, size: 80, ...mark },
    encoding,
  };
}

/** A line through a series. */
export function line(encoding: Part, mark: Part = {}) {
  return { mark: { type: "line", strokeWidth: 2, aria: false, ...mark }, encoding };
}

/** Words in a plot, in the colour of its page. */
export function words(encoding: Part, mark: Part = {}, more: Part = {}) {
  return { ...more, mark: { ...TEXT, align: "left", ...mark }, encoding };
}

/** The height of a strip, from 0 at its top to 1 at its foot, and no axis. */
export const STRIP = {
  type: "quantitative",
  scale: { domain: [0, 1], reverse: true },
  axis: null,
} as const;

/** Where in a strip: a share of its height. */
export const at = (share: number) => ({ ...STRIP, datum: share });
