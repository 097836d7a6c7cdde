/** Where the families of a kind grow up whose members are killed then. */
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { startOrigin } from "../../lib/origin/start.ts";
import { buildGo } from "../../lib/peers/go_toolchain.ts";
import { findPython, PYTHON_PACKAGES } from "../../lib/peers/python_toolchain.ts";
import { pathOf, type Tool } from "../needs.ts";
import { notebookOf, root, Workspace } from "../press/fixture.ts";
import { type Family, list, LOOK, type Member, pause, startFamily } from "./family.ts";

/** What a kind of family needs of the machine, and who is there once all are. */
interface Kind {
  readonly tools: readonly Tool[];
  readonly members: string;
  /** Two of those that are alike: whoever else is killed, it is with the first of them. */
  readonly alike?: readonly [string, string];
}

export const KINDS: Record<string, Kind> = {
  origin: { tools: [], members: "scenario, child" },
  "planets, awaiting": { tools: [], members: "scenario, serve" },
  "planets, blocking": { tools: [], members: "scenario, serve" },
  "planets in aiohttp": { tools: ["python"], members: "scenario, serve" },
  "planets in Flask": {
    tools: ["python"],
    members: "scenario, serve, serve 2, serve 3, serve 4, serve 5",
    alike: ["serve 2", "serve 3"],
  },
  "fresh process, awaiting": { tools: [], members: "scenario, child" },
  "fresh process, blocking": { tools: [], members: "scenario, child" },
  threads: { tools: [], members: "scenario, child" },
  processes: {
    tools: [],
    members: "scenario, child, process, process 2",
    alike: ["process", "process 2"],
  },
  Go: { tools: ["go"], members: "scenario, go-peer" },
  "Python's threads": { tools: ["python"], members: "scenario, peer" },
  "Python's processes": {
    tools: ["python"],
    members: "scenario, peer, peer 2, peer 3",
    alike: ["peer 2", "peer 3"],
  },
  kernel: {
    tools: [],
    members: "task, run, jupyter, sh, sh 2, child",
    alike: ["sh", "sh 2"],
  },
};

/** How long anything may take on a machine that stalls, ms. */
export const AT_LAST = 120_000;
/** How long it takes until the requests are under way, once their processes are there, ms. */
const MIDST = 300;

const config = join(root, "deno.json");
const scenario = fileURLToPath(new URL("./scenario.ts", import.meta.url));
const start = new URL("../../lib/origin/start.ts", import.meta.url).href;

/**
 * A notebook whose kernel has an origin and waits for it; its run is a task's. What it imports has
 * its name in a variable: nothing is asked here of what the run knows beforehand.
 */
const waiting = notebookOf([
  `const start = ${JSON.stringify(start)};
   const { startOrigin } = await import(start);
   const { url } = await startOrigin({ median: 10_000_000, sigma: 0 });
   await fetch(url + "/api/v2/pokemon/1");`,
]);

/** Families of one kind, with what they have in common. */
export class Nursery implements AsyncDisposable {
  readonly #workspace = new Workspace();
  private constructor(readonly origin: Awaited<ReturnType<typeof startOrigin>>) {}

  static async open(kinds: readonly string[]): Promise<Nursery> {
    const needed = new Set(kinds.flatMap((kind) => KINDS[kind].tools));
    // A machine that has never built anything in Go takes longer for it than for all else.
    if (needed.has("go")) await buildGo();
    const python = needed.has("python") ? await findPython(PYTHON_PACKAGES) : undefined;
    const nursery = new Nursery(await startOrigin({ median: 10_000_000, sigma: 0 }));
    if (python !== undefined) nursery.#answerForPython(JSON.stringify(python));
    return nursery;
  }

  /**
   * What a Python says of itself takes it longer than all the rest of a family's start, and is the
   * same each time: it is asked once, and a script in its place repeats it.
   */
  #answerForPython(answer: string): void {
    const file = join(this.#workspace.folder, "python3");
    Deno.writeTextFileSync(file, `#!/bin/sh\necho '${answer}'\n`, { mode: 0o755 });
  }

  /** Starts one of a kind. */
  start(kind: string): Family {
    if (kind !== "kernel") {
      const args = ["run", "-A", "--no-check", "--no-lock", "--config", config, scenario, kind];
      // Where the tool was found already, so that nobody looks for it elsewhere first.
      const folders = KINDS[kind].tools.map((tool) => dirname(pathOf(tool)));
      const path = [this.#workspace.folder, ...folders].join(delimiter);
      const env: Record<string, string> = folders.length > 0 ? { PATH: path } : {};
      return startFamily(Deno.execPath(), [...args, this.origin.url], { cwd: root, env });
    }
    const name = `${crypto.randomUUID()}.ipynb`;
    const file = this.#workspace.write(name, waiting);
    const out = join(this.#workspace.folder, `out of ${name}`);
    return startFamily(Deno.execPath(), ["task", "run", file, "--out", out], {
      cwd: root,
      env: {},
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.origin.close();
    this.#workspace[Symbol.dispose]();
  }
}

/** Waits until all of a family are there, and in the middle of their work. */
export async function grown(family: Family, kind: string): Promise<Member[]> {
  const end = performance.now() + AT_LAST;
  for (;;) {
    const members = family.members();
    // Which of two that begin at once is the older is chance.
    const names = members.map(({ name }) => name).sort();
    if (names.join(", ") === KINDS[kind].members.split(", ").sort().join(", ")) {
      await pause(MIDST);
      return family.members();
    }
    if (performance.now() > end) throw new Error(`there are ${list(members)}`);
    await pause(LOOK);
  }
}
