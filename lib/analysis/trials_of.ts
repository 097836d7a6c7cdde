import { list } from "../ground/words.ts";
import type { Pass } from "../trial/measured.ts";

/** The passes of one variant, in the order run; throws a RangeError that lists the names there are. */
export function trialsOf<P extends Pass>(
  { passes }: { readonly passes: readonly P[] },
  variant: string,
): P[] {
  const found = passes.filter((pass) => pass.variant === variant);
  if (found.length > 0) return found;
  const names = [...new Set(passes.map((pass) => `"${pass.variant}"`))];
  throw new RangeError(
    `no trial of "${variant}"; there ${names.length === 0 ? "are none" : `is ${list(names)}`}`,
  );
}
