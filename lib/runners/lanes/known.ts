/** A record as JSON brought it, whose unknown figures are NaN again. */
export const known = <T extends object>(row: T): T =>
  Object.fromEntries(Object.entries(row).map(([name, value]) => [name, value ?? NaN])) as T;
