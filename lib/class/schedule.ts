import { PATHS, type Rehearsal } from "./rehearse.ts";
import { type Finding, working } from "./result.ts";

/** What a strategy has to do to be right. */
export interface Task {
  /** Requests that are to be under way at once; Infinity: all. */
  readonly inFlight: number;
  /** Whether the next one is to start as soon as one is done. */
  readonly pool?: boolean;
  /** Whether the name is to be taken as soon as a document is there. */
  readonly take?: boolean;
}

/** What is wrong with how many are under way, and with when the next one starts; `null`: nothing. */
export function schedule(seen: Rehearsal, { inFlight, pool }: Task): Finding | null {
  const { peak, leftFree, overlapped, attendedLate } = seen;
  const most = Math.min(inFlight, PATHS.length);
  const all = inFlight === Infinity;
  if (peak === 1 && most > 1) {
    return working(
      "awaited inside the loop",
      "It works, one request at a time: each is awaited before the next one is made. Make " +
        `${all ? "them all" : `${inFlight} of them`} first; await afterwards.`,
    );
  }
  if (peak === most + 1 || (peak === most - 1 && !all)) {
    const by = peak > most ? "many. Is there a `<=` where `<` is meant?" : "few.";
    return working(
      "off by one",
      `${peak} requests were under way at once, where ${most} may be: one too ${by}`,
    );
  }
  if (peak < most) {
    return working(
      "too few at once",
      `At most ${peak} requests were under way at once, where ${
        all ? "all of them" : most
      } should be.`,
    );
  }
  if (peak > most) {
    const whole = peak === PATHS.length;
    const start = `${
      whole ? "All " : ""
    }${peak} requests were under way at once, where ${most} may be.`;
    return whole && attendedLate && most > 1
      ? working(
        "started before the limit",
        `${start} Calling \`get\` starts the request; awaiting the promises a few at a time ` +
          "afterwards comes too late. Put the limit before the call.",
      )
      : working("no limit", `${start} Nothing holds the others back.`);
  }
  if (!pool || !leftFree) return null;
  return overlapped
    ? working(
      "places left free",
      `It's never more than ${most}, but a place stayed free while others had paths to spare. Let ` +
        "all of them take from one list.",
    )
    : working(
      "barrier instead of pool",
      `It asks for ${most}, waits for all ${most}, and then asks for the next. That's a batch. In a ` +
        "pool the next request starts as soon as *one* is done.",
    );
}
