/** A real browser for the tests. Which one it is, and where it is, differs between machines. */
import { delimiter, join } from "node:path";
// Only tests need it: what deno.json names, every task downloads.
// deno-lint-ignore no-import-prefix
import { type Browser, chromium } from "npm:playwright-core@1.65.1";

/** Launches Chromium; throws with the line that installs it where there is none. */
export async function launchChromium(): Promise<Browser> {
  return await chromium.launch({
    executablePath: findProgram(
      ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"],
      ["/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"],
      "apt-get install chromium",
    ),
    args: [
      ...["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"],
      ...["--disable-background-networking", "--disable-component-update", "--disable-sync"],
    ],
  });
}

/** The first of these programs that is on the path, or of these files that is there. */
export function findProgram(names: string[], files: string[], install: string): string {
  const folders = (Deno.env.get("PATH") ?? "").split(delimiter);
  const places = [
    ...names.flatMap((name) => folders.map((folder) => join(folder, name))),
    ...files,
  ];
  const found = places.find((place) => {
    try {
      return Deno.statSync(place).isFile;
    } catch {
      return false;
    }
  });
  if (found === undefined) throw new Error(`${names[0]} is needed to test this: ${install}`);
  return found;
}
