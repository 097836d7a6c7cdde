/** Secrets: what is masked, and what stays readable. */
// Runs apart: it sets a variable of all its process.
import { assert, assertEquals, assertThrows } from "@std/assert";
import {
  isSecretHeader,
  isSecretParameter,
  maskedText,
  maskedUrl,
  Secrets,
  variablesIn,
} from "../../lib/ground/secrets.ts";

const PLANTED = "hunter2-Zx91";
/** Web tokens are known by their look: the first part is JSON, in base64url (RFC 7515 and 7516). */
const HEAD = btoa('{"alg":"x"}').replaceAll("=", "");
const JWT = `${HEAD}.${btoa('{"sub":"x"}').replaceAll("=", "")}.${PLANTED}`;
const ENCRYPTED = `${HEAD}.${PLANTED}.${PLANTED}.${PLANTED}.${PLANTED}`;

Deno.test("secrets: a URL is shown without its user, its query's values and its fragment", () => {
  const shown: [string, string][] = [
    ["https://a.b/c", "https://a.b/c"],
    ["https://a.b/c?page=2&key=x", "https://a.b/c?page=***&key=***"],
    [`https://me:${PLANTED}@a.b/c`, "https://a.b/c"],
    [`https://${PLANTED}@a.b:8443/c?x=1`, "https://a.b:8443/c?x=***"],
    [`//me:${PLANTED}@a.b/c`, "//a.b/c"],
    [`/c?${PLANTED}`, "/c?***"],
    [`/c?a=b=${PLANTED}&&d`, "/c?a=***&&***"],
    [`https://a.b/c#access_token=${PLANTED}`, "https://a.b/c"],
    [`https://me:${PLANTED}/or/not@a.b/c`, "https://a.b/c"],
    [`https://me:${PLANTED}#or?not@a.b/c`, "https://a.b/c"],
    [`me:${PLANTED}@a.b/c?d=1`, "a.b/c?d=***"],
    [`https://a.b/@me/x`, "https://a.b/@me/x"],
    [`https://a.b/c;jsessionid=${PLANTED}/d;v=2?e=1`, "https://a.b/c;jsessionid=***/d;v=2?e=***"],
    [`https://a.b/verify/${JWT}/x`, "https://a.b/verify/***/x"],
    [`https://a.b/verify/${ENCRYPTED}/x`, "https://a.b/verify/***/x"],
    [`https://a.b/verify/${HEAD}..${PLANTED}`, "https://a.b/verify/***"],
    ["https://a.b/eyJ.png", "https://a.b/eyJ.png"],
    ["/users/@me?x", "/users/@me?***"],
    [`data:text/plain,${PLANTED}`, "data:***"],
    ["", ""],
  ];
  for (const [url, masked] of shown) assertEquals(maskedUrl(url), masked, url);
  const named = (name: string) => !isSecretParameter(name);
  assertEquals(maskedUrl("/c?page=2&api%5Fkey=x&q=", named), "/c?page=2&api%5Fkey=***&q=");
});

Deno.test("secrets: headers that give access are known by their names, others are not", () => {
  const secret = "Authorization authorization Proxy-Authorization Cookie Set-Cookie X-Api-Key " +
    "api-key apikey X-Auth-Token X-CSRF-Token Ocp-Apim-Subscription-Key X-Amz-Security-Token " +
    "X-Session-Id X-Goog-Api-Key Private-Token X-Shopify-Access-Token X-Hub-Signature-256 Location " +
    "X-Functions-Key DD-APPLICATION-KEY X-Key X-Pass X-Pwd X-User-Email";
  for (const name of secret.split(" ")) assert(isSecretHeader(name), name);
  const open = "Accept Accept-Language Content-Type User-Agent Retry-After ETag X-Request-Id " +
    "RateLimit-Policy Cache-Control Idempotency-Key X-Monkey Author Sec-WebSocket-Key Keyword " +
    "X-Bypass-Cache Surrogate-Key X-Compass";
  for (const name of open.split(" ")) assert(!isSecretHeader(name), name);
});

