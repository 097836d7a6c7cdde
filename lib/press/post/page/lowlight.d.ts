// What is used of lowlight: its own types bring in the browser's, where a stray `document` is no error.
import type { Root } from "hast";

export const all: unknown;
export function createLowlight(grammars: unknown): {
  registered(language: string): boolean;
  highlight(language: string, source: string, options: { readonly prefix: string }): Root;
};
