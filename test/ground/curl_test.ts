/** curl commands as people have them on their clipboard. */
// Runs in one isolate: it mostly computes, and leaves nothing open.
import { assert, assertEquals, assertThrows } from "@std/assert";
import { KEEPABLE, readCurl } from "../../lib/ground/curl.ts";

const all = (command: string) => readCurl(command, KEEPABLE, "record");
const bare = (command: string) => readCurl(command, [], "record");

Deno.test("curl: a command as a browser copies it is read, for each of its shells", () => {
  const posix = `curl 'https://api.example.com/v1/items?page=2&q=it%27s' \\
    -X 'POST' \\
    -H 'accept: application/json' \\
    -H 'authority: api.example.com' \\
    -H 'content-type: application/json' \\
    -b 'sid=abc; theme=dark' \\
    --data-raw $'{"name":"it\\'s \\u0021","n":1}' \\
    --compressed`;
  const windows = `curl ^"https://api.example.com/v1/items?page=2^&q=it^%27s^" ^
    -X ^"POST^" ^
    -H ^"accept: application/json^" ^
    -H ^"authority: api.example.com^" ^
    -H ^"content-type: application/json^" ^
    -b ^"sid=abc; theme=dark^" ^
    --data-raw ^"^{^\\^"name^\\^":^\\^"it's ^!^\\^",^\\^"n^\\^":1^}^" ^
    --compressed`;
  for (const command of [posix, windows, posix.replaceAll("\n", "\r\n")]) {
    const { url, method, headers, body, dropped } = all(command);
    assertEquals([url, method], ["https://api.example.com/v1/items?page=2&q=it%27s", "POST"]);
    assertEquals(JSON.parse(body!), { name: "it's !", n: 1 });
    assertEquals(headers, {
      "accept": "application/json",
      "authority": "api.example.com",
      "content-type": "application/json",
      "Cookie": "sid=abc; theme=dark",
    });
    assertEquals(dropped, { authorization: 0, cookies: 0, query: 0, body: 0 });
  }
});

Deno.test("curl: what may be a secret is left out and counted, and nothing of it is left", () => {
  const command =
    "curl 'https://me:S3cret@api.example.com/items?key=S3cret&page=2#S3cret' -u me:S3cret " +
    "-H 'Authorization: Bearer S3cret' -H 'X-Api-Key: S3cret' -H 'Accept: text/html' " +
    "--cookie 'a=S3cret; b=S3cret' -d 'password=S3cret' -d x=1 " +
    "-e 'https://me:S3cret@app.example.com/items?key=S3cret&page=2'";
  const read = bare(command);
  assert(!JSON.stringify(read).includes("S3cret"), JSON.stringify(read));
  assertEquals(read, {
    url: "https://api.example.com/items",
    method: "POST",
    headers: { Accept: "text/html", Referer: "https://app.example.com/items" },
    body: null,
    dropped: { authorization: 4, cookies: 2, query: 2, body: 1 },
  });
});

Deno.test("curl: a variable is a name, no value: it is kept as it is written", () => {
  const { headers, url, body, dropped } = bare(
    'curl "https://api.example.com/{id}?key=$KEY" -H "Authorization: Bearer ${TOKEN}" -d "{\\"id\\":\\"{id}\\"}"',
  );
  assertEquals(url, "https://api.example.com/{id}?key=$KEY");
  assertEquals([headers.Authorization, body], ["Bearer ${TOKEN}", '{"id":"{id}"}']);
  assertEquals(dropped, { authorization: 0, cookies: 0, query: 0, body: 0 });
});

