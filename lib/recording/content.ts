import { brotliDecompressSync, gunzipSync, inflateSync } from "node:zlib";
import type { Reply } from "./line.ts";

/** A document may grow to so many bytes. */
const MOST = 2 ** 26;

/** What hosts are asked to compress with: what most clients ask for. */
export const ENCODINGS = "gzip, br";

const DECOMPRESS: Readonly<Record<string, typeof gunzipSync>> = {
  gzip: gunzipSync,
  br: brotliDecompressSync,
  deflate: inflateSync,
};

/** The text of a body, decompressed; `null` where it is none, or was too large to keep. */
export function textOf({ content, bytes: came, headers }: Reply): string | null {
  if (content.length < came) return null;
  const decompress = DECOMPRESS[headers["content-encoding"]?.trim().toLowerCase() ?? ""];
  try {
    const bytes = decompress?.(content, { maxOutputLength: MOST }) ?? content;
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}
