/** What changed since a notebook's outputs were recorded, in words. */
import { isRun, type Notebook } from "../notebook/notebook.ts";
import { outputsHash, type RunRecord } from "./record.ts";
import { isInjected, type Parts, type Stamp, stampOfParts, type Table } from "./stamp.ts";

/**
 * Why the outputs of `notebook`, recorded as `record` says, are not what it would give now that
 * its stamp is `now`: a phrase for each part that changed. Empty when they are up to date.
 */
export function reasonsStale(record: RunRecord, now: Stamp, notebook: Notebook): string[] {
  const before = record.stamp.parts, after = now.parts;
  const whole = stampOfParts(before).hash === record.stamp.hash;
  return [
    ...changedCells(before, after, notebook),
    ...(before.parameters === after.parameters ? [] : ["the parameters set for the run changed"]),
    ...changes(before.lib, after.lib, (name) => `${name} changed`),
    ...changes(before.data, after.data, (name) => `${name} changed`),
    ...changes(
      before.packages,
      after.packages,
      (name) => `deno.lock has other packages under ${name}`,
    ),
    ...(whole ? [] : ["the record was changed by hand"]),
    ...(record.outputs === outputsHash(notebook) ? [] : ["its outputs are not the recorded ones"]),
  ];
}

function changedCells(before: Parts, after: Parts, notebook: Notebook): string[] {
  const numbers = notebook.cells.flatMap((cell, i) =>
    isRun(cell) && !isInjected(cell) ? [i + 1] : []
  );
  const [were, are] = [before.cells, after.cells];
  const head = are.findIndex((hash, i) => hash !== were[i]);
  if (were.length === are.length) {
    const changed = numbers.filter((_, i) => are[i] !== were[i]);
    return changed.length > 0 ? [`${listed("cell", changed)} changed`] : [];
  }
  const at = head < 0 ? "after the last one" : `from cell ${numbers[head]} on`;
  return [`there are ${are.length} code cells where there were ${were.length}, other ones ${at}`];
}

function changes(before: Table, after: Table, changed: (name: string) => string): string[] {
  const names = (table: Table, wanted: (name: string) => boolean) =>
    Object.keys(table).filter(wanted).sort();
  return [
    ...names(after, (name) => name in before && before[name] !== after[name]).map(changed),
    ...names(after, (name) => !(name in before)).map((name) => `${name} came in`),
    ...names(before, (name) => !(name in after)).map((name) => `${name} is no longer used`),
  ].map((text) => text.replace("npm:", ""));
}

function listed(noun: string, numbers: readonly number[]): string {
  const last = numbers.at(-1)!;
  if (numbers.length === 1) return `${noun} ${last}`;
  return `${noun}s ${numbers.slice(0, -1).join(", ")} and ${last}`;
}
