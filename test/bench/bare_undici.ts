/** The same work with nothing but undici. */
import { Agent, request } from "undici";

/** So many paths, each Pokémon in its turn. */
export const pokemon = (n: number) =>
  Array.from({ length: n }, (_, i) => `/api/v2/pokemon/${i % 898 + 1}`);

/** All paths, at most so many at once, from opening undici's agent to the last document; ms. */
export async function barePool(
  origin: string,
  paths: readonly string[],
  n: number,
): Promise<number> {
  const start = performance.now();
  const dispatcher = new Agent({ connections: n });
  const names: string[] = [];
  const queue = paths.entries();
  const slot = async () => {
    for (const [i, path] of queue) {
      const { body } = await request(origin + path, { dispatcher });
      names[i] = (await body.json() as { name: string }).name;
    }
  };
  await Promise.all(Array.from({ length: Math.min(n, paths.length) }, slot));
  const took = performance.now() - start;
  if (names.length !== paths.length) throw new Error("a document is missing");
  await dispatcher.destroy();
  return took;
}
