/** What is not Markdown's to escape: stand-ins hold its place while the text is made. */
export class StandIns {
  readonly #texts: string[] = [];

  stand(text: string): string {
    return `lab-stand-in-${this.#texts.push(text) - 1}-`;
  }

  put(written: string): string {
    return written.replace(/lab-stand-in-(\d+)-/g, (whole, n) => this.#texts[Number(n)] ?? whole);
  }
}
