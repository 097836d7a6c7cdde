/** `deno task doctor`, run for real on this machine and on ones where something is missing. */
import { assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { existsSync } from "node:fs";
import { examineVersion } from "../../../lib/press/doctor/examine_machine.ts";
import type { Finding } from "../../../lib/ground/finding.ts";
import { formatNotebook } from "../../../lib/press/notebook/notebook.ts";
import { notebook } from "../record/fixture_project.ts";
import { Checkout } from "./fixture_checkout.ts";

/** As deno.json has the task: the doctor's module, and the floors that it is to ask. */
const { tasks } = JSON.parse(Deno.readTextFileSync(new URL("../../../deno.json", import.meta.url)));
const [DOCTOR, ...FLOORS] = tasks.doctor.replace("deno run -A ", "").split(" ");
const CHAPTERS = { "01_one.ipynb": formatNotebook(notebook()) };

async function findings(checkout: Checkout, env: Record<string, string> = {}) {
  const { code, out } = await checkout.run(DOCTOR, [...FLOORS, "--json"], env);
  const { works, findings } = JSON.parse(out) as { works: boolean; findings: Finding[] };
  return { code, works, of: (name: string) => findings.find((one) => one.name === name)! };
}

Deno.test("doctor: where all is well it says so, kernel included", async () => {
  using checkout = new Checkout(CHAPTERS);
  const { code, works, of } = await findings(checkout);
  assertEquals([code, works], [0, true]);
  for (const name of ["Deno", "Writing", "Loopback", "Packages", "Kernel"]) {
    assertEquals(of(name).state, "ok", of(name).found);
  }
});

Deno.test("doctor: what only parts need is advice, with what to do about it", async () => {
  using checkout = new Checkout(CHAPTERS);
  const { code, out } = await checkout.run(DOCTOR, FLOORS, { PATH: checkout.home });
  assertEquals(code, 0, out);
  for (const name of ["Jupyter", "Go", "Python", "ab"]) {
    assertMatch(out, new RegExp(`^!  ${name.padEnd(9)}not installed(;.*)?\n +→ .`, "m"));
  }
  assertMatch(out, /^! {2}Python .*\n.*aiohttp/m);
  assertStringIncludes(out, "→ to compare with Go");
});

Deno.test("doctor: what nothing works without is broken, and the exit code says so", async () => {
  using checkout = new Checkout(CHAPTERS);
  const { code, works, of } = await findings(checkout, {
    PATH: checkout.home,
    DENO_DIR: `${checkout.home}/nothing-cached`,
    NPM_CONFIG_REGISTRY: "http://127.0.0.1:9/",
  });
  assertEquals([code, works], [1, false]);
  assertEquals([of("Packages").state, of("Kernel").state], ["advice", "broken"]);
  assertStringIncludes(of("Packages").remedy!, "NPM_CONFIG_REGISTRY");
});

Deno.test("doctor: finds that a server of this machine cannot be reached, and goes on", async () => {
  using checkout = new Checkout(CHAPTERS);
  const asking = `${checkout.home}/asking.ts`;
  const needs = new URL("../../../lib/origin/needs.ts", import.meta.url);
  Deno.writeTextFileSync(
    asking,
    `import { needs } from "${needs}"; console.log((await needs[0]()).state);`,
  );
  const { code, stdout } = await new Deno.Command(Deno.execPath(), {
    // It may listen on any port, and connect to none.
    args: ["run", "--no-config", "--no-prompt", "--quiet", "--allow-net=127.0.0.1:0", asking],
  }).output();
  assertEquals([code, new TextDecoder().decode(stdout)], [0, "broken\n"]);
});

Deno.test("doctor: a module of examinations that cannot be loaded is named", async () => {
  using checkout = new Checkout({});
  checkout.write("none.ts", "export const examinations = [];");
  for (const [file, told] of [["lost.ts", "Module not found"], ["none.ts", 'no "needs"']]) {
    const { code, out, err } = await checkout.run(DOCTOR, ["--needs", file]);
    assertEquals([code, out], [2, ""]);
    assertMatch(err, new RegExp(`^--needs ${file}: .*${told}.*\nSee deno task doctor --help\n$`));
  }
});

Deno.test("doctor: knows which Deno is new enough", () => {
  assertEquals(
    ["2.8.3", "2.9.0", "2.10.1", "3.0.0", "1.46.3"].map((one) => examineVersion(one).state),
    ["broken", "ok", "ok", "ok", "broken"],
  );
});

Deno.test("doctor: every floor that needs something is asked", () => {
  const lib = new URL("../../../lib/", import.meta.url);
  const floors = [...Deno.readDirSync(lib)].map(({ name }) => `lib/${name}/needs.ts`);
  const asking = floors.filter((file) => existsSync(new URL(`../${file}`, lib)));
  assertEquals(FLOORS.filter((word: string) => word !== "--needs").toSorted(), asking.toSorted());
});
