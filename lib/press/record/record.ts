/** The record a notebook carries in its metadata: what its outputs come from. */
import { arch, cpus, type as system } from "node:os";
import {
  codeCells,
  type Json,
  type JsonObject,
  labOf,
  type Notebook,
  noteInLab,
} from "../notebook/notebook.ts";
import { writeExact } from "../notebook/exact_json.ts";
import { cellSeconds } from "../run/run_record.ts";
import { digestText } from "./digest.ts";
import type { Stamp } from "./stamp.ts";

export type RunRecord = Readonly<ReturnType<typeof newRecord>>;

/** The record in `notebook`, undefined where there is none, or none that can be read. */
export function recordOf(notebook: Notebook): RunRecord | undefined {
  const { record } = labOf(notebook) as { record?: JsonObject };
  const tables = ["lib", "data", "packages"].map((name) => record?.[name]);
  const whole = typeof record?.hash === "string" && Array.isArray(record.cells) &&
    tables.every((table) => typeof table === "object" && table !== null);
  return whole ? { seconds: {}, ...record } as unknown as RunRecord : undefined;
}

/** Puts `record` into `notebook`; none takes out the one that is there. */
export function setRecord(notebook: Notebook, record: RunRecord | undefined): void {
  noteInLab(notebook, { record: record as unknown as Json | undefined });
}

/** The record of `notebook`, all of whose outputs come from a run today that began under `stamp`. */
export function newRecord(notebook: Notebook, stamp: Stamp) {
  const seconds = [...cellSeconds(notebook)]
    .map(([id, took]) => [id, Number(took.toFixed(1))] as const).filter(([, took]) => took > 0);
  return {
    ...stamp,
    /** Of all outputs, so that a cell run again on its own is noticed. */
    outputs: outputsHash(notebook),
    environment: recordedEnvironment(),
    /** The day of the run, "2026-11-21", UTC. */
    day: new Date().toISOString().slice(0, 10),
    /** How long cells took that took a tenth of a second or more, s, by id. */
    seconds: Object.fromEntries(seconds),
  };
}

/** What this process makes outputs with and on; no date, load or name of a machine. */
export function recordedEnvironment() {
  const { deno, v8, typescript } = Deno.version, all = cpus();
  return {
    deno,
    v8,
    typescript,
    /** "Linux x64". */
    system: `${system()} ${arch()}`,
    cpu: all[0]?.model.trim() || "unknown",
    cores: all.length,
  };
}

/** One hash for what the code cells show. */
export function outputsHash(notebook: Notebook): string {
  const shown = codeCells(notebook)
    .filter(({ outputs }) => outputs.length > 0)
    .map(({ outputs }) => outputs.map((output) => ({ ...output, execution_count: undefined })));
  return digestText(writeExact(shown as unknown as Json, ""));
}
