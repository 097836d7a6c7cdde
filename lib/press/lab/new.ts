/** `deno task lab new`: a notebook for an API of one's own. */
import { existsSync } from "node:fs";
import { command, readCommandLine, UsageError } from "../../ground/usage.ts";
import { pathOf, shownPath } from "../notebook/find_notebooks.ts";
import { writeNotebook } from "../notebook/keep_notebook.ts";
import { kernelspec } from "./kernel_spec.ts";
import { type Notebook, noteInLab } from "../notebook/notebook.ts";
import { parseNotebook } from "../notebook/parse_notebook.ts";
import { fromAddress, fromCurl, fromHar, type Requests } from "./own_requests.ts";

const NOTES = `
Makes notebooks/mine/NAME.ipynb. The first time it runs, it asks the API: one request at a time, each
three times, a second apart, at most so many; then it works on what was recorded. A host that is not
this machine is asked only where you agree to it, in the notebook.

  deno task lab new items --url "https://api.example.com/items/{id}" --ids 1,2,3
  deno task lab new items --url "https://api.example.com/items/{id}" --ids 1,2,3 \\
    --header 'Authorization: Bearer $API_TOKEN'
  deno task lab new orders --curl "curl https://api.example.com/orders -H 'Accept: text/csv'"
  deno task lab new shop --har shop.har --host api.example.com

No secret gets into the notebook. Name a variable where one belongs ($API_TOKEN): its value is read
when a request leaves. Of a curl command and a HAR, authorization and cookies are left out, and so
are query values and bodies, unless --keep query,body says otherwise. What lies between two slashes
can't be told from an id: put a variable there yourself, where it is a secret.

Exit codes: 0 done; 2 bad usage.`;

const PURPOSE = "Makes a notebook that records an API of yours once, and experiments on the copy.";

const program = command("deno task lab new", PURPOSE, NOTES)
  .argument("<name>", "what the notebook is to be called: letters, digits, - and _")
  .option("--url <url>", "an address, with {id} where something is to be put in")
  .option("--ids <list>", "what to put in for {id}, with commas between")
  .option("--header <line>", 'sent along: "Name: value"; may be given again', gathered, [])
  .option("--curl <command>", '"Copy as cURL" of a browser\'s network panel')
  .option("--har <file>", '"Save all as HAR" of that panel')
  .option("--host <host>", "which of a HAR's hosts (default: the one that is asked most)")
  .option("--keep <what>", "query, body or both with a comma: what is not to be left out");

function gathered(line: string, before: readonly string[]): string[] {
  return [...before, line];
}

/** Makes the notebook; the exit code. */
export function newNotebook(args: readonly string[]): number {
  if (readCommandLine(program, args) === undefined) return 0;
  const [name] = program.args;
  if (!/^[A-Za-z\d][\w-]{0,80}$/.test(name)) {
    throw new UsageError(`"${name}" can't be a notebook's name: use letters, digits, - and _`);
  }
  const path = pathOf(undefined, "notebooks", "mine", `${name}.ipynb`);
  if (existsSync(path)) {
    throw new UsageError(`${shownPath(path)} is there already: choose another name, or remove it`);
  }
  const requests = asked();
  writeNotebook(path, filled(template(), name, requests));
  console.log(`made     ${shownPath(path)}`);
  for (const note of requests.notes) console.log(`         ${note}`);
  const [, host] = /agreed: \["([^"]+)"\]/.exec(requests.code) ?? [];
  if (host !== undefined) {
    console.log(`agree    in the notebook to ask ${host}, if its terms allow it`);
  }
  console.log(`run      deno task run ${shownPath(path)}, or open it in Jupyter or VS Code`);
  return 0;
}

/** What is to be recorded: by exactly one of the three ways. */
function asked(): Requests {
  const { url, ids = "", header, curl, har, host, keep = "" } = program.opts();
  const ways = { "--url": url, "--curl": curl, "--har": har };
  const given = Object.entries(ways).filter(([, way]) => way !== undefined).map(([way]) => way);
  if (given.length !== 1) {
    throw new UsageError(
      `give one of --url, --curl and --har, not ${given.join(" and ") || "none"}`,
    );
  }
  const list = (text: string) => text.split(",").map((each) => each.trim()).filter(Boolean);
  const only = (option: string, way: string, value: unknown) => {
    const empty = value === undefined || value === "" || Array.isArray(value) && value.length === 0;
    if (!empty && given[0] !== way) throw new UsageError(`${option} goes with ${way} alone`);
  };
  only("--ids", "--url", ids);
  only("--header", "--url", header);
  only("--host", "--har", host);
  const kept = list(keep);
  const unknown = kept.find((what) => !["query", "body"].includes(what));
  if (unknown !== undefined) throw new UsageError(`--keep ${unknown}: there are query and body`);
  if (url !== undefined) return fromAddress(url, list(ids), header);
  if (curl !== undefined) return fromCurl(curl, kept as ("query" | "body")[]);
  return fromHar(pathOf(har), kept as ("query" | "body")[], host);
}

function template(): Notebook {
  const file = new URL("./own_api.ipynb", import.meta.url);
  return parseNotebook(Deno.readTextFileSync(file), "own_api.ipynb");
}

/** The template with its name, and with the requests in its cell "record". */
function filled(notebook: Notebook, name: string, { code, from }: Requests): Notebook {
  const words: Record<string, string> = {
    NAME: name,
    FROM: from,
    DAY: new Date().toISOString().slice(0, 10),
  };
  const cells = notebook.cells.map((cell) => {
    const source = cell.id === "record"
      ? `const recording = await record({\n  name: ${JSON.stringify(name)},\n${code}});`
      : cell.source.replace(/«([A-Z]+)»/g, (_, word) => words[word]);
    return { ...cell, source };
  });
  const made: Notebook = { ...notebook, cells, metadata: { ...notebook.metadata, kernelspec } };
  noteInLab(made, { made: words.DAY });
  return made;
}
