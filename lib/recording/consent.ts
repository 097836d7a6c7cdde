import { notebook } from "../show/kernel.ts";

/** Whether a host is this machine: only its loopback is for certain. */
export function isThisMachine({ hostname }: URL): boolean {
  return /^(?:localhost|(?:.+\.)?localhost|127(?:\.\d{1,3}){3}|\[::1\])$/i.test(hostname);
}

/**
 * Asks whether a host that is not this machine may be asked: it is `agreed` to, or somebody says yes.
 *
 * @param requests how many it will be sent
 * @throws {Error} that says what to write, where nobody agreed
 */
export function askLeave(
  url: URL,
  agreed: readonly string[],
  requests: number,
  pause: number,
): void {
  if (isThisMachine(url) || agreed.includes(url.host) || agreed.includes(url.hostname)) return;
  const seconds = Math.round(pause / 100) / 10;
  const load = `${requests} requests, one at a time, ${seconds} s apart`;
  const somebody = notebook() !== null || Deno.stdin.isTerminal();
  if (somebody && said(`Send ${load}, to ${url.host}? Its terms of use must allow it.`)) return;
  throw new Error(
    `record: nobody has agreed to ask ${url.host}, which is not this machine. ` +
      `Where its terms of use allow ${load}, write agreed: ["${url.host}"]`,
  );
}

function said(question: string): boolean {
  try {
    return confirm(question);
  } catch {
    return false; // a notebook that runs on its own has nobody to ask
  }
}
