// Runs in one isolate: it mostly computes, and leaves nothing open.
import { assertEquals, assertLess } from "@std/assert";
import { terminalText } from "../../lib/press/notebook/terminal_text.ts";

const ESC = "\u001b";

Deno.test("terminal text: what was written over is not there, whatever moved the cursor", () => {
  for (
    const [printed, seen] of [
      ["\r  0% done\r 25% done\r100% done\n", "100% done\n"],
      ["long line\rshort", "shortline"],
      ["long line\rshort" + `${ESC}[K`, "short"],
      ["1/2\b\b\b2/2\n", "2/2\n"],
      [`a\nb\n${ESC}[2Ax\ny\n`, "x\ny\n"],
      [`bar 1\nbar 2${ESC}[1A\rBAR 1${ESC}[1B\rBAR 2`, "BAR 1\nBAR 2"],
      [`one\ntwo\nthree${ESC}[1F${ESC}[J!`, "one\n!"],
      [`abc${ESC}[3DX`, "Xbc"],
      [`abc${ESC}[1GX${ESC}[5GY`, "Xbc Y"],
      [`gone\ntoo${ESC}[1;1H${ESC}[0Jnew`, "new"],
      [`gone${ESC}[2J${ESC}[Hnew`, "new"],
      [`abc${ESC}[2K\rd`, "d"],
      ["windows\r\nlines\r\n", "windows\nlines\n"],
      ["windows\r\nand\ra bar\r\n", "windows\na bar\n"],
      [`${ESC}[9A${ESC}[9Babove and below\b\b${ESC}[99D-`, "-bove and below"],
      [`${ESC}]0;title\u0007${ESC}(Bplain${ESC}=`, "plain"],
      ["nothing of the kind\n", "nothing of the kind\n"],
      ["", ""],
    ]
  ) assertEquals(terminalText(printed), seen, JSON.stringify(printed));
});

Deno.test("terminal text: colours stay with the characters that they were written with", () => {
  const red = `${ESC}[31m`, bold = `${ESC}[1m`, plain = `${ESC}[0m`;
  assertEquals(terminalText(`${red}red${plain} plain`), `${red}red${plain} plain`);
  assertEquals(
    terminalText(`${red}red${plain}\rb${bold}o`),
    `b${bold}o${plain}${red}d${plain}`,
  );
  assertEquals(terminalText(`${red}1%\r2%${plain}\n`), `${red}2%${plain}\n`);
});

Deno.test("terminal text: a long stream takes time and room in proportion", () => {
  const bars = Array.from({ length: 100_000 }, (_, i) => `\r${i} of 100000 ${"█".repeat(20)}`);
  assertEquals(terminalText(bars.join("")), `99999 of 100000 ${"█".repeat(20)}`);
  const far = terminalText(`${ESC}[999999999C${ESC}[999999999B.\n`.repeat(1000));
  assertLess(far.length, 500_000);
  const lines = `${"x".repeat(80)}\n`.repeat(50_000) + "\r";
  assertEquals(terminalText(lines).length, lines.length - 1);
});
