import type { Answer, Errand, Lane, LaneReport } from "./lane.ts";
import { known } from "./known.ts";
import type { Queue } from "./queue.ts";
import { talkTo } from "./talk.ts";

/** What a lane's process is told, after its errand: a path, or that none is left. */
export interface Told {
  readonly item: { readonly index: number; readonly path: string } | null;
}

/** What it says. */
export type Said =
  | { is: "ready" }
  | { is: "answer"; answer: Answer }
  | { is: "done"; report: LaneReport };

/**
 * A lane in a process of its own. It is handed each path when it is done with the one before, as
 * nothing is shared between processes.
 * @param name what errors call it
 */
export function processLane(name: string, errand: Errand, queue: Queue): Lane {
  const ready = Promise.withResolvers<void>();
  const done = Promise.withResolvers<LaneReport>();
  let onAnswer: (answer: Answer) => void;
  const talk = talkTo<Said>(name, new URL("./process_program.ts", import.meta.url), (said) => {
    switch (said.is) {
      case "ready":
        return ready.resolve();
      case "answer":
        hand();
        return onAnswer({ ...said.answer, sample: known(said.answer.sample) });
      case "done":
        return done.resolve(known(said.report));
    }
  });
  const hand = () => talk.tell({ item: queue.take() } satisfies Told);
  talk.tell(errand);
  return {
    ready: Promise.race([ready.promise, talk.over]),
    work(hear) {
      onAnswer = hear;
      hand();
      return Promise.race([done.promise, talk.over]);
    },
    crash: () => talk.kill(),
    end: () => talk.end(),
  };
}
