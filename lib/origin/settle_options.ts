import { refuse } from "../ground/options.ts";
import { type OriginSettings, resolveOptions } from "./options.ts";
import type { OriginOptions } from "./origin.ts";
import { openReplay } from "./replay.ts";

/** What a recording says itself. */
const RECORDED = ["median", "sigma", "payload"] as const;

/**
 * As `resolveOptions`, and reads the recording that is to be replayed, if any.
 * @throws {Error} that names its file and says what is wrong with it
 */
export function settleOptions(options: OriginOptions): OriginSettings {
  const settings = resolveOptions(options);
  if (options.replay === undefined) return settings;
  const own = RECORDED.find((name) => options[name] !== undefined);
  if (own) refuse("startOrigin", own, "left out where a recording is replayed", options[own]);
  const file = typeof options.replay === "string" ? options.replay : options.replay.file;
  const replay = openReplay(file);
  const { median, sigma } = replay;
  const handshake = options.handshake ?? replay.handshake;
  return { ...settings, config: { ...settings.config, median, sigma, handshake, replay } };
}
