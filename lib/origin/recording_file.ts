import { Buffer } from "node:buffer";
import { gunzipSync, gzipSync } from "node:zlib";
import { writeWhole } from "../ground/whole_file.ts";

/** By this a file is known to be a recording of the lab. */
export const FORMAT = "await-lab recording";
/** Of the format. */
export const VERSION = 1;

/** Set-up of one connection, ms. */
export interface Handshake {
  /** Finding the address. */
  readonly lookup: number;
  readonly connect: number;
  /** 0 where nothing is encrypted. */
  readonly tls: number;
}

/** One answer, asked for on a connection that was set up already. */
export interface RecordedAnswer {
  /** Which time it was asked for, from 1. */
  readonly pass: number;
  /** When it was asked for, ms since the recording began. */
  readonly at: number;
  /** Which connection carried it, from 1, in the order of the handshakes. */
  readonly connection: number;
  /** 0 where none came. */
  readonly status: number;
  /** Of the body, as it came: compressed, if it was. */
  readonly bytes: number;
  /** From asking to the first byte of the answer, ms. */
  readonly firstByte: number;
  /** From there to the last, ms. */
  readonly body: number;
  /** Why none came; "" where one did. */
  readonly error: string;
}

/** One request, and what it was answered with. */
export interface RecordedRequest {
  /** What is asked for on a replay. */
  readonly path: string;
  readonly method: string;
  /** The answer's Content-Type; "" where it had none. */
  readonly type: string;
  /** Redirects that were followed; their time is in the answers'. */
  readonly redirects: number;
  /** The last good answer's text, where documents were asked for; `null` elsewhere. */
  readonly document: string | null;
  readonly answers: readonly RecordedAnswer[];
}

/** What a recording's file holds. No secret is in it. */
export interface RecordingFile {
  readonly format: typeof FORMAT;
  readonly version: typeof VERSION;
  /** Scheme, host and port, e.g. https://api.example.com. */
  readonly host: string;
  /** When it was begun, ISO 8601. */
  readonly recorded: string;
  /** e.g. "HTTP/1.1". */
  readonly protocol: string;
  /** Whether all that was to be asked for was. */
  readonly complete: boolean;
  /** What is to be known of it, a sentence each. */
  readonly notes: readonly string[];
  readonly handshakes: readonly Handshake[];
  readonly requests: readonly RecordedRequest[];
}

/** More than this is no recording, but a file made to fill the memory. */
const MOST = 2 ** 27;

/** Writes a recording, whole or not at all. */
export function writeRecording(path: string, recording: RecordingFile): void {
  writeWhole(path, new Uint8Array(gzipSync(Buffer.from(JSON.stringify(recording)))));
}

/**
 * Reads a recording.
 * @throws {Error} that names the file and says what is wrong with it: missing, truncated, foreign, of
 * another version, damaged
 */
export function readRecording(path: string): RecordingFile {
  const content = contentOf(path, bytesOf(path));
  if (content?.format !== FORMAT) throw new Error(`${path} does not hold a recording of the lab`);
  if (content.version !== VERSION) {
    throw new Error(
      `${path} is of format version ${content.version}, and this lab reads version ${VERSION}: ` +
        "open it with the lab that recorded it, or record anew",
    );
  }
  return content as RecordingFile;
}

function bytesOf(path: string): Uint8Array {
  try {
    return Deno.readFileSync(path);
  } catch (cause) {
    const missing = cause instanceof Deno.errors.NotFound;
    const why = missing ? "there is no such file" : (cause as Error).message;
    throw new Error(`${path} cannot be read: ${why}`, { cause });
  }
}

function contentOf(path: string, bytes: Uint8Array): Partial<RecordingFile> | null {
  try {
    return JSON.parse(gunzipSync(bytes, { maxOutputLength: MOST }).toString());
  } catch (cause) {
    const zipped = bytes[0] === 0x1f && bytes[1] === 0x8b && !(cause instanceof SyntaxError);
    const truncated = (cause as { code?: string }).code === "Z_BUF_ERROR";
    const damage = truncated ? "is truncated" : "is damaged";
    const foreign = bytes.length === 0 ? "is empty" : "does not hold a recording of the lab";
    throw new Error(`${path} ${zipped ? damage : foreign}`, { cause });
  }
}
