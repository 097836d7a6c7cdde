import {
  FORMAT,
  type RecordingFile,
  VERSION,
  writeRecording,
} from "../../lib/origin/recording_file.ts";

/** A recording with these answers to each path: status, bytes, ms. */
export function recordingOf(
  answers: Record<string, readonly (readonly [status: number, bytes: number, ms: number])[]>,
  more: Partial<RecordingFile> = {},
): RecordingFile {
  return {
    format: FORMAT,
    version: VERSION,
    host: "https://api.example.com",
    recorded: "2026-11-26T10:00:00.000Z",
    protocol: "HTTP/1.1",
    complete: true,
    notes: [],
    handshakes: [20, 30, 70].map((connect) => ({ lookup: 1, connect, tls: 2 })),
    requests: Object.entries(answers).map(([path, each]) => ({
      path,
      method: "GET",
      type: "application/json",
      redirects: 0,
      document: null,
      answers: each.map(([status, bytes, ms], i) => (
        {
          pass: i + 1,
          at: i,
          connection: 1,
          status,
          bytes,
          firstByte: ms / 2,
          body: ms / 2,
          error: "",
        }
      )),
    })),
    ...more,
  };
}

/** The same as a file, which goes with the test. */
export function recordingFile(content: unknown): { readonly file: string } & Disposable {
  const file = Deno.makeTempFileSync({ suffix: ".json.gz" });
  writeRecording(file, content as RecordingFile);
  return { file, [Symbol.dispose]: () => Deno.removeSync(file) };
}
