/** What a notebook shows its readers. */
import { codeCells, type Notebook, type Output } from "../../../lib/press/notebook/notebook.ts";

/** For each code cell, what `show` put there, by the forms it came in: "image/png text/plain". */
export function displays(notebook: Notebook): string[][] {
  return codeCells(notebook).map(({ outputs }) =>
    outputs.flatMap((output) =>
      // How far a trial is, which takes long on a machine that stalls, is no part of what it shows.
      output.output_type === "display_data" && !output.metadata.progress
        ? [Object.keys(output.data).sort().join(" ")]
        : []
    )
  );
}

/** How many charts and tables there are. */
export function counts(notebook: Notebook): { charts: number; tables: number } {
  const outputs = codeCells(notebook).flatMap((cell) => cell.outputs);
  return {
    charts: outputs.filter((output) => form(output, "image/png") !== undefined).length,
    tables: outputs.filter((output) => form(output, "text/html")?.includes("<table")).length,
  };
}

/** The texts of all tables' cells, to be looked for elsewhere. */
export function tableTexts(notebook: Notebook): string[] {
  return codeCells(notebook).flatMap((cell) => cell.outputs).flatMap((output) =>
    [...(form(output, "text/html") ?? "").matchAll(/<t[dh][^>]*>([^<]+)</g)].map(([, text]) => text)
  );
}

function form(output: Output, type: string): string | undefined {
  return "data" in output && type in output.data ? String(output.data[type]) : undefined;
}
