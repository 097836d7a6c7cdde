/** How long a run takes beside `jupyter nbconvert --execute`, on the same machine at the same time. */
// Runs alone: it measures time.
import { assertEquals, assertLessOrEqual } from "@std/assert";
import { join } from "node:path";
import { kernelspec } from "../../../lib/press/lab/kernel_spec.ts";
import { needs } from "../../needs.ts";
import { notebookOf, runCommand, Workspace } from "../fixture.ts";
import { jupyterIn, nbconvert } from "./jupyter.ts";

const test = needs("nbconvert");

const CELLS = 200;
const ROUNDS = 12;

test("speed: 200 cells take at most half of what nbconvert --execute takes", async () => {
  using workspace = new Workspace();
  const env = await jupyterIn(workspace.folder);
  const cells = Array.from({ length: CELLS }, (_, i) => `console.log(${i});`);
  const file = workspace.write("cells.ipynb", notebookOf(cells, { kernelspec }));
  const run = async () => {
    const args = [file, "--fresh", "--out", workspace.out];
    assertEquals((await runCommand(args).output()).code, 0);
  };
  const convert = () =>
    nbconvert([file], ["--to", "notebook", "--execute"], join(workspace.folder, "converted"), env);
  // One after the other, so that both meet the same machine; a round that something else disturbs
  // is followed by another.
  const ratios: number[] = [];
  while (ratios.length < ROUNDS && !ratios.some((ratio) => ratio <= 0.5)) {
    ratios.push(await seconds(run) / await seconds(convert));
  }
  assertLessOrEqual(Math.min(...ratios), 0.5);
});

async function seconds(action: () => Promise<void>): Promise<number> {
  const start = performance.now();
  await action();
  return (performance.now() - start) / 1000;
}