Deno.test("curl: a secret with a dollar in it, or beside a variable, is still left out", () => {
  const commands = [
    "curl -u 'me:S3cret$WORD' a.b",
    "curl 'https://me:S3cret$WORD@a.b'",
    "curl -H 'Authorization: Basic S3cret$PA' a.b",
    "curl 'a.b?key=S3cret$WORD'",
    "curl -b 'theme=$THEME; sid=S3cret' a.b",
    "curl -H 'X-Api-Key: {S3cret}' a.b",
    `curl -d '{"name":"$NAME","password":"S3cret"}' a.b`,
    `curl -d '{"query":"{viewer}","note":"S3cret"}' a.b`,
    "curl -H 'X-Functions-Key: S3cret' a.b",
    "curl -H 'X-Forwarded: Bearer S3cret' a.b",
    "curl -H 'X-Next: /a?b=S3cret' a.b",
  ];
  for (const command of commands) {
    const read = JSON.stringify(bare(command));
    assert(!read.includes("S3cret"), read);
    assert(/:[1-9]/.test(read), read);
  }
  const { headers, body } = bare(
    'curl -u "$ME:$PW" -b "a=1; sid=$SID" -d "{\\"password\\":\\"$PW\\"}" -H "X-Api-Key: $KEY" a.b',
  );
  assertEquals([headers.Authorization, headers.Cookie], ["Basic $ME:$PW", "sid=$SID"]);
  assertEquals([headers["X-Api-Key"], body], ["$KEY", '{"password":"$PW"}']);
});

Deno.test("curl: its short ways are known", () => {
  const short: [string, Partial<ReturnType<typeof all>>][] = [
    ["curl a.b/c", { url: "a.b/c", method: "GET", body: null }],
    ["/usr/bin/curl -sSLk --url a.b/c -o file", { url: "a.b/c", method: "GET" }],
    ["curl.exe -XPUT -da=1 -db=2 a.b", { method: "PUT", body: "a=1&b=2" }],
    ["curl -I a.b", { method: "HEAD" }],
    ["curl -G -d a=1 --data-urlencode 'q=x y' a.b", {
      url: "a.b?a=1&q=x%20y",
      method: "GET",
      body: null,
    }],
    ["curl --json '{}' a.b", {
      method: "POST",
      body: "{}",
      headers: { "Content-Type": "application/json" },
    }],
    ["curl -d a a.b", { headers: { "Content-Type": "application/x-www-form-urlencoded" } }],
    ["curl -u me:pw a.b", { headers: { Authorization: "Basic me:pw" } }],
    ["curl -A me/1 -e a.b -H 'Host: c' -H 'X: ' a.b", {
      headers: { "User-Agent": "me/1", Referer: "a.b", X: "" },
    }],
    [`curl "a.b/\\"q\\"" -H 'A: '"b"'c'`, { url: 'a.b/"q"', headers: { A: "bc" } }],
    ["curl -4 --max-redirs 3 --retry-delay 1 --location-trusted a.b", { url: "a.b" }],
    ["curl a.b `\n  -H 'A: b' `\r\n  -I", { method: "HEAD", headers: { A: "b" } }],
    ["curl -d '' a.b", { method: "GET", body: null }],
  ];
  for (const [command, expected] of short) {
    const read: Record<string, unknown> = { ...all(command) };
    for (const [name, value] of Object.entries(expected)) assertEquals(read[name], value, command);
  }
});

Deno.test("curl: what is no single command, or more than a request, is refused with what it is", () => {
  const wrong: [string, string][] = [
    ["", 'must begin with "curl"'],
    ["wget a.b", 'must begin with "curl"'],
    ["curl", "names no URL"],
    ["curl a.b c.d", "asks for 2 URLs: give one"],
    ["curl a.b | jq .", 'has "|", and is to be one command'],
    ["curl a.b?x=1&y=2", 'has "&", and is to be one command'],
    ['curl a.b -H "X: $(cat key)"', 'has "$(", and is to be one command'],
    ["curl a.b -H $(cat key)", 'has "$(", and is to be one command'],
    ["curl a.b -H 'X", "has a quote that is not closed"],
    ["curl a.b -H", "ends where header wants a value"],
    ["curl a.b --data-urlencode q@file", "reads a file, which is not done"],
    ["curl a.b -d @file", "reads a file, which is not done"],
    ["curl a.b -b cookies.txt", "reads a file, which is not done"],
    ["curl a.b -H @headers.txt", "reads a file, which is not done"],
    ["curl a.b -F x=@file", "has -F, which is not known here"],
    ["curl a.b --proxy c.d", "has --proxy, which is not known here"],
  ];
  for (const [command, what] of wrong) {
    assertThrows(() => all(command), RangeError, `record: the curl command ${what}`);
  }
});
