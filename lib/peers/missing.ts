import type { Language } from "./implementations.ts";

/** What a peer needs is not on this machine; the message says what to install. */
export class MissingToolchain extends Error {
  override readonly name = "MissingToolchain";
  readonly language: Language;
  /** A sentence on what to install. */
  readonly install: string;

  constructor(language: Language, install: string) {
    super(`${language} is not there to compare with: ${install}`);
    this.language = language;
    this.install = install;
  }
}
