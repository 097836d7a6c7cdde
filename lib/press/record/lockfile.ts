/** What deno.lock says of the packages that something reaches. */
import { digestTable } from "./digest.ts";

/** deno.lock, version 5, as far as npm packages go. */
export interface Lockfile {
  /** `npm:vega@6.4.0` → `6.4.0`. */
  readonly specifiers: Readonly<Record<string, string>>;
  /** `vega@6.4.0` → its integrity and what it depends on. */
  readonly npm: Readonly<Record<string, LockedPackage>>;
}

interface LockedPackage {
  readonly integrity?: string;
  readonly dependencies?: readonly string[];
  readonly optionalDependencies?: readonly string[];
}

/** Reads a lockfile; what is not there is empty. */
export function parseLockfile(text: string): Lockfile {
  const { specifiers = {}, npm = {} } = JSON.parse(text);
  return { specifiers, npm };
}

/**
 * One hash for the package that `specifier` (`npm:vega@6.4.0`) names with all that it depends on,
 * of every system's optional parts. Packages that only others reach do not change it, nor does
 * what JSR packages stand in the lockfile. A package that is not locked has the hash "not locked".
 */
export function lockedHash(lockfile: Lockfile, specifier: string): string {
  const key = lockedKey(lockfile, specifier);
  if (key === undefined) return "not locked";
  const reached: Record<string, string> = {};
  const visit = (key: string) => {
    if (key in reached) return;
    const { integrity = "", dependencies = [], optionalDependencies = [] } = lockfile.npm[key];
    reached[key] = integrity;
    for (const name of [...dependencies, ...optionalDependencies]) {
      const next = dependencyKey(lockfile, name);
      if (next !== undefined) visit(next);
    }
  };
  visit(key);
  return digestTable(reached);
}

function lockedKey({ specifiers, npm }: Lockfile, specifier: string): string | undefined {
  const [, name, path] = specifier.match(/^npm:\/?((?:@[^/]+\/)?[^/]+)(\/.*)?$/) ?? [];
  if (name === undefined) return undefined;
  const whole = path === undefined ? specifier : specifier.slice(0, -path.length);
  const version = specifiers[whole];
  const bare = name.replace(/(?<=.)@[^@]*$/, "");
  const key = version === undefined ? name : `${bare}@${version}`;
  return key in npm ? key : undefined;
}

/** A dependency is named with its version only where there are several. */
function dependencyKey({ npm }: Lockfile, name: string): string | undefined {
  if (name in npm) return name;
  return Object.keys(npm).find((key) => key.startsWith(`${name}@`));
}
