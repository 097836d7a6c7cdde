/**
 * What `make` gives, or undefined where it throws, for whatever reason that is.
 *
 * @example attempt(() => decodeURIComponent(name)) ?? name
 */
export function attempt<T>(make: () => T): T | undefined {
  try {
    return make();
  } catch {
    return undefined;
  }
}
