/** A notebook's code cells as one module, so that tools which read only modules read them. */
import { codeCells, type Notebook } from "../notebook/notebook.ts";

export interface JoinedCells {
  readonly text: string;
  /** `output` of a tool that read the text in `file`, with the cells of the notebook `name` named. */
  named(output: string, file: string, name: string): string;
}

/** Joins the code cells; that two of them declare the same name is an error to type-checkers. */
export function joinCells(notebook: Notebook): JoinedCells {
  const lines = codeCells(notebook).flatMap((cell) => {
    const number = notebook.cells.indexOf(cell) + 1;
    return cell.source.split("\n").map((text, i) => ({
      text,
      place: `cell ${number}, line ${i + 1}`,
    }));
  });
  return {
    text: lines.map(({ text }) => text).join("\n") + "\nexport {};\n",
    named: (output, file, name) =>
      output.replaceAll("file://", "").split(file).map((part, i) => {
        const [at, line] = (i > 0 && part.match(/^:(\d+):\d+/)) || ["", ""];
        const place = lines[Number(line) - 1]?.place;
        const where = place === undefined ? name + at : `${name}, ${place}`;
        return i === 0 ? part : where + part.slice(at.length);
      }).join(""),
  };
}
