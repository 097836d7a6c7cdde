import { createHash } from "node:crypto";
import { realpathSync, statSync } from "node:fs";
import { join, sep } from "node:path";
import { attempt } from "../../../ground/attempt.ts";
import type { Cell, Json } from "../../notebook/notebook.ts";
import { type Drawing, readDrawing } from "./drawing.ts";
import type { Picture } from "./post.ts";

/** The most that one picture may weigh, bytes. */
const LIMIT = 8_000_000;

const ENDINGS: Record<string, string> = {
  "image/png": "png",
  "image/jpeg": "jpg",
  "image/gif": "gif",
  "image/avif": "avif",
  "image/bmp": "bmp",
  "image/webp": "webp",
  "image/svg+xml": "svg",
};

/** The kinds of picture a post can hold, best first. */
export const PICTURE_TYPES = Object.keys(ENDINGS).toReversed();

/** The pictures of one post, each once, named by what they hold. */
export class PictureShelf {
  readonly pictures = new Map<string, Picture>();

  /** `folder` is the notebook's: pictures in files come from within it only. */
  constructor(readonly folder: string) {}

  /** Puts a picture on the shelf. What it is, its bytes say. @throws {RangeError} for one it cannot take */
  add(bytes: Uint8Array): Picture {
    checkSize(bytes.length);
    const mime = sniff(bytes);
    if (mime === null) throw new RangeError("its bytes are not a picture's");
    if (mime !== "image/svg+xml") return this.#keep(mime, bytes, []);
    const drawing = readDrawing(new TextDecoder().decode(bytes));
    if (drawing === null) throw new RangeError("it is not SVG");
    return this.addDrawing(drawing);
  }

  addDrawing({ text, without }: Drawing): Picture {
    return this.#keep("image/svg+xml", new TextEncoder().encode(text), without);
  }

  #keep(mime: string, bytes: Uint8Array, without: readonly string[]): Picture {
    const name = createHash("sha256").update(bytes).digest("hex").slice(0, 10);
    const file = `picture-${name}.${ENDINGS[mime]}`;
    const picture = { file, mime, bytes, without };
    this.pictures.set(file, picture);
    return picture;
  }

  /** A picture attached to a cell, of whatever type. @throws {RangeError} saying why it is not shown */
  fromAttachment(cell: Cell, name: string): Picture {
    const bundle = cell.cell_type !== "code" ? cell.attachments?.[name] : null;
    return this.#first(Object.values(bundle ?? {}).map((value) => () => pictureBytes(value)));
  }

  /** A picture that is its own address. @throws as {@link fromAttachment} */
  fromDataUrl(url: string): Picture {
    const [, coded, body = ""] = /^data:[^,]*?(;base64)?,(.*)$/is.exec(url) ?? [];
    return this.#first([() => {
      // As browsers do, a percent sign that codes nothing is taken for itself.
      const text = decodeURIComponent(body.replace(/%(?![0-9a-f]{2})/gi, "%25"));
      return coded ? base64(text) : new TextEncoder().encode(text);
    }]);
  }

  /**
   * A picture in a file of the notebook's folder or below; links out of it are not followed.
   * @throws as {@link fromAttachment}
   */
  fromFile(path: string): Picture {
    return this.#first([() => {
      if (path === "") return null;
      const file = realpathSync(join(this.folder, path));
      if (!file.startsWith(realpathSync(this.folder) + sep)) {
        throw new RangeError("it is not in the notebook's folder");
      }
      const found = statSync(file);
      checkSize(found.size);
      return found.isFile() ? Deno.readFileSync(file) : null;
    }]);
  }

  /** The first of these that can be read and is a picture. */
  #first(sources: readonly (() => Uint8Array | null)[]): Picture {
    let why = "there is none to be read";
    for (const read of sources) {
      try {
        const bytes = read();
        if (bytes !== null) return this.add(bytes);
      } catch (error) {
        if (error instanceof RangeError) why = error.message;
      }
    }
    throw new RangeError(why);
  }
}

function checkSize(bytes: number): void {
  if (bytes <= LIMIT) return;
  const size = (bytes / 1e6).toFixed(1);
  throw new RangeError(`it has ${size} MB, and a picture in a post at most ${LIMIT / 1e6}`);
}

/** A picture in a bundle: base64 in one text or in lines; SVG is also found as itself. */
export function pictureBytes(value: Json): Uint8Array | null {
  const text = Array.isArray(value) ? value.join("") : value;
  if (typeof text !== "string") return null;
  return /^\s*</.test(text) ? new TextEncoder().encode(text) : base64(text);
}

function base64(text: string): Uint8Array | null {
  return attempt(() => Uint8Array.fromBase64(text)) ?? null;
}

/** What the first bytes say a picture is. */
function sniff(bytes: Uint8Array): string | null {
  const start = String.fromCharCode(...bytes.subarray(0, 4000));
  if (start.startsWith("\x89PNG\r\n\x1a\n")) return "image/png";
  if (start.startsWith("\xff\xd8\xff")) return "image/jpeg";
  if (/^GIF8[79]a/.test(start)) return "image/gif";
  if (/^RIFF[^]{4}WEBP/.test(start)) return "image/webp";
  if (/^[^]{4}ftypavi[fs]/.test(start)) return "image/avif";
  if (/^BM[^]{4}\0\0\0\0/.test(start)) return "image/bmp";
  const isText = /^(\xef\xbb\xbf)?\s*</.test(start);
  return isText && /<(\w+:)?svg[\s>]/i.test(start) ? "image/svg+xml" : null;
}
