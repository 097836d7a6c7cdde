import { gunzipSync } from "node:zlib";
import { attempt } from "../ground/attempt.ts";

/** More is not read, bytes: all of it is held in memory. */
const MOST = 256_000_000;

/**
 * The text of a file, unpacked where it is gzipped; UTF-8, UTF-16 with its mark, or else Windows-1252,
 * which spreadsheets write.
 *
 * @throws {Error} that names the file: missing, a folder, too large, cut off, not text
 */
export async function readText(path: string): Promise<string> {
  const info = await Deno.stat(path).catch((cause) => {
    if (!(cause instanceof Deno.errors.NotFound)) throw cause;
    throw new Error(`whatIf: there is no file ${path}`, { cause });
  });
  if (!info.isFile) throw new Error(`whatIf: ${path} is not a file`);
  if (info.size > MOST) throw tooLarge(path);
  const stored = await Deno.readFile(path);
  const text = decoded(stored[0] === 0x1f && stored[1] === 0x8b ? unzipped(path, stored) : stored);
  if (text.includes("\0")) {
    throw new Error(`whatIf: ${path} is not text; a table of another kind is given as a frame`);
  }
  return text;
}

const tooLarge = (path: string) =>
  new Error(`whatIf: ${path} holds more than ${MOST / 1e6} MB: take a part of it`);

function unzipped(path: string, stored: Uint8Array): Uint8Array {
  try {
    return gunzipSync(stored, { maxOutputLength: MOST });
  } catch (cause) {
    if ((cause as { code?: string }).code === "ERR_BUFFER_TOO_LARGE") throw tooLarge(path);
    throw new Error(`whatIf: ${path} is cut off, or not what gzip makes`, { cause });
  }
}

function decoded(bytes: Uint8Array): string {
  const [a, b] = bytes;
  if (a === 0xff && b === 0xfe) return new TextDecoder("utf-16le").decode(bytes);
  if (a === 0xfe && b === 0xff) return new TextDecoder("utf-16be").decode(bytes);
  return attempt(() => new TextDecoder("utf-8", { fatal: true }).decode(bytes)) ??
    new TextDecoder("windows-1252").decode(bytes);
}