Deno.test("secrets: parameters are known by their names", () => {
  const secret =
    "key api_key apikey access_token token sig signature X-Amz-Signature client_secret " +
    "password code sid auth X-Goog-Credential subscription-key " +
    // The first is OpenWeather's, and Wolfram|Alpha's.
    "appid privateKey appKey authKey subscriptionKey";
  for (const name of secret.split(" ")) assert(isSecretParameter(name), name);
  const open = "page limit offset q id author keyword monkey sort codec app users application";
  for (const name of open.split(" ")) assert(!isSecretParameter(name), name);
});

Deno.test("secrets: an error's text loses them wherever they stand in it, and stays readable", () => {
  const texts = [
    `GET https://me:${PLANTED}@a.b/c?key=${PLANTED} failed`,
    `cannot connect to "https://a.b/?${PLANTED}"`,
    `Authorization: Bearer ${PLANTED}`,
    `> Cookie: a=b; sid=${PLANTED}`,
    `{"Set-Cookie": "a=${PLANTED}; Path=/"}`,
    `refused Bearer ${PLANTED}.`,
    `bad token=${PLANTED}, try again`,
    `{"access_token":"${PLANTED}","page":2}`,
    `invalid path /c/d?next=${PLANTED}`,
    `invalid token ${JWT}`,
  ];
  for (const text of texts) {
    const masked = maskedText(text);
    assert(!masked.includes(PLANTED), masked);
    assert(masked.includes("***"), masked);
  }
  const plain = "connect ECONNREFUSED 127.0.0.1:4100 after 12 ms: is it running? (see page 2)";
  assertEquals(maskedText(plain), plain);
  assert(maskedText(texts[7]).includes('"page":2'));
});

Deno.test("secrets: of a huge text the beginning is kept, whose secrets are masked", () => {
  for (const part of ["a", "a.", "a-", "a:", "/a", '"a":', "a=", "a?", " "]) {
    const masked = maskedText(`token=${PLANTED} ${part.repeat(300_000)}`);
    assert(masked.startsWith("token=*** ") && masked.length < 40_000, part);
  }
});

Deno.test("secrets: a value that is known is masked wherever it stands and however it is written", () => {
  const secrets = new Secrets();
  const value = 'p/w "1" é';
  secrets.add(value);
  secrets.add(`${value}-longer`);
  const written = [
    value,
    `${value}-longer`,
    encodeURIComponent(value),
    JSON.stringify({ value }),
    btoa(unescape(encodeURIComponent(value))),
  ];
  for (const text of written) {
    const masked = secrets.maskKnown(`a ${text} z`);
    assert(masked.includes("***") && masked.startsWith("a ") && masked.endsWith(" z"), masked);
    assert(!masked.includes("longer"), masked);
  }
  secrets.add("ab");
  assertEquals(secrets.maskKnown("cabbage"), "cabbage");
});

Deno.test("secrets: an error keeps its name and code, and loses its stack and cause", () => {
  const secrets = new Secrets();
  secrets.add(PLANTED);
  const cause = new Error(`of ${PLANTED}`);
  const error = Object.assign(new TypeError(`with ${PLANTED}`, { cause }), { code: "ECONNRESET" });
  const masked = secrets.error(error);
  assert(!Deno.inspect(masked).includes(PLANTED), Deno.inspect(masked));
  assertEquals([masked.name, (masked as Error & { code: string }).code], [
    "TypeError",
    "ECONNRESET",
  ]);
  assertEquals(secrets.error(`only ${PLANTED}`).message, "only ***");
});

Deno.test("secrets: a variable is filled in from the environment, and is a secret from then on", () => {
  const name = "LAB_SECRETS_TEST_TOKEN";
  const text = `Bearer \${${name}} for $5`;
  assertEquals(variablesIn(`${text} and $${name}`), [name, name]);
  const secrets = new Secrets();
  Deno.env.delete(name);
  const missing = assertThrows(() => secrets.fill(text, "record: header Authorization"), Error);
  assertEquals(
    missing.message,
    `record: header Authorization names the variable ${name}, which is not set`,
  );
  Deno.env.set(name, PLANTED);
  try {
    assertEquals(secrets.fill(text, "record: header Authorization"), `Bearer ${PLANTED} for $5`);
  } finally {
    Deno.env.delete(name);
  }
  assertEquals(secrets.maskKnown(`so ${PLANTED}`), "so ***");
});
