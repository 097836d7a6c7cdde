import { names } from "./pokedex.ts";
import { learnMethods, type Link, versionGroups } from "./resources.ts";

/**
 * Writes the `moves` of a Pokémon as JSON text, of rows of [move, then method, level and version
 * groups as bits, repeated]. A full document repeats a few thousand fragments a thousand times, so
 * each is made once: full documents are ready in a fraction of the time that stringifying
 * them takes.
 */
export function movesWriter(link: Link): (rows: string) => string {
  const links = (kind: string, named: Iterable<readonly [number, string]>) =>
    new Map(Array.from(named, ([id, name]) => [id, JSON.stringify(link(kind, id, name))]));
  const methods = links("move-learn-method", learnMethods);
  const groups = links("version-group", versionGroups);
  const every = links("move", Object.entries(names.move).map(([id, name]) => [Number(id), name]));
  /** By the row without its move: what is learned alike reads alike. */
  const known = new Map<string, string>();

  function details(row: readonly number[]): string {
    const texts: string[] = [];
    for (const [group, version] of groups) {
      for (let i = 1; i < row.length; i += 3) {
        if ((row[i + 2] & 2 ** group) === 0) continue;
        const learned = `"level_learned_at":${row[i + 1]},"move_learn_method":${
          methods.get(row[i])
        }`;
        texts.push(`{${learned},"order":null,"version_group":${version}}`);
      }
    }
    // Joined, not concatenated: one flat string that later copies need not walk.
    return texts.join();
  }

  function write(row: readonly number[]): string {
    const key = row.slice(1).join();
    let ways = known.get(key);
    if (ways === undefined) known.set(key, ways = details(row));
    return `{"move":${every.get(row[0])},"version_group_details":[${ways}]}`;
  }

  return (rows) => `[${(JSON.parse(rows) as number[][]).map(write).join()}]`;
}
