import { mapViews, type Spec } from "./spec.ts";

/**
 * A copy that is JSON, as a notebook stores it: a BigInt is a number, a date a text, NaN null, a frame
 * its rows. Sliders of charts that stand side by side are the whole's: Vega-Lite knows no others.
 *
 * @throws {RangeError} where two of these charts have a slider of one name that starts elsewhere
 */
export function plainSpec(spec: Spec): Spec {
  const params = new Map<string, string>();
  const plain = JSON.parse(JSON.stringify(spec, asJSON)) as Spec;
  const lifted = withoutSliders(plain, params);
  if (params.size === 0) return plain;
  return { ...lifted, params: [...plain.params as [] ?? [], ...[...params.values()].map(parsed)] };
}

/** What JSON.stringify is to write for a value; whatever its own `toJSON` says is in `value`. */
function asJSON(this: Record<string, unknown>, key: string, value: unknown): unknown {
  const frame = this[key] as { toRecords?: unknown } | null | undefined;
  if (typeof frame?.toRecords === "function") return frame.toRecords();
  return typeof value === "bigint" ? Number(value) : value;
}

const parsed = (json: string) => JSON.parse(json);

/** A spec whose inner views leave to `found` what can be set, but for what is chosen in a plot. */
function withoutSliders(view: Spec, found: Map<string, string>, inner = false): Spec {
  const changed = mapViews(view, (one) => withoutSliders(one, found, true));
  const { params } = changed;
  if (!inner || !Array.isArray(params)) return changed;
  const sliders = params.filter((param) => param?.select === undefined);
  for (const param of sliders) {
    const json = JSON.stringify(param);
    if ((found.get(param?.name) ?? json) !== json) {
      throw new RangeError(`two of these charts have a slider "${param.name}": show them apart`);
    }
    found.set(param?.name, json);
  }
  return { ...changed, params: params.filter((param) => !sliders.includes(param)) };
}
