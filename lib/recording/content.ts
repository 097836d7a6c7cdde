import { brotliDecompressSync, gunzipSync, inflateSync } from "node:zlib";
import type { Reply } from "./line.ts";

/** A document may grow to so many bytes. */
const MOST = 2 ** 26;

/** What hosts are asked to compress with: what most clients ask for. */
export const ENCODINGS = "gzip, br";

/** The text of a body, decompressed; `null` where it is none, or was too large to keep. */
export function textOf({ content, bytes: came, headers }: Reply): string | null {
  if (content.length < came) return null;
  const encoding = (headers["content-encoding"] ?? "").trim().toLowerCase();
  const limits = { maxOutputLength: MOST };
  try {
    const bytes = encoding === "" || encoding === "identity"
      ? content
      : encoding === "gzip" || encoding === "x-gzip"
      ? gunzipSync(content, limits)
      : encoding === "br"
      ? brotliDecompressSync(content, limits)
      : inflateSync(content, limits);
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}
