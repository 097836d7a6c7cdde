import { fresh } from "../../client/fresh.ts";
import { keptAlive } from "../../client/kept_alive.ts";
import { RequestError } from "../../client/request_error.ts";
import { nameOf } from "../../strategies/name_of.ts";
import { emptySamples, type Sample, type SampleColumns } from "../../trial/samples.ts";
import type { Answer, Errand } from "./lane.ts";

/** A path, and where it stands among the paths of the run. */
type Item = { readonly index: number; readonly path: string };

/** What a lane does, in its thread or process. */
export interface FetchLoop {
  /** Resolves when no path is left. */
  run(): Promise<{ readonly sockets: number; readonly lastFinish: number }>;
  /** Closes its connection, whatever is on it. */
  stop(): Promise<void>;
}

/**
 * Asks for one path after the other and waits for each: this thread has nothing else to do
 * meanwhile, so that to await is to block. The client is the one that strategies have, with one
 * connection.
 *
 * @param next resolves to the next path, or null when none is left
 */
export function fetchLoop(
  errand: Errand,
  next: () => Promise<Item | null> | Item | null,
  tell: (answer: Answer) => void,
): FetchLoop {
  const { origin, method, connections, deadline } = errand;
  const samples = emptySamples();
  const client = (connections === "new" ? fresh : keptAlive)
    .open({ origin, connections: 1, deadline, samples, onSample: () => {} });
  const ask = async (path: string): Promise<Pick<Answer, "result" | "failure">> => {
    try {
      return { result: nameOf(await client.get(path, { method }), path), failure: null };
    } catch (error) {
      if (!(error instanceof RequestError)) throw error;
      return { result: null, failure: { kind: error.kind, problem: error.problem } };
    }
  };
  const stop = () => client.close(new Error("the lane is over"));
  return {
    async run() {
      for (let item = await next(); item !== null; item = await next()) {
        const answered = await ask(item.path);
        tell({ index: item.index, sample: takeRow(samples), ...answered });
        if (answered.failure) break;
      }
      const { sockets, lastFinish } = client;
      await stop();
      return { sockets, lastFinish };
    },
    stop,
  };
}

/** The only row there is, which is then no longer there: a lane keeps nothing. */
function takeRow(samples: SampleColumns): Sample {
  const row = Object.entries(samples).map(([column, values]) => [column, values.pop()]);
  return Object.fromEntries(row) as Sample;
}
