/** A notebook like a chapter: prose, code, charts, a frame, a claim, and what tags do to cells. */
import { inFlight } from "../../../lib/charts/further.ts";
import { charts } from "../../../lib/mod.ts";
import { markdown } from "../../../lib/show/markdown.ts";
import type { Notebook } from "../../../lib/press/notebook/notebook.ts";
import { code, notebook, printed, prose, raw, shown } from "./manuscript.ts";

/** Samples of `n` requests; a pass one at a time is a staircase, one all at once a wall. */
function samples(variant: string, n: number, together: boolean) {
  let clock = 0;
  return Array.from({ length: n }, (_, request) => {
    const took = 36 + (request * 37) % 29;
    const start_ms = together ? request * 0.4 : clock;
    clock += took;
    return { variant, request, start_ms, end_ms: start_ms + took, handshake_ms: 12 };
  });
}

const LOOP = `const naive: Strategy = async (paths, get) => {
  const names = [];
  for (const path of paths) names.push((await get(path)).name); // one after the other
  return names;
};`;

let made: Promise<Notebook> | undefined;

/** The chapter; its two charts, its table and its text are told apart by the tests. Drawn once. */
export const chapter = async (): Promise<Notebook> => structuredClone(await (made ??= draw()));

async function draw(): Promise<Notebook> {
  const both = [...samples("naive/kept", 40, false), ...samples("concurrent/kept", 40, true)];
  const summary = [
    {
      variant: "naive/kept",
      makespan_ms: 1993.4,
      limit_ms: 1987.2,
      efficiency: 0.9969,
      sockets: 1,
    },
    {
      variant: "concurrent/kept",
      makespan_ms: 81.2,
      limit_ms: 64.6,
      efficiency: 0.796,
      sockets: 40,
    },
  ];
  return notebook(
    raw(`---
title: "What does await cost?"
description: Two loops, one word apart, and what the word is worth.
date: 2026-03-14
tags: [await, http]
author: The Await Lab
slug: what-does-await-cost
---`),
    prose(
      "# What does `await` cost?\n\nTwo loops that differ in **one word**. The rest is the same.",
    ),
    code(
      `import { charts, show } from "lab";\nimport { inFlight } from "lab/charts";`,
      [],
      ["hide-input"],
    ),
    prose(
      "## The naive loop\n\nHere it is, with a [link](https://example.org/) and a list:\n\n" +
        "- it asks,\n- it waits,\n- it asks again.\n\n> A staircase, not a wall.\n\n" +
        '```go\nfunc main() { fmt.Println("sequential") }\n```',
    ),
    code(LOOP),
    code("await show(charts.timeline(samples));", [await shown(charts.timeline(both))]),
    prose("## How many at once\n\nThe next chart has a caption of its own."),
    code("await show(inFlight(samples));", [
      await shown(inFlight(both), "One at a time is one at a time, with await or without."),
    ], ["cover"]),
    prose(
      "## In figures\n\n| schedule | in flight |\n|---|--:|\n| naive | 1 |\n| concurrent | 40 |",
    ),
    code("await show(summary);", [await shown(summary)]),
    code('claim("concurrent takes less");', [{
      output_type: "execute_result",
      execution_count: 1,
      data: { "text/plain": '"✓ concurrent takes less"' },
      metadata: {},
    }]),
    code("await show(markdown`…`);", [await shown(markdown`It took **${81.2} ms**.`)]),
    code('console.log("noise");', [printed("noise that is removed")], ["remove-output"]),
    code("const secret = 1;", [printed("kept all the same")], ["remove-input"]),
    code("removed();", [printed("removed altogether")], ["remove-cell"]),
    { ...prose("Say what was removed altogether."), metadata: { tags: ["notes"] } },
    prose("### A smaller heading\n\nAnd an end.[^1]\n\n[^1]: With a footnote.\n"),
  );
}
