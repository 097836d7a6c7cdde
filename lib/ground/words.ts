/** A number to so many significant digits, without exponent or trailing zeros beyond them. */
export function digits(value: number, significant = 3): string {
  if (!Number.isFinite(value)) return value === Infinity ? "∞" : value === -Infinity ? "−∞" : "?";
  if (value === 0) return "0";
  const magnitude = Math.floor(Math.log10(Math.abs(Number(value.toPrecision(significant)))));
  const decimals = Math.min(12, Math.max(0, significant - 1 - magnitude));
  const [whole, rest] = Math.abs(value).toFixed(decimals).split(".");
  const grouped = whole.length > 4 ? whole.replace(/\B(?=(\d{3})+$)/g, ",") : whole;
  const sign = value < 0 ? "−" : "";
  return rest === undefined ? sign + grouped : `${sign}${grouped}.${rest}`;
}

/** A number with no more digits than it needs, three at most beyond its whole part: 10, 0.25. */
export function plain(value: number): string {
  const text = Number.isInteger(value) ? integer(value) : digits(value);
  return text.includes(".") ? text.replace(/\.?0+$/, "") : text;
}

/** A duration in ms as people say it: "312 ms", "7.19 s", "25.1 s". */
export function duration(ms: number): string {
  const seconds = Math.abs(Number(ms.toPrecision(3))) >= 1000;
  return seconds ? `${digits(ms / 1000)} s` : `${digits(ms)} ms`;
}

/** "a", "a and b", "a, b and c"; or with another word for "and". */
export function list(items: readonly string[], word = "and"): string {
  if (items.length < 2) return items.join("");
  return `${items.slice(0, -1).join(", ")} ${word} ${items.at(-1)}`;
}

/** A whole number: "898", "100,000". */
export function integer(n: number): string {
  return digits(Math.round(n), Math.max(1, String(Math.abs(Math.round(n))).length));
}

/** "1 trial", "8 trials"; with a plural of its own "2 guesses". */
export function count(n: number, noun: string, plural = `${noun}s`): string {
  return `${integer(n)} ${n === 1 ? noun : plural}`;
}

/** One count where all are the same, else their range: "8 trials", "6 to 8 trials". */
export function counts(all: readonly number[], noun: string): string {
  const low = Math.min(...all), high = Math.max(...all);
  return low === high ? count(low, noun) : `${low} to ${count(high, noun)}`;
}

/** A sentence begun with a capital, whoever its subject is. */
export function capital(sentence: string): string {
  return sentence.charAt(0).toUpperCase() + sentence.slice(1);
}
