import { assert, assertEquals, assertRejects } from "@std/assert";
// Only tests need these two: what deno.json names, every task downloads.
// deno-lint-ignore no-import-prefix
import Pokedex from "npm:pokedex-promise-v2@4.2.3";
// deno-lint-ignore no-import-prefix
import { PokemonClient } from "npm:pokenode-ts@3.0.0";
import { startOrigin } from "../../lib/origin/start.ts";

Deno.test("pokedex-promise-v2 works against the origin with only the host changed", async () => {
  await using origin = await startOrigin({ median: 1, handshake: 0, payload: "full" });
  const pokedex = new Pokedex({ protocol: "http", hostName: new URL(origin.url).host });
  const bulbasaur = await pokedex.getPokemonByName("bulbasaur");
  assertEquals([bulbasaur.id, bulbasaur.height, bulbasaur.weight], [1, 7, 69]);
  assert(bulbasaur.moves.some(({ move }) => move.name === "vine-whip"));
  const several = await pokedex.getPokemonByName([4, "mr-mime", "deoxys-normal"]);
  assertEquals(several.map(({ id }) => id), [4, 122, 386]);
  const list = await pokedex.getPokemonsList({ limit: 3, offset: 24 });
  assertEquals(list.count, 1025);
  assertEquals(list.results.map(({ name }) => name), ["pikachu", "raichu", "sandshrew"]);
  // Links that the documents give are followed on the same host.
  const followed = await pokedex.getResource(list.results.map(({ url }) => url));
  assertEquals(followed.map(({ id }: { id: number }) => id), [25, 26, 27]);
  await assertRejects(() => pokedex.getPokemonByName("missingno"), Error, "404");
});

Deno.test("pokenode-ts works against the origin with only the host changed", async () => {
  await using origin = await startOrigin({ median: 1, handshake: 0, payload: "full" });
  const client = new PokemonClient({ baseURL: `${origin.url}/api/v2` });
  const mew = await client.getPokemonByName("mew");
  assertEquals([mew.id, mew.types[0].type.name, mew.species.name], [151, "psychic", "mew"]);
  assertEquals((await client.getPokemonById(1025)).name, "pecharunt");
  const list = await client.listPokemons(1020, 20);
  assertEquals([list.count, list.results.length, list.next], [1025, 5, null]);
  assertEquals(new URL(list.previous!).host, new URL(origin.url).host);
  await assertRejects(() => client.getPokemonById(1026), Error, "404");
});
