import { createHash } from "node:crypto";
import { realpathSync, statSync } from "node:fs";
import { join, sep } from "node:path";
import type { Cell, MimeBundle } from "../../notebook/notebook.ts";
import type { Picture } from "./post.ts";
import { safeSVG } from "./safe_svg.ts";

/** The most that one picture may weigh, bytes. */
const LIMIT = 8_000_000;

const ENDINGS: Record<string, string> = {
  "image/png": "png",
  "image/jpeg": "jpg",
  "image/gif": "gif",
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

  /** Puts a picture on the shelf; null where the bytes are not such a picture, or too many. */
  add(mime: string, bytes: Uint8Array, size: Picture["size"] = null): Picture | null {
    if (bytes.length > LIMIT || sniff(bytes) !== mime) return null;
    if (mime === "image/svg+xml") {
      const clean = safeSVG(new TextDecoder().decode(bytes));
      if (clean === null) return null;
      bytes = new TextEncoder().encode(clean);
    }
    const name = createHash("sha256").update(bytes).digest("hex").slice(0, 10);
    const file = `picture-${name}.${ENDINGS[mime]}`;
    const picture = this.pictures.get(file) ?? { file, mime, bytes, size: size ?? sizeOf(bytes) };
    this.pictures.set(file, picture);
    return picture;
  }

  /** The first picture of a bundle, by the order of {@link PICTURE_TYPES}. */
  fromBundle(data: MimeBundle, size: Picture["size"] = null): Picture | null {
    for (const mime of PICTURE_TYPES) {
      const value = data[mime];
      if (typeof value !== "string") continue;
      const bytes = mime === "image/svg+xml" ? new TextEncoder().encode(value) : base64(value);
      const picture = bytes && this.add(mime, bytes, size);
      if (picture) return picture;
    }
    return null;
  }

  /** A picture attached to a cell. */
  fromAttachment(cell: Cell | null, name: string): Picture | null {
    const bundle = cell !== null && cell.cell_type !== "code" ? cell.attachments?.[name] : null;
    return bundle ? this.fromBundle(bundle) : null;
  }

  /** A picture that is its own address. */
  fromDataUrl(url: string): Picture | null {
    const [, mime, coded, body] = /^data:([^;,]*)[^,]*?(;base64)?,(.*)$/is.exec(url) ?? [];
    if (body === undefined || !Object.hasOwn(ENDINGS, mime)) return null;
    try {
      const text = decodeURIComponent(body);
      const bytes = coded ? base64(text) : new TextEncoder().encode(text);
      return bytes && this.add(mime, bytes);
    } catch {
      return null;
    }
  }

  /** A picture in a file of the notebook's folder or below; links out of it are not followed. */
  fromFile(path: string): Picture | null {
    try {
      const file = realpathSync(join(this.folder, path));
      if (!file.startsWith(realpathSync(this.folder) + sep)) return null;
      const { isFile, size } = { isFile: statSync(file).isFile(), size: statSync(file).size };
      if (!isFile || size > LIMIT) return null;
      const bytes = Deno.readFileSync(file);
      const mime = sniff(bytes);
      return mime === null ? null : this.add(mime, bytes);
    } catch {
      return null;
    }
  }
}

function base64(text: string): Uint8Array | null {
  try {
    return Uint8Array.fromBase64(text);
  } catch {
    return null;
  }
}

/** What the first bytes say a picture is. */
function sniff(bytes: Uint8Array): string | null {
  const start = String.fromCharCode(...bytes.subarray(0, 1000));
  if (start.startsWith("\x89PNG\r\n\x1a\n")) return "image/png";
  if (start.startsWith("\xff\xd8\xff")) return "image/jpeg";
  if (/^GIF8[79]a/.test(start)) return "image/gif";
  if (/^RIFF[^]{4}WEBP/.test(start)) return "image/webp";
  return /^[^]*<svg[\s>]/i.test(start) && /^\s*(\xef\xbb\xbf)?\s*</.test(start)
    ? "image/svg+xml"
    : null;
}

/** CSS px of a PNG; other kinds are left to the browser. */
function sizeOf(bytes: Uint8Array): Picture["size"] {
  if (sniff(bytes) !== "image/png" || bytes.length < 24) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  return { width: view.getUint32(16), height: view.getUint32(20) };
}
