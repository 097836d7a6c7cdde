/**
 * Nothing survives. Of all that watches something else, the watcher, the watched and the parent are
 * killed: each alone, any two at once, and at random moments; then nothing is left. A table says who
 * was killed and what was left after two seconds.
 */
import { assertEquals } from "@std/assert";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { random } from "../../lib/ground/random.ts";
import { startOrigin } from "../../lib/origin/start.ts";
import { needs, type Tool } from "../needs.ts";
import { notebookOf, root, Workspace } from "../press/fixture.ts";
import { type Family, kill, LOOK, type Member, pause, startFamily } from "./family.ts";

/** Kinds of families: what they need of the machine, and who is there once all are. */
const KINDS: Record<string, { readonly tools: readonly Tool[]; readonly members: string }> = {
  origin: { tools: [], members: "scenario, child" },
  "planets, awaiting": { tools: [], members: "scenario, serve" },
  "planets, blocking": { tools: [], members: "scenario, serve" },
  "planets in aiohttp": { tools: ["python"], members: "scenario, serve" },
  "planets in Flask": {
    tools: ["python"],
    members: "scenario, serve, serve 2, serve 3, serve 4, serve 5",
  },
  "fresh process, awaiting": { tools: [], members: "scenario, child" },
  "fresh process, blocking": { tools: [], members: "scenario, child" },
  threads: { tools: [], members: "scenario, child" },
  processes: { tools: [], members: "scenario, child, process, process 2" },
  Go: { tools: ["go"], members: "scenario, go-peer" },
  "Python's threads": { tools: ["python"], members: "scenario, peer" },
  "Python's processes": { tools: ["python"], members: "scenario, peer, peer 2, peer 3" },
  kernel: { tools: [], members: "task, run, guard, sh, jupyter, child" },
};

/** How long what is to end may take in the table, and at last on a machine that stalls, ms. */
const SOON = 2_000;
const AT_LAST = 30_000;
/** How long it takes until the requests are under way, once their processes are there, ms. */
const MIDST = 300;

/** Who was killed × what was left. */
interface Row {
  readonly family: string;
  readonly killed: string;
  /** After two seconds. */
  readonly left: string;
}

const config = Deno.env.get("LAB_TEST_CONFIG") ?? join(root, "deno.json");
const scenario = fileURLToPath(new URL("./scenario.ts", import.meta.url));
const start = new URL("../../lib/origin/start.ts", import.meta.url).href;

/** A notebook whose kernel has an origin and waits for it; its run is a task's. */
const waiting = notebookOf([
  `const { startOrigin } = await import(${JSON.stringify(start)});
   const { url } = await startOrigin({ median: 10_000_000, sigma: 0 });
   await fetch(url + "/api/v2/pokemon/1");`,
]);

/** Families of one kind, with what they have in common. */
class Nursery implements AsyncDisposable {
  readonly #workspace = new Workspace();
  private constructor(readonly origin: Awaited<ReturnType<typeof startOrigin>>) {}

  static async open(): Promise<Nursery> {
    return new Nursery(await startOrigin({ median: 10_000_000, sigma: 0 }));
  }

  start(kind: string): Family {
    if (kind !== "kernel") {
      const options = ["run", "-A", "--no-check", "--no-lock", "--config", config];
      return startFamily(Deno.execPath(), [...options, scenario, kind, this.origin.url], root);
    }
    const name = `${crypto.randomUUID()}.ipynb`;
    const file = this.#workspace.write(name, waiting);
    const out = join(this.#workspace.folder, `out of ${name}`);
    return startFamily(Deno.execPath(), ["task", "run", file, "--out", out], root);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.origin.close();
    this.#workspace[Symbol.dispose]();
  }
}

/** Waits until all of a family are there, and in the middle of their work. */
async function grown(family: Family, kind: string): Promise<Member[]> {
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

/** Who is left once nobody is, or when the time is over. */
async function left(family: Family, within: number): Promise<Member[]> {
  const end = performance.now() + within;
  for (;;) {
    const members = family.members();
    if (members.length === 0 || performance.now() > end) return members;
    await pause(LOOK);
  }
}

const list = (members: readonly Member[]) => members.map(({ name }) => name).join(", ") || "—";

/**
 * The row of a family some of which were killed. Where the parent is none of them it may not mind
 * (one of two watchers is gone, a server has started another worker); then all ends with the parent.
 */
async function rowOf(kind: string, family: Family, victims: readonly Member[]): Promise<Row> {
  let killed = victims.map(({ name }) => name).join(" + ");
  let members = await left(family, SOON);
  if (members.some(({ pid }) => pid === family.pid)) {
    kill(family.pid);
    killed += ", later the parent";
    members = await left(family, SOON);
  }
  const row = { family: kind, killed, left: list(members) };
  if (members.length > 0) assertEquals(list(await left(family, AT_LAST)), "—", JSON.stringify(row));
  return row;
}

/** Each alone, and any two at once, but of those that are alike no more than two. */
function groups(members: readonly string[]): string[][] {
  const unlike = members.filter((name) => !/ [4-9]$/.test(name));
  const alone = unlike.filter((name) => !name.endsWith(" 3")).map((each) => [each]);
  const pairs = unlike.flatMap((one, i) => unlike.slice(i + 1).map((other) => [one, other]));
  return [...alone, ...pairs.filter((pair) => pair.length < members.length)];
}

/** Does the work for each item, a few at a time. */
async function each<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  let next = 0;
  const lane = async () => {
    while (next < items.length) {
      const i = next++;
      results[i] = await work(items[i]);
    }
  };
  await Promise.all([lane(), lane(), lane()]);
  return results;
}

function print(rows: readonly Row[]): void {
  const all = [{ family: "family", killed: "killed", left: "left after 2 s" }, ...rows];
  const width = (column: "family" | "killed") =>
    2 + Math.max(...all.map((row) => row[column].length));
  for (const row of all) {
    console.log(row.family.padEnd(width("family")) + row.killed.padEnd(width("killed")) + row.left);
  }
}

for (const [kind, { tools }] of Object.entries(KINDS)) {
  const test = Deno.build.os === "linux" ? needs(...tools) : Deno.test.ignore;
  test(`${kind}: whoever is killed, alone or two at once, nothing is left`, async () => {
    await using nursery = await Nursery.open();
    print(
      await each(groups(KINDS[kind].members.split(", ")), async (names) => {
        await using family = nursery.start(kind);
        const members = await grown(family, kind);
        const victims = members.filter(({ name }) => names.includes(name));
        for (const { pid } of victims) kill(pid);
        return await rowOf(kind, family, victims);
      }),
    );
  });
}

const test = Deno.build.os === "linux" ? needs("go", "python") : Deno.test.ignore;
test("whoever is killed at whatever moment, and another within two seconds, nothing is left", async () => {
  const next = random(20261126);
  const rounds = Object.keys(KINDS).map((kind) => {
    return { kind, moment: 2_000 * next(), gap: SOON * next() ** 3, who: [next(), next()] };
  });
  await using nursery = await Nursery.open();
  print(
    await each(rounds, async ({ kind, moment, gap, who }) => {
      await using family = nursery.start(kind);
      await pause(moment);
      const victims: Member[] = [];
      for (const [i, share] of who.entries()) {
        if (i > 0) await pause(gap);
        const members = family.members();
        if (members.length === 0) break;
        victims.push(members[Math.floor(share * members.length)]);
        kill(victims.at(-1)!.pid);
      }
      return await rowOf(kind, family, victims);
    }),
  );
});
