/** What an examination of this machine came to. */

/** "advice": most works, but something will not, or not well. */
export type State = "ok" | "advice" | "broken";

export interface Finding {
  readonly name: string;
  readonly state: State;
  /** What is there. */
  readonly found: string;
  /** What to do about it; null when nothing is to be done. */
  readonly remedy: string | null;
}

/** An examination. A floor's needs.ts exports those of what it needs, as `needs`. */
export type Examination = () => Promise<Finding> | Finding;

/** All is well. */
export function ok(name: string, found: string): Finding {
  return { name, state: "ok", found, remedy: null };
}

/** Something that only a part of the lab needs is missing. */
export function advice(name: string, found: string, remedy: string): Finding {
  return { name, state: "advice", found, remedy };
}

/** Nothing works without it. */
export function broken(name: string, found: string, remedy: string): Finding {
  return { name, state: "broken", found, remedy };
}
