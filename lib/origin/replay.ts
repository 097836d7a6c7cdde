import { basename } from "node:path";
import { deviation, quantile } from "../ground/quantile.ts";
import { readRecording, type RecordingFile } from "./recording_file.ts";

/** An answer as a replay gives it. */
export interface Replayed {
  /** How long it takes on a connection that is set up, whole ms because timers are. */
  readonly ms: number;
  readonly status: number;
  readonly bytes: number;
  readonly type: string;
  readonly document: string | null;
}

/** What an origin serves instead of its own documents and latencies: a recording's. */
export class Replay {
  /** The file's name without its ending. */
  readonly name: string;
  /** Whose answers they are, e.g. https://api.example.com. */
  readonly host: string;
  /** When they were recorded, ISO 8601. */
  readonly recorded: string;
  /** Median set-up of a connection, whole ms. */
  readonly handshake: number;
  /** Of all answers: median, ms, and σ of the logs. */
  readonly median: number;
  readonly sigma: number;
  /** The answers to each path, the fastest first. */
  readonly #answers: ReadonlyMap<string, readonly Replayed[]>;

  constructor(readonly file: string, content: RecordingFile) {
    this.name = basename(file).replace(/(\.recording)?(\.json)?(\.gz)?$/i, "");
    this.host = content.host;
    this.recorded = content.recorded;
    this.#answers = answersOf(content);
    const times = [...this.#answers.values()].flat().map(({ ms }) => ms);
    if (times.length === 0) throw new Error(`${file} holds no answer that could be replayed`);
    const setUps = content.handshakes.map(({ lookup, connect, tls }) => lookup + connect + tls);
    this.handshake = setUps.length === 0 ? 0 : Math.round(quantile(setUps, 0.5));
    this.median = Math.round(quantile(times, 0.5));
    const sigma = deviation(times.map((ms) => Math.log(Math.max(ms, 0.5))));
    this.sigma = Number.isNaN(sigma) ? 0 : sigma;
  }

  /**
   * The answer at this share of those to a path, from the fastest: the inverse of their empirical
   * distribution function, so that only what was measured is ever drawn. Undefined where the path was
   * not recorded.
   *
   * @param u from 0 to 1, exclusive
   */
  at(u: number, path: string): Replayed | undefined {
    const answers = this.#answers.get(path);
    return answers?.[Math.floor(u * answers.length)];
  }

  /** What reports and saved results keep of it. */
  toJSON() {
    const { name, host, recorded } = this;
    return { name, host, recorded, paths: this.#answers.size };
  }
}

/** @throws {Error} that names the file and says what is wrong with it */
export function openReplay(file: string): Replay {
  return new Replay(file, readRecording(file));
}

function answersOf({ requests }: RecordingFile) {
  return new Map(
    requests.map(({ path, type, document, answers }) => {
      const came = answers.filter(({ status }) => status > 0).map((answer) => {
        const { status, bytes, firstByte, body } = answer;
        const good = status >= 200 && status < 300;
        const ms = Math.round(firstByte + body);
        return { ms, status, bytes, type, document: good ? document : null };
      });
      return [path, came.sort((a, b) => a.ms - b.ms)] as const;
    }).filter(([, came]) => came.length > 0),
  );
}
