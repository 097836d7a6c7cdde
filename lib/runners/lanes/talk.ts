import { denoProgram } from "../../ground/deno_program.ts";
import { collect, failure, killGroup, spawnGroup } from "../../ground/program.ts";
import { lines } from "../../ground/json_lines.ts";

/** A module of the lab that runs in a process of its own, and is talked with by lines of JSON. */
export interface Talk {
  tell(what: unknown): void;
  /** Rejects with an error that names it, with its standard error, once it has ended. */
  readonly over: Promise<never>;
  kill(): void;
  /** Ends it; resolves when it is gone. */
  end(): Promise<void>;
}

/** The part of standard error that an error carries, characters. */
const TAIL = 4_000;

/**
 * Starts a module and hears what it says.
 * @param name what errors call it
 * @throws {Error} where it cannot be started
 */
export function talkTo<Said>(name: string, module: URL, hear: (said: Said) => void): Talk {
  const program = denoProgram(name, module);
  const child = spawnGroup(program);
  const named = { ...program, name: `${name} (process ${child.pid})` };
  const stderr = collect(child.stderr, TAIL);
  const stdin = child.stdin.getWriter();
  const over = (async (): Promise<never> => {
    for await (const line of lines(child.stdout)) hear(JSON.parse(line));
    const { signal, code } = await child.status;
    const how = signal ? `was killed by ${signal}` : `ended with code ${code}`;
    throw failure(named, how, await stderr.text());
  })();
  over.catch(() => {}); // who waits for it hears of it
  return {
    over,
    tell(what) {
      // One that has ended reads nothing; its exit says more than a broken pipe would.
      stdin.write(new TextEncoder().encode(JSON.stringify(what) + "\n")).catch(() => {});
    },
    kill: () => killGroup(child),
    async end() {
      killGroup(child);
      await child.status;
      await stdin.close().catch(() => {});
      await over.catch(() => {});
    },
  };
}
