import data from "../../data/pokemon.json" with { type: "json" };

/** A Pokémon as data/pokemon.json has it; data/README.md says what each field holds. */
export interface Entry {
  readonly id: number;
  readonly species: string;
  readonly name: string;
  readonly order: number;
  readonly height: number;
  readonly weight: number;
  readonly experience: number | null;
  readonly types: readonly string[];
  readonly stats: readonly number[];
  readonly effort: readonly number[] | null;
  readonly abilities: readonly number[];
  readonly pastTypes?: readonly (readonly [generation: number, types: readonly string[]])[];
  readonly pastAbilities?: readonly (readonly [generation: number, abilities: readonly number[]])[];
  readonly pastStats?: readonly (readonly [
    generation: number,
    stats: readonly (number | null)[],
  ])[];
  /** Whether it is in the games of generation 9. */
  readonly recent: boolean;
  /** Rows as JSON text: they are most of the file, and only full documents read them. */
  readonly moves: string;
}

/** All Pokémon, by id: the one with id n is at n − 1. */
export const entries = data.pokemon as unknown as readonly Entry[];

/** Names of the abilities and moves, by id. */
export const names: {
  readonly ability: Readonly<Record<number, string>>;
  readonly move: Readonly<Record<number, string>>;
} = { ability: data.abilities, move: data.moves };
