/**
 * Nothing survives. Of all that watches something else, the watcher, the watched and the parent are
 * killed: each alone, any two at once or within two seconds of each other, and at random moments;
 * then nothing is left. A table says who was killed and what was left after two seconds.
 */
import { assertEquals } from "@std/assert";
import { random } from "../../lib/ground/random.ts";
import { needs } from "../needs.ts";
import { type Family, kill, list, LOOK, type Member, pause } from "./family.ts";
import { AT_LAST, grown, KINDS, Nursery } from "./nursery.ts";

/** How long what is to end may take in the table, ms; on a machine that stalls it is AT_LAST. */
const SOON = 2_000;

/** Who was killed × what was left. */
interface Row {
  readonly family: string;
  readonly killed: string;
  /** After two seconds. */
  readonly left: string;
  /** Of each that was there: how long it lived on, ms, as far as one looked. */
  readonly lived: Readonly<Record<string, number>>;
}

/** Who is left once nobody is, or when the time is over; into `seen` goes when each was last there. */
async function left(family: Family, within: number, seen?: Map<number, number>): Promise<Member[]> {
  const from = performance.now();
  for (;;) {
    const members = family.members(), now = performance.now() - from;
    for (const { pid } of members) seen?.set(pid, now);
    if (members.length === 0 || now > within) return members;
    await pause(LOOK);
  }
}

/**
 * The row of a family of `all`, some of which were killed. Where the parent is none of them it may
 * not mind (one of two watchers is gone, a server has started another worker); then all ends with
 * the parent.
 */
async function rowOf(
  kind: string,
  family: Family,
  all: readonly Member[],
  killed: string,
): Promise<Row> {
  const seen = new Map<number, number>();
  const lived = () => Object.fromEntries(all.map(({ name, pid }) => [name, seen.get(pid) ?? 0]));
  let members = await left(family, SOON, seen);
  const row = { family: kind, killed, lived: lived(), left: list(members) };
  if (members.some(({ pid }) => pid === family.pid)) {
    kill(family.pid);
    members = await left(family, SOON);
    Object.assign(row, { killed: `${killed}, later the parent`, left: list(members) });
  }
  if (members.length > 0) assertEquals(list(await left(family, AT_LAST)), "—", JSON.stringify(row));
  return row;
}

/** Who is killed, one `gap` after the other, ms. */
interface Round {
  readonly names: readonly string[];
  readonly gap: number;
}

/** The row of a family that grew up and of which those are killed. */
async function rowOfRound(nursery: Nursery, kind: string, { names, gap }: Round): Promise<Row> {
  await using family = nursery.start(kind);
  const members = await grown(family, kind);
  for (const [i, victim] of names.entries()) {
    if (i > 0 && gap > 0) await pause(gap);
    kill(members.find(({ name }) => name === victim)!.pid);
  }
  const killed = names.join(gap > 0 ? `, ${gap / 1000} s later ` : " + ");
  return await rowOf(kind, family, members, killed);
}

/** Whether those may be killed together: of two that are alike, the second is only with the first. */
function worth(kind: string, names: readonly string[]): boolean {
  const [first, second] = KINDS[kind].alike ?? [];
  return !names.some((name) => / [4-9]$/.test(name)) &&
    (second === undefined || !names.includes(second) || names.includes(first!));
}

/** Each alone, and any two at once. */
function rounds(kind: string): { alone: Round[]; pairs: Round[] } {
  const members = KINDS[kind].members.split(", ");
  const alone = members.map((each) => [each]).filter((names) => worth(kind, names));
  const pairs = members.flatMap((one, i) => members.slice(i + 1).map((other) => [one, other]))
    .filter((names) => worth(kind, names));
  const atOnce = (names: readonly string[]) => ({ names, gap: 0 });
  return {
    alone: alone.map(atOnce),
    pairs: pairs.filter((pair) => pair.length < members.length).map(atOnce),
  };
}

/** Of the rows of those killed alone: all that live on for a while, to be killed some time later. */
function later(kind: string, alone: readonly Row[]): Round[] {
  const next = random(20261127);
  return alone.flatMap(({ killed, lived }) => {
    const [first] = killed.split(",");
    return Object.keys(lived).filter((name) => worth(kind, [first, name]))
      .map((name) => ({ names: [first, name], gap: Math.round(SOON * next()) }))
      .filter(({ names: [, name], gap }) => lived[name] > gap);
  });
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
  await Promise.all(Array.from({ length: 4 }, lane));
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
  test(`${kind}: whoever is killed, alone or two soon after each other, nothing is left`, async () => {
    await using nursery = await Nursery.open([kind]);
    const { alone, pairs } = rounds(kind);
    const rows = await each([...alone, ...pairs], (round) => rowOfRound(nursery, kind, round));
    const more = later(kind, rows.slice(0, alone.length));
    print([...rows, ...await each(more, (round) => rowOfRound(nursery, kind, round))]);
  });
}

const test = Deno.build.os === "linux" ? needs("go", "python") : Deno.test.ignore;
test("whoever is killed at whatever moment, and another within two seconds, nothing is left", async () => {
  const next = random(20261126);
  const moments = Object.keys(KINDS).map((kind) => {
    return { kind, moment: 2_000 * next(), gap: SOON * next() ** 3, who: [next(), next()] };
  });
  await using nursery = await Nursery.open(Object.keys(KINDS));
  print(
    await each(moments, async ({ kind, moment, gap, who }) => {
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
      return await rowOf(kind, family, victims, victims.map(({ name }) => name).join(" + "));
    }),
  );
});
