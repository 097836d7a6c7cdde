// Runs in one isolate: it mostly computes, and leaves nothing open.
import { assertEquals } from "@std/assert";
import { Markdown, markdown } from "../../lib/show/markdown.ts";

Deno.test("markdown: the template is Markdown, what is put into it shows as it is", () => {
  const name = "a*b_c <i>&[x](y)|`~#\\";
  assertEquals(
    markdown`**${name}** took ${7.19} s`.text,
    "**a\\*b\\_c &lt;i&gt;&amp;\\[x\\](y)\\|\\`\\~\\#\\\\** took 7.19 s",
  );
});

Deno.test("markdown: in a code span nothing is escaped, and nothing gets out of it", () => {
  assertEquals(markdown`\`${"start_ms*"}\` and ${"start_ms"}`.text, "`start_ms*` and start\\_ms");
  assertEquals(markdown`\`${"a`b"}\``.text, "`a'b`");
});

Deno.test("markdown: Markdown put into Markdown stays Markdown", () => {
  assertEquals(markdown`So: ${markdown`**yes**`}`.text, "So: **yes**");
});

Deno.test("markdown: the indentation of the code around it is taken off", () => {
  const said = markdown`
    # Title

      - item
  `;
  assertEquals(said.text, "# Title\n\n  - item");
});

Deno.test("markdown: a cell's last expression renders it", () => {
  const said = new Markdown("*so*");
  assertEquals(said[Symbol.for("Jupyter.display") as never] as unknown instanceof Function, true);
  assertEquals(`${said}`, "*so*");
});
