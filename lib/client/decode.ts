import type { Method } from "../trial/plan.ts";
import type { Document } from "../trial/strategy.ts";
import { RequestError } from "./request_error.ts";

const decoder = new TextDecoder();

/**
 * The document that a body holds; that of a HEAD is empty.
 * @throws {RequestError} of kind "decode" where it is not JSON
 */
export function decode(method: Method, path: string, body: Uint8Array): Document {
  if (method === "HEAD") return {};
  try {
    return JSON.parse(decoder.decode(body));
  } catch (cause) {
    const problem = `the body is not JSON (${body.length} bytes)`;
    throw new RequestError("decode", method, path, problem, { cause });
  }
}
