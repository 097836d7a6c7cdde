import { fileURLToPath } from "node:url";

/** Where a program written here lies. */
export function programFolder(language: "go" | "python"): string {
  return fileURLToPath(new URL(`./${language}/`, import.meta.url));
}
