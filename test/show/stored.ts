import { assert } from "@std/assert";
import type { Spec } from "../../lib/render/mod.ts";
import { bundle } from "../../lib/show/bundle.ts";

const plain = { caption: null, columns: null, details: null };

/** What a notebook stores of a spec. */
export async function stored(spec: unknown): Promise<Spec> {
  const { data } = await bundle(spec, plain);
  assert(typeof data["image/png"] === "string", "it has a picture");
  return data["application/vnd.vegalite.v5+json"] as Spec;
}
