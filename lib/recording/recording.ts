import defer * as pl from "nodejs-polars";
import { existsSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { whole } from "../analysis/frames.ts";
import { check, TEXT } from "../ground/options.ts";
import {
  readRecording,
  type RecordedRequest,
  type RecordingFile,
} from "../origin/recording_file.ts";

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
/** Where recordings lie, whatever folder a notebook is in. */
export const FOLDER = join(root, "notebooks", "mine", "recordings");
/** Those that the lab comes with. */
const SHIPPED = join(root, "data", "recordings");

/** What was measured of a host, once: what its file says of it, and tables. */
export interface Recording
  extends Pick<RecordingFile, "host" | "recorded" | "protocol" | "complete" | "notes"> {
  readonly file: string;
  /** The file's name without its ending. */
  readonly name: string;
  /**
   * What a trial on the replay asks for: the paths that always were answered well, and not with
   * nothing. Of requests that differ only in method, body or a secret each but the first has a path
   * that ends in `lab-request=2`, and so on; any method does.
   */
  readonly paths: readonly string[];
  /**
   * A row an answer, in the order asked: path, method, pass, at_ms (since the recording began),
   * connection, first (on it), status, bytes (as they came), first_byte_ms, body_ms, ms (both
   * together), error ("" where there was an answer, else the three times are null). Handshakes are not
   * in them.
   */
  readonly requests: pl.DataFrame;
  /** A row a connection: connection, lookup_ms, connect_ms, tls_ms, ms (all three). */
  readonly handshakes: pl.DataFrame;
  /** Documents by path, where they were kept. */
  readonly documents: ReadonlyMap<string, string>;
}

/**
 * Opens what `record` recorded: a file, or by its name alone one that lies where recordings do, or
 * that the lab comes with ("example").
 *
 * ```ts
 * const recording = openRecording("items"); // notebooks/mine/recordings/items.json.gz
 * await using origin = await startOrigin({ replay: recording });
 * ```
 *
 * Throws an Error that names the file and says what is wrong with it: missing, truncated, foreign, of
 * another version.
 */
export function openRecording(path: string): Recording {
  const file = fileOf(check("openRecording", "path", path, TEXT));
  const { format: _, version: _version, requests, handshakes, ...about } = readRecording(file);
  return {
    file,
    name: basename(file).replace(/\.json\.gz$/, ""),
    ...about,
    paths: requests.filter(answeredWell).map(({ path }) => path),
    requests: requestFrame(requests),
    handshakes: pl.DataFrame({
      connection: whole("connection", handshakes.map((_, i) => i + 1)),
      lookup_ms: handshakes.map(({ lookup }) => lookup),
      connect_ms: handshakes.map(({ connect }) => connect),
      tls_ms: handshakes.map(({ tls }) => tls),
      ms: handshakes.map(({ lookup, connect, tls }) => lookup + connect + tls),
    }),
    documents: new Map(
      requests.flatMap(({ path, document }) => document === null ? [] : [[path, document]]),
    ),
  };
}

/** A name alone is looked for wherever the notebook lies. */
function fileOf(path: string): string {
  if (/[\\/]|\.gz$/.test(path)) return path;
  const [own, shipped] = [FOLDER, SHIPPED].map((folder) => join(folder, `${path}.json.gz`));
  return !existsSync(own) && existsSync(shipped) ? shipped : own;
}

const answeredWell = ({ answers }: RecordedRequest): boolean =>
  answers.length > 0 &&
  answers.every(({ status, bytes }) => status >= 200 && status < 300 && bytes > 0);

function requestFrame(requests: readonly RecordedRequest[]): pl.DataFrame {
  const rows = requests.flatMap(({ path, method, answers }) =>
    answers.map((answer) => ({ path, method, ...answer }))
  ).sort((a, b) => a.at - b.at);
  const firsts = new Map(rows.toReversed().map((row) => [row.connection, row]));
  const column = <T>(take: (row: typeof rows[number]) => T): T[] => rows.map(take);
  const time = (take: (row: typeof rows[number]) => number) =>
    pl.Series("", rows.map((row) => row.status === 0 ? null : take(row)), pl.Float64);
  return pl.DataFrame({
    path: column(({ path }) => path),
    method: column(({ method }) => method),
    pass: whole("pass", column(({ pass }) => pass)),
    at_ms: column(({ at }) => at),
    connection: whole("connection", column(({ connection }) => connection)),
    first: column((row) => firsts.get(row.connection) === row),
    status: whole("status", column(({ status }) => status)),
    bytes: whole("bytes", column(({ bytes }) => bytes)),
    first_byte_ms: time(({ firstByte }) => firstByte),
    body_ms: time(({ body }) => body),
    ms: time(({ firstByte, body }) => firstByte + body),
    error: column(({ error }) => error),
  });
}
