// Runs in one isolate: it mostly computes, and leaves nothing open.
import { assertEquals, assertThrows } from "@std/assert";
import { join } from "node:path";
import {
  formatNotebook,
  type Notebook,
  NotebookError,
  splitLines,
} from "../../lib/press/notebook/notebook.ts";
import { parseNotebook, readNotebook } from "../../lib/press/notebook/parse_notebook.ts";
import { Workspace } from "./fixture.ts";

/** As Jupyter writes it: one space, sorted keys, text in lines, JSON and base64 left whole. */
const AS_JUPYTER = `{
 "cells": [
  {
   "cell_type": "markdown",
   "id": "title",
   "metadata": {},
   "source": [
    "# Title\\n",
    "Text é"
   ]
  },
  {
   "cell_type": "code",
   "execution_count": 1,
   "id": "show",
   "metadata": {
    "tags": [
     "hide-input"
    ]
   },
   "outputs": [
    {
     "name": "stdout",
     "output_type": "stream",
     "text": [
      "1\\n",
      "2\\n"
     ]
    },
    {
     "data": {
      "application/json": {
       "10": "ten",
       "9": [
        1,
        2.5
       ]
      },
      "image/png": "iVBORw0KGgo=",
      "text/plain": [
       "one line"
      ]
     },
     "execution_count": 1,
     "metadata": {},
     "output_type": "execute_result"
    }
   ],
   "source": []
  }
 ],
 "metadata": {},
 "nbformat": 4,
 "nbformat_minor": 5
}
`;

Deno.test("a notebook that Jupyter wrote comes back byte for byte", () => {
  assertEquals(formatNotebook(parseNotebook(AS_JUPYTER, "a.ipynb")), AS_JUPYTER);
});

Deno.test("in memory text is one string, whether the file has it so or in lines", () => {
  const { cells } = parseNotebook(AS_JUPYTER, "a.ipynb");
  assertEquals(cells[0].source, "# Title\nText é");
  const whole = AS_JUPYTER.replace(/\[\s*"# Title\\n",\s*"Text é"\s*\]/, '"# Title\\nText é"');
  assertEquals(parseNotebook(whole, "a.ipynb").cells, cells);
});

Deno.test("lines are cut where Python cuts them, and keep their ends", () => {
  assertEquals(splitLines("a\r\nb\rc\u2028d\n\ne"), ["a\r\n", "b\r", "c\u2028", "d\n", "\n", "e"]);
  assertEquals(splitLines(""), []);
});

Deno.test("cells of older minor versions get ids, the same ones each time", () => {
  const old = JSON.stringify({
    nbformat: 4,
    nbformat_minor: 2,
    metadata: {},
    cells: ["a", "b"].map((source) => ({ cell_type: "markdown", metadata: {}, source })),
  });
  const notebook = parseNotebook(old, "old.ipynb");
  assertEquals(notebook.cells.map((cell) => cell.id), ["cell-1", "cell-2"]);
  assertEquals(notebook.nbformat_minor, 5);
});

Deno.test("a repeated or malformed id is replaced by one that is free", () => {
  const cells = ["cell-2", "x y", "cell-2"].map((id) => (
    { cell_type: "markdown", id, metadata: {}, source: "" }
  ));
  const text = JSON.stringify({ nbformat: 4, nbformat_minor: 5, metadata: {}, cells });
  const ids = parseNotebook(text, "a.ipynb").cells.map((cell) => cell.id);
  assertEquals(ids, ["cell-2", "cell-2-", "cell-3"]);
});

Deno.test("numbers of others keep their spelling, and Python's words are written again", () => {
  const metadata =
    '{"big":98765432109876543210,"e":1E3,"half":0.50,"nan":NaN,"inf":[-Infinity,-0]}';
  const text = `{"nbformat":4,"nbformat_minor":5,"cells":[],"metadata":${metadata}}`;
  const notebook = parseNotebook(text, "numbers.ipynb");
  assertEquals(notebook.metadata.nan, null);
  assertEquals(notebook.metadata.half, 0.5);
  const written = (notebook: Notebook) =>
    formatNotebook(notebook).replaceAll(/\s/g, "").match(/"metadata":(\{.*\}),"nbformat":/)?.[1];
  assertEquals(
    written(notebook),
    '{"big":98765432109876543210,"e":1E3,"half":0.50,"inf":[-Infinity,-0],"nan":NaN}',
  );
  notebook.metadata.half = 7;
  assertEquals(written(notebook)?.includes('"half":7,'), true);
});

Deno.test("a word that only looks like a number stays one in a string", () => {
  const text = '{"nbformat":4,"cells":[],"metadata":{"a":NaN,"b":"NaN \\" Infinity"}}';
  assertEquals(parseNotebook(text, "words.ipynb").metadata, { a: null, b: 'NaN " Infinity' });
});

Deno.test("a file in another encoding is refused, and a byte order mark is read over", () => {
  using workspace = new Workspace();
  const path = join(workspace.folder, "latin1.ipynb");
  const text = '{"nbformat":4,"cells":[{"cell_type":"raw","metadata":{},"source":"caf\u00e9"}]}';
  Deno.writeFileSync(path, Uint8Array.from(text, (character) => character.charCodeAt(0)));
  assertThrows(() => readNotebook(path, "x"), NotebookError, "x: is not UTF-8");
  Deno.writeTextFileSync(path, "\ufeff" + text);
  assertEquals(readNotebook(path, "x").cells[0].source, "café");
});

const unreadable: [what: string, text: string, message: string][] = [
  ["an empty file", " \n", "is empty"],
  ["half a file", AS_JUPYTER.slice(0, 200), "is not JSON"],
  ["a merge conflict", "<<<<<<< HEAD\n{}\n=======\n{}\n>>>>>>> theirs\n", "git's conflict marks"],
  ["other JSON", "[1, 2]", "not a notebook"],
  ["JSON without a format", '{"cells": []}', "no nbformat"],
  ["nbformat 3", '{"nbformat": 3, "worksheets": []}', "open it in Jupyter and save it"],
  ["nbformat 5", '{"nbformat": 5, "cells": []}', "newer than the 4"],
  ["no cells", '{"nbformat": 4}', "no list of cells"],
  ["a strange cell", '{"nbformat": 4, "cells": [{"cell_type": "heading"}]}', "cell 1 has"],
  ["a cell without source", '{"nbformat": 4, "cells": [{"cell_type": "code"}]}', "source"],
  [
    "a strange output",
    '{"nbformat":4,"cells":[{"cell_type":"code","source":"","outputs":[{"output_type":"pyout"}]}]}',
    "an output (1)",
  ],
];
for (const [what, text, message] of unreadable) {
  Deno.test(`${what} is refused with its name and what is wrong`, () => {
    const error = assertThrows(() => parseNotebook(text, "some.ipynb"), NotebookError, message);
    assertEquals(error.message.startsWith("some.ipynb: "), true);
  });
}
