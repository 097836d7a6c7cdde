/**
 * Whether a URL's host is this machine. Only its loopback is for certain: 127.0.0.0/8, ::1, and
 * "localhost" with all names below it (RFC 6761, section 6.3).
 */
export function isThisMachine({ hostname }: URL): boolean {
  return /^(?:(?:.+\.)?localhost|127(?:\.\d{1,3}){3}|\[::1\])$/i.test(hostname);
}
