import { check, oneOf } from "../ground/options.ts";

/** A word for the second self of a variant; no variant may be named like that of another. */
export const twinName = (name: string): string => `${name} (twin)`;

/** Throws a RangeError where two are named alike, the twin's second self among them. */
export function checkNames(of: string, variants: readonly { readonly name: string }[]): void {
  const names = variants.map((variant) => variant.name);
  const double = names.find((name, i) => names.indexOf(name) !== i);
  if (double === undefined) return;
  throw new RangeError(`${of}: each variant needs a name of its own, not "${double}" twice`);
}

/** The one of that name; throws a RangeError that lists the names there are. */
export function named<V extends { readonly name: string }>(
  of: string,
  option: string,
  wanted: { readonly name: string } | string,
  variants: readonly V[],
): V {
  const name = typeof wanted === "string" ? wanted : wanted.name;
  check(of, option, name, oneOf(...variants.map((variant) => variant.name)));
  return variants.find((variant) => variant.name === name)!;
}
