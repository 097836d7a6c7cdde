import type { Sample } from "../../trial/samples.ts";
import { denoProgram } from "../deno_program.ts";
import { collect, failure, killGroup, spawnGroup } from "../peers/peer_process.ts";
import type { Answer, Errand, Lane, LaneReport } from "./lane.ts";
import { lines } from "./lines.ts";
import type { Queue } from "./queue.ts";

/** What a lane's process is told, after its errand: a path, or that none is left. */
export interface Told {
  readonly item: { readonly index: number; readonly path: string } | null;
}

/** What it says. What is not known is null there. */
export type Said =
  | { is: "ready" }
  | { is: "answer"; answer: Answer }
  | { is: "done"; report: LaneReport };

/** The part of standard error that an error carries, characters. */
const TAIL = 4_000;

/**
 * A lane in a process of its own. It is handed each path when it is done with the one before, as
 * nothing is shared between processes.
 * @param name what errors call it
 */
export function processLane(name: string, errand: Errand, queue: Queue): Lane {
  const program = denoProgram(name, new URL("./process_child.ts", import.meta.url));
  const child = spawnGroup(program);
  const named = { ...program, name: `${name} (process ${child.pid})` };
  const ready = Promise.withResolvers<void>();
  const done = Promise.withResolvers<LaneReport>();
  const stderr = collect(child.stderr, TAIL);
  const stdin = child.stdin.getWriter();
  let onAnswer: (answer: Answer) => void;

  const fail = (error: unknown) => {
    ready.reject(error);
    done.reject(error);
  };
  for (const { promise } of [ready, done]) promise.catch(() => {});
  const send = (message: Errand | Told) => {
    // One that has ended reads nothing; its exit says more than a broken pipe would.
    stdin.write(new TextEncoder().encode(JSON.stringify(message) + "\n")).catch(() => {});
  };
  const hand = () => send({ item: queue.take() });
  const hear = (said: Said) => {
    if (said.is === "ready") return ready.resolve();
    if (said.is === "done") return done.resolve(known(said.report));
    hand();
    onAnswer({ ...said.answer, sample: known(said.answer.sample) as Sample });
  };
  const listening = (async () => {
    for await (const line of lines(child.stdout)) hear(JSON.parse(line));
    const { signal, code } = await child.status;
    const how = signal ? `was killed by ${signal}` : `ended with code ${code}`;
    fail(failure(named, how, await stderr.text()));
  })().catch(fail);
  send(errand);

  return {
    ready: ready.promise,
    work(each) {
      onAnswer = each;
      hand();
      return done.promise;
    },
    crash: () => killGroup(child),
    async end() {
      killGroup(child);
      await child.status;
      await stdin.close().catch(() => {});
      await listening;
    },
  };
}

/** JSON has no NaN. */
const known = <T extends object>(row: T): T =>
  Object.fromEntries(Object.entries(row).map(([name, value]) => [name, value ?? NaN])) as T;
