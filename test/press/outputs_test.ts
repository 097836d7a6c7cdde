// Runs in one isolate: it mostly computes, and leaves nothing open.
import { assertEquals } from "@std/assert";
import { message } from "../../lib/press/kernel/messages.ts";
import type { CodeCell, JsonObject } from "../../lib/press/notebook/notebook.ts";
import { OutputCollector } from "../../lib/press/kernel/outputs.ts";
import { notebookOf, printed, shown } from "./fixture.ts";

const stream = (text: string, name = "stdout") => message("stream", "s", { name, text });
const display = (text: string, id?: string, type = "display_data") => {
  const transient: JsonObject = id === undefined ? {} : { display_id: id };
  return message(type, "s", { data: { "text/plain": text }, metadata: { id: text }, transient });
};

function collect(...perCell: ReturnType<typeof message>[][]): CodeCell[] {
  const collector = new OutputCollector();
  const cells = notebookOf(perCell.map(() => "")).cells as CodeCell[];
  perCell.forEach((messages, i) => {
    collector.collectInto(cells[i]);
    for (const message of messages) collector.take(message);
  });
  return cells;
}

Deno.test("neighbouring lines of one stream become one output, in order with all else", () => {
  const [cell] = collect([
    stream("a\n"),
    stream("b\n"),
    stream("e\n", "stderr"),
    display("d"),
    stream("c\n"),
  ]);
  assertEquals(cell.outputs.map((output) => output.output_type), [
    "stream",
    "stream",
    "display_data",
    "stream",
  ]);
  assertEquals(printed(cell), "a\nb\ne\nc\n");
});

Deno.test("an update changes every display of its id in place, in earlier cells too", () => {
  const cells = collect(
    [display("one", "id"), display("other", "else"), display("one", "id")],
    [display("one", "id"), display("two", "id", "update_display_data")],
  );
  assertEquals(cells.map(shown), [["two", "other", "two"], ["two"]]);
  const [output] = cells[0].outputs;
  assertEquals(output.output_type === "display_data" && output.metadata, { id: "two" });
});

Deno.test("an update of a display that nobody showed is passed over", () => {
  assertEquals(collect([display("x", "none", "update_display_data")])[0].outputs, []);
});

Deno.test("clear_output clears at once, or with wait when the next output comes", () => {
  const clear = (wait: boolean) => message("clear_output", "s", { wait });
  assertEquals(collect([stream("a"), clear(false)])[0].outputs, []);
  assertEquals(printed(collect([stream("a"), clear(true)])[0]), "a");
  assertEquals(printed(collect([stream("a"), clear(true), stream("b")])[0]), "b");
  assertEquals(shown(collect([display("a"), clear(true), display("b")])[0]), ["b"]);
});

Deno.test("results keep their count and errors their traceback", () => {
  const [cell] = collect([
    message("execute_result", "s", { execution_count: 3, data: { "text/plain": "3" } }),
    message("error", "s", { ename: "E", evalue: "v", traceback: ["E: v"] }),
    message("status", "s", { execution_state: "idle" }),
  ]);
  assertEquals(cell.outputs, [
    {
      output_type: "execute_result",
      execution_count: 3,
      data: { "text/plain": "3" },
      metadata: {},
    },
    { output_type: "error", ename: "E", evalue: "v", traceback: ["E: v"] },
  ]);
});
