/** Just enough of XML to hold a feed to it: an error for what is not well-formed. */
export class XMLParser {
  readonly #texts: { path: string; text: string }[] = [];

  constructor(xml: string) {
    const open: string[] = [];
    const token =
      /<\?[^]*?\?>|<!\[CDATA\[([^]*?)\]\]>|<(\/?)([\w:-]+)((?:\s+[\w:-]+="[^"<]*")*)\s*(\/?)>|([^<]+)/gy;
    let end = 0;
    let text = "";
    for (const match of xml.matchAll(token)) {
      const [whole, cdata, slash, name, , empty, characters] = match;
      end = match.index + whole.length;
      if (/&(?!(amp|lt|gt|quot|apos|#\d+);)/.test(cdata === undefined ? whole : "")) {
        throw new SyntaxError(`a bare & in ${whole}`);
      }
      if (cdata !== undefined) text += cdata;
      else if (characters !== undefined) text += entities(characters);
      else if (name !== undefined && slash === "") {
        text = "";
        if (empty === "") open.push(name);
      } else if (name !== undefined) {
        this.#texts.push({ path: open.join("/"), text: text.trim() });
        if (open.pop() !== name) throw new SyntaxError(`</${name}> closes nothing`);
        text = "";
      }
    }
    if (end !== xml.length || open.length > 0) throw new SyntaxError(`no XML from ${end} on`);
  }

  /** The texts of the elements at a path as "feed/entry/id". */
  texts(path: string): string[] {
    return this.#texts.filter((one) => one.path === path).map(({ text }) => text);
  }
}

const NAMES: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

function entities(text: string): string {
  return text.replace(/&(\w+);/g, (whole, name) => NAMES[name] ?? whole);
}
