import { checkKnown } from "../../ground/known_options.ts";
import type { Connections } from "../../trial/plan.ts";
import type { Run } from "../../trial/trial.ts";
import type { Task } from "../task.ts";
import type { Variant } from "../variant.ts";
import type { LaneShape, OnReady } from "./lane_shape.ts";

/** What `workers` and `processes` may be told. */
export interface LaneOptions {
  /** By default the kind, the number and the connections, e.g. "workers(5)/kept". */
  readonly name?: string;
  /** Whether a lane keeps its connection or opens one for each request; "kept" by default. */
  readonly connections?: Connections;
  /**
   * Whether starting the lanes is part of the makespan, as where a program makes its pool anew for
   * each batch; false by default: then it is shown apart, as the trial's `startUp`.
   */
  readonly startInside?: boolean;
}

/** A variant whose requests are made in n threads or processes. */
export interface LaneVariant extends Variant {
  /**
   * Makes a lane of the run under way crash, to see what becomes of the others: an exception that
   * nobody catches in a thread, SIGKILL to a process.
   * @param lane from 1
   * @throws {RangeError} where no such lane is running
   */
  crash(lane: number): void;
}

/** What tells the kinds apart. */
interface Kind {
  readonly word: "workers" | "processes";
  run(shape: LaneShape, task: Task, onReady: OnReady): Promise<Run>;
}

/**
 * A variant of n lanes of that kind, its options resolved.
 * @throws {TypeError | RangeError} naming an option that is wrong, and its value
 */
export function laneVariant(kind: Kind, n: number, options: LaneOptions): LaneVariant {
  const { word } = kind;
  if (typeof n !== "number") throw new TypeError(`${word}(n): n must be a number: ${inspect(n)}`);
  if (!Number.isSafeInteger(n) || n < 1) {
    throw new RangeError(`${word}(n): n must be a whole number from 1 up: ${n}`);
  }
  checkKnown(word, options, ["name", "connections", "startInside"]);
  const { connections = "kept", startInside = false } = options;
  if (connections !== "new" && connections !== "kept") {
    throw new RangeError(`${word}: connections must be "new" or "kept": ${inspect(connections)}`);
  }
  if (typeof startInside !== "boolean") {
    throw new TypeError(`${word}: startInside must be true or false: ${inspect(startInside)}`);
  }
  const { name = `${word}(${n})/${connections}${startInside ? ", started inside" : ""}` } = options;
  if (typeof name !== "string" || name === "") {
    throw new TypeError(`${word}: name must be a text that is not empty: ${inspect(name)}`);
  }
  const shape: LaneShape = { name, n, connections, startInside };
  let crashes: readonly (() => void)[] = [];
  return {
    ...{ name, connections, concurrency: n },
    run: (task) => kind.run(shape, task, (each) => crashes = each).finally(() => crashes = []),
    crash(lane) {
      if (!crashes[lane - 1]) {
        throw new RangeError(`${name}: no lane ${lane} is running; there are ${crashes.length}`);
      }
      crashes[lane - 1]();
    },
  };
}

const inspect = Deno.inspect;
