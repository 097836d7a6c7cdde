/** Axis of durations in ms, labelled in ms or, from 2 s on, in s. */
export function timeAxis(title: string, max: number, more: Record<string, unknown> = {}) {
  const seconds = max >= 2000;
  const label = seconds ? "format(datum.value / 1000, '~g')" : "format(datum.value, '~g')";
  return { title: `${title}, ${seconds ? "s" : "ms"}`, labelExpr: label, ...more };
}

/**
 * Scale and axis values that take [low, high] in on a log scale, with some room: 1, 2 and 5 in each
 * decade, or powers of ten only where there are more decades than `dense`. Where too little is
 * between them for three of those, even steps of 1, 2 or 5.
 */
export function logScale(low: number, high: number, room: number, dense = 3) {
  const domain = [low / room, high * room];
  const values: number[] = [];
  const decades = Math.log10(domain[1] / domain[0]);
  for (let power = Math.floor(Math.log10(domain[0])); power <= Math.log10(domain[1]); power++) {
    for (const digit of decades > dense ? [1] : [1, 2, 5]) {
      const value = Number(`${digit}e${power}`);
      if (value >= domain[0] && value <= domain[1]) values.push(value);
    }
  }
  const scale = { type: "log", domain, nice: false };
  return { scale, values: values.length > 2 ? values : evenSteps(domain[0], domain[1]) };
}

/** Three to seven round values from `low` to `high`. */
function evenSteps(low: number, high: number): number[] {
  const power = 10 ** Math.floor(Math.log10((high - low) / 3));
  const step = [5, 2, 1].map((digit) => digit * power).find((each) => (high - low) / each >= 3)!;
  const first = Math.ceil(low / step);
  const count = Math.floor(high / step) - first + 1;
  // Whole multiples, divided last, have no digits that come of adding.
  return Array.from({ length: count }, (_, i) => Number(((first + i) * step).toPrecision(12)));
}
