// Runs in one isolate: it mostly computes, and leaves nothing open.
import { assert, assertEquals, assertRejects } from "@std/assert";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import pl from "nodejs-polars";
import { whatIf, type WhatIfOptions } from "../../lib/calls/what_if.ts";
import { idealTime } from "../../lib/ideal/mod.ts";
import { fitWidth, renderSVG } from "../../lib/render/mod.ts";
import { timeline } from "../../lib/charts/timeline.ts";
import { show } from "../../lib/show/show.ts";

/** What {@link whatIf} makes of a file of these bytes. */
async function ofFile(name: string, content: string | Uint8Array, options: WhatIfOptions = {}) {
  const folder = await Deno.makeTempDir();
  try {
    const file = join(folder, name);
    await (typeof content === "string"
      ? Deno.writeTextFile(file, content)
      : Deno.writeFile(file, content));
    return await whatIf(file, options);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

type Seen = Awaited<ReturnType<typeof whatIf>>;
type Row = Record<string, number> & { call: string; state: string };
const rows = ({ calls }: Seen) => calls.toRecords() as Row[];
const times = ({ calls }: Seen) =>
  rows({ calls } as Seen).map(({ start_ms, latency_ms }) => [start_ms, latency_ms]);
const byName = ({ table }: Seen) =>
  new Map((table.toRecords() as (Row & { schedule: string })[]).map((row) => [row.schedule, row]));

/** What `show` prints of it. */
async function shown(seen: Seen): Promise<string> {
  const lines: unknown[] = [];
  const log = console.log;
  console.log = (line) => lines.push(line);
  try {
    await show(seen);
  } finally {
    console.log = log;
  }
  return lines.join("\n");
}

Deno.test("durations alone: what one at a time, pools and all at once would have taken", async () => {
  const latencies = [50, 20, 70, 10, 40, 30, 60];
  const seen = await whatIf(latencies, { pools: [2, 3] });
  const found = byName(seen);
  const work = { times: latencies, connections: "kept", handshake: 0, capacity: Infinity } as const;
  for (
    const [name, concurrency] of [["one at a time", 1], ["pool(2)", 2], ["pool(3)", 3], [
      "all at once",
      Infinity,
    ]] as const
  ) {
    assertEquals(found.get(name)!.time_ms, idealTime({ ...work, concurrency }), name);
    assertEquals(found.get(name)!.peak_in_flight, Math.min(concurrency, 7));
  }
  assertEquals(found.get("as it ran"), undefined);
  assertEquals(found.get("all at once")!.share, 70 / 280);
  const text = await shown(seen);
  assert(text.includes("7 requests: 280 ms one at a time, 70.0 ms all at once, at best"), text);
  assert(text.includes("in flight then isn’t known"), text);
  const [first] = timeline(seen.schedules).title.text;
  assertEquals(first, "Requests over time");
});

Deno.test("starts and durations: how it ran is known, and under what it was measured is said", async () => {
  const seen = await whatIf([
    { url: "https://api.example.com/a?key=hunter2", start_ms: 0, latency_ms: 100 },
    { url: "https://api.example.com/b", start_ms: 50, latency_ms: 100 },
    { url: "https://api.example.com/c", start_ms: 200, latency_ms: 100 },
  ]);
  const found = byName(seen);
  assertEquals(found.get("as it ran")!.time_ms, 300);
  assertEquals(found.get("as it ran")!.peak_in_flight, 2);
  assertEquals(found.get("as it ran")!.mean_in_flight, 1.2);
  assertEquals(found.get("all at once")!.share, 1 / 3);
  assertEquals(rows(seen)[0].call, "GET api.example.com/a?key=***");
  assert(seen.assumption.includes("up to 2 in flight (1.2 on average)"), seen.assumption);
  assert(
    (await shown(seen)).includes(
      "3 requests in 300 ms, at most 2 at once; at best 100 ms all at once",
    ),
  );
});

Deno.test("what waited for its turn is kept apart", async () => {
  const seen = await whatIf([
    { start_ms: 0, latency_ms: 100, blocked_ms: 0 },
    { start_ms: 0, latency_ms: 200, blocked_ms: 100 },
  ]);
  assertEquals(byName(seen).get("as it ran")!.time_ms, 200);
  assertEquals(byName(seen).get("one at a time")!.time_ms, 200);
  assertEquals(byName(seen).get("all at once")!.time_ms, 100);
  assert(
    seen.assumption.includes("The 100 ms that requests waited for their turn"),
    seen.assumption,
  );
});

Deno.test("tables of many kinds are read by what their columns are called", async () => {
  const same = [[0, 120], [100, 30]];
  const kinds: Record<string, string> = {
    "comma.csv": "url,start_ms,duration_ms\n/a,0,120\n/b,100,30\n",
    "semicolon.csv": "Pfad;Start (s);Duration (s)\r\n/a;0;0,12\r\n/b;0,1;0,03\r\n",
    "tab.tsv": "start\tend\n1000\t1120\n1100\t1130\n",
    "iso.csv": "timestamp,elapsed\n2026-01-01T00:00:00.000Z,120\n2026-01-01T00:00:00.100Z,30\n",
    "epoch.csv": "ts,took\n1767225600.0,120\n1767225600.1,30\n",
    "go.csv": "start,latency\n0,120ms\n100ms,0.03s\n",
    "quoted.csv": 'start_ms,ms,name\n0,120,"a, ""b""\nc"\n100,30,d\n',
    "bare.csv": "0,120\n100,30\n",
    "lines.ndjson": '{"startedAt":0,"responseTime":120}\n\n{"startedAt":100,"responseTime":30}\n',
    "list.json": '[{"start":0,"latency":120},{"start":100,"latency":30}]',
    "ends.ndjson": '{"end_ms":120,"ms":120}\n{"end_ms":130,"ms":30}',
    "jmeter.csv": "timeStamp,elapsed,Latency\n1767225600000,120,7\n1767225600100,30,7\n",
    "pino.ndjson":
      '{"time":1767225600000,"responseTime":120}\n{"time":1767225600100,"responseTime":30}',
    "python.csv": 'time,ms\n"2026-12-11 10:00:00,100",120\n"2026-12-11 10:00:00,200",30\n',
    "german.csv": "Start;ms\n30.11.2026 23:59:59,95;120\n01.12.2026 00:00:00,05;30\n",
    "nginx.ndjson": '{"time_local":"10/Oct/2025:13:55:36 -0700","request_time":"0.120"}\n' +
      '{"time_local":"10/Oct/2025:13:55:36.01 -0700","request_time":0.03}',
  };
  for (const [name, text] of Object.entries(kinds)) {
    const seen = await ofFile(name, text);
    const rounded = times(seen).map((pair) => pair.map((ms) => Math.round(ms * 1e3) / 1e3));
    assertEquals(rounded, same, name);
  }
  assertEquals(
    times(await whatIf(pl.DataFrame({ start_ms: [0, 100], latency_ms: [120, 30] }))),
    same,
  );
  const named = await ofFile("own.csv", "begin_at,dauer\n0,0.12\n0.1,0.03\n", {
    columns: { start: "begin_at", duration: "dauer" },
    unit: "s",
  });
  assertEquals(times(named), same);
  // As seconds these would be moments of our days.
  const long = await ofFile("long.csv", "path,time_ns\n/a,1500000000\n/b,2000000000\n");
  assertEquals(rows(long).map(({ latency_ms }) => latency_ms), [1500, 2000]);
});

Deno.test("a comma in a number parts thousands where it parts columns, and decimals where it can't", async () => {
  const kinds: [string, number[]][] = [
    ['ms\n"1,234"\n"2,500,000"\n"1,234.5"\n999', [1234, 2_500_000, 1234.5, 999]],
    ['ms,url\n"12,5",/a\n"1,234",/b\n', [12.5, 1.234]],
    ['ms,url\n"0,123",/a\n"1,234",/b\n', [0.123, 1.234]],
    ["ms;url\n12,5;/a\n1,234;/b\n", [12.5, 1.234]],
  ];
  for (const [text, expected] of kinds) {
    assertEquals(
      rows(await ofFile("commas.csv", text)).map((row) => row.latency_ms),
      expected,
      text,
    );
  }
});

Deno.test("files in other encodings, with a mark or without, gzipped or not", async () => {
  const text = "path,start_ms,ms\n/café,0,120\n/b,100,30\n";
  const utf16 = (littleEndian: boolean) => {
    const view = new DataView(new ArrayBuffer(2 * text.length + 2));
    [..."\ufeff" + text].forEach((c, i) => view.setUint16(2 * i, c.charCodeAt(0), littleEndian));
    return new Uint8Array(view.buffer);
  };
  const files = [
    new TextEncoder().encode("\ufeff" + text),
    utf16(true),
    utf16(false),
    Uint8Array.from(text, (c) => c.charCodeAt(0)),
    gzipSync(text),
  ];
  for (const [i, bytes] of files.entries()) {
    const seen = await ofFile(`encoded${i}.csv`, Uint8Array.from(bytes));
    assertEquals(rows(seen)[0].call, "GET /café");
    assertEquals(times(seen), [[0, 120], [100, 30]]);
  }
});

const APACHE =
  '127.0.0.1 - me [10/Oct/2025:13:55:36 -0700] "GET /a?token=hunter2 HTTP/1.1" 200 2326';

Deno.test("access logs: nginx's seconds are logged at the end, Apache's at the start", async () => {
  const nginx = await ofFile(
    "access.log",
    `${APACHE} "http://ref/?k=hunter2" "Mozilla \\" 5.0" 0.250\n` +
      `${APACHE.replace(":36", ":37")} "-" "-" rt=0.500 uct="0.001"\n` +
      "\\x16\\x03\\x01 not a request\n",
  );
  assertEquals(times(nginx), [[0, 250], [750, 500]]);
  assertEquals(rows(nginx)[0].call, "GET /a?token=***");
  const text = await shown(nginx);
  assert(text.includes("known roughly") && text.includes("Left out: 1 of 3 rows; line 3"), text);
  assert(!text.includes("hunter2"));
  const apache = `${APACHE} 250000\n${APACHE.replace(":36", ":37")} 500000\n`;
  assertEquals(times(await ofFile("access.log", apache, { unit: "us" })), [[0, 250], [1000, 500]]);
  await assertRejects(() => ofFile("access.log", apache), RangeError, "such as 250000");
  // Of numbers without a name, one with a unit is the duration, else one with a decimal point.
  for (const rest of ['"-" "-" 345 0.250 [backend] 612 0.2 200', '"-" "-" 1 "http://b:80" 250ms']) {
    const [[, took]] = times(await ofFile("access.log", `${APACHE} ${rest}\n`));
    assertEquals(took, 250, rest);
  }
});

Deno.test("what has no duration that can be is left out and counted; where nothing is left, it says so", async () => {
  const seen = await whatIf([
    { start_ms: 0, ms: 10 },
    { start_ms: 1, ms: -3 },
    { start_ms: 2, ms: NaN },
    { start_ms: NaN, ms: 5 },
    { start_ms: 3, ms: 1e300 },
    { start_ms: 4, ms: "fast" },
    { start_ms: 1e15, ms: 12 },
    {},
  ]);
  assert(
    (await shown(seen)).includes("Left out: 6 of 8 rows; row 2 has a duration below 0 (-3 ms)."),
  );
  assertEquals(seen.calls.height, 2);
  await assertRejects(
    () => whatIf([-1, -2]),
    RangeError,
    "no call that can be read: row 1 has a duration",
  );
});

Deno.test("hostile and broken files: each says what is wrong, and quotes nothing of what is in them", async () => {
  const har = JSON.stringify({
    log: {
      entries: [{
        request: { url: "https://a/", headers: [{ name: "cookie", value: "hunter2" }] },
      }],
    },
  });
  const wrong: [string, string | Uint8Array, string][] = [
    ["cut.har", har.slice(0, -9), "cut.har is cut off, or not JSON"],
    ["bare-word.har", '{"log": {"entries": hunter2}}', "is cut off, or not JSON"],
    ["odd.har", '{"log": {"entries": "hunter2"}}', "without a list of entries"],
    ["null.har", '{"log": null}', "without a list of entries"],
    ["none.har", '{"log": {"entries": []}}', "no call that can be read: it is empty"],
    [
      "odd-entries.har",
      '{"log": {"entries": [null, 3, "hunter2", {"request": 3}, {"request": null}]}}',
      "entry 1 went to no host",
    ],
    ["cut.ndjson", '{"ms":1}\n{"ms":2}\n{"ms":"hunter2', "line 3 is not JSON: it is cut off"],
    ["mixed.ndjson", '{"ms":1}\n"hunter2"\n', "something else than records, as number 2"],
    ["empty.csv", "", "is empty"],
    ["blank.csv", "\n\n\n", "is empty"],
    ["quote.csv", 'ms,name\n1,"hunter2\n2,b', "is a quote not closed"],
    ["other.csv", "a,b\n1,2\n", "has no column with durations"],
    ["numbers.csv", "1,2,3\n4,5,6\n", "3 columns of numbers and no names"],
    ["binary.csv", Uint8Array.of(1, 0, 2, 0, 255), "is not text"],
    ["bomb.gz", gzipSync(new Uint8Array(257_000_000)), "holds more than 256 MB"],
    ["cut.gz", Uint8Array.of(0x1f, 0x8b, 8, 0, 1, 2), "is cut off, or not what gzip makes"],
  ];
  for (const [name, content, problem] of wrong) {
    const error = await assertRejects(() => ofFile(name, content), Error, problem);
    assert(error.message.includes(name) && !Deno.inspect(error).includes("hunter2"), name);
  }
  await assertRejects(
    () => whatIf("/no/such/file.har"),
    Error,
    "there is no file /no/such/file.har",
  );
  await assertRejects(() => whatIf(Deno.cwd()), Error, "is not a file");
  for (
    const source of [
      3,
      null,
      undefined,
      "",
      {},
      "https://me:hunter2@a/b.har",
      new URL("https://a/b.har"),
    ]
  ) {
    const said = "whatIf: source must be the path of a file";
    const error = await assertRejects(() => whatIf(source as string), TypeError, said);
    assert(!error.message.includes("hunter2"), error.message);
  }
  await assertRejects(() => whatIf([1], { unit: "min" as "ms" }), RangeError, "whatIf: unit");
  const columns = { duration: "gone" };
  await assertRejects(() => whatIf([{ ms: 1 }], { columns }), RangeError, 'not "gone"');
  const strange = { columns: { took: "ms" } } as WhatIfOptions;
  await assertRejects(() => whatIf([{ ms: 1 }], strange), TypeError, "took is not an option");
  const secret = "https://a/?key=hunter2,Authorization: hunter2\n1,2\n";
  const error = await assertRejects(
    () => ofFile("bare.csv", secret),
    RangeError,
    "bare.csv has no",
  );
  assert(!error.message.includes("hunter2"), error.message);
});

Deno.test("a HAR of any browser: what its cache answered is left out, and a time it lacks is its parts'", async () => {
  const entry = (more: object, ms = 40) => ({
    startedDateTime: "2026-01-01T00:00:00.000Z",
    time: ms,
    request: { url: "https://api.example.com/a" },
    response: { status: 200 },
    timings: { blocked: -1, wait: ms },
    ...more,
  });
  const entries = [
    entry({ _fetchType: "Network Load", serverIPAddress: "192.0.2.1" }),
    entry({ _fetchType: "Memory Cache" }),
    entry({ _fetchType: "Disk Cache" }),
    entry({ _fromCache: "memory" }),
    entry({}, 0), // Firefox's
    entry({ serverIPAddress: "192.0.2.1" }, 0),
    entry({ time: null, timings: { blocked: 5, dns: -1, wait: 20, receive: 6 } }),
    entry({ time: null, timings: {} }),
  ];
  const seen = await ofFile("network.har", JSON.stringify({ log: { entries } }));
  assertEquals(rows(seen).map(({ latency_ms }) => latency_ms), [40, 0, 31]);
  const text = await shown(seen);
  assert(text.includes("Left out: 5 of 8 rows; entry 2 came out of the browser’s cache."), text);
});

Deno.test("a HAR: cache, data and WebSockets are left out; headers, cookies and bodies are not read", async () => {
  const entry = (url: string, more: object = {}, response: object = {}) => ({
    startedDateTime: "2026-01-01T00:00:00.000Z",
    time: 100,
    connection: "7",
    request: {
      method: "GET",
      url,
      headers: [{ name: "Cookie", value: "hunter2" }],
      postData: { text: "hunter2" },
    },
    response: { status: 200, bodySize: -1, content: { size: 12, text: "hunter2" }, ...response },
    timings: { blocked: 40, dns: -1, connect: 10, ssl: 5, send: 1, wait: 30, receive: 19 },
    ...more,
  });
  const entries = [
    entry("https://me:hunter2@api.example.com/a?key=hunter2#hunter2"),
    entry("https://api.example.com/cached", { _fromCache: "disk" }),
    entry("data:text/plain,hunter2"),
    entry("wss://api.example.com/socket"),
    entry("https://api.example.com/socket", {}, { status: 101 }),
    entry("https://api.example.com/refused", {}, {
      status: 0,
      _error: "net::ERR_CONNECTION_REFUSED",
    }),
    entry("https://api.example.com/left", {}, { status: 0, _error: "net::ERR_ABORTED" }),
    entry("https://api.example.com/never", { time: -1 }),
  ];
  const seen = await ofFile("network.har", JSON.stringify({ log: { entries } }));
  assertEquals(rows(seen).map(({ call, state }) => [call, state]), [
    ["GET api.example.com/a?key=***", "done"],
    ["GET api.example.com/refused", "failed"],
    ["GET api.example.com/left", "aborted"],
  ]);
  const [{ blocked_ms, handshake_ms, answered_ms, bytes, connection }] = rows(seen);
  assertEquals([blocked_ms, handshake_ms, answered_ms, bytes, connection], [40, 10, 81, 12, 0]);
  assertEquals(byName(seen).get("one at a time")!.time_ms, 180);
  const text = await shown(seen) + JSON.stringify(rows(seen)) + JSON.stringify(seen.chart);
  assert(!text.includes("hunter2") && text.includes("Left out: 5 of 8 rows"), text);
  // Legends of parts and of states do not stand side by side, for which a phone has no room.
  const svg = await renderSVG(await fitWidth(seen.chart, 343));
  assert(Number(/<svg[^>]* width="([\d.]+)"/.exec(svg)![1]) < 347);
  const unread = "Not read: 8 headers with cookies or credentials, 1 value of a query and 8 bodies";
  assert(text.includes(unread), text);
});

Deno.test("twenty thousand calls are drawn by how many were in flight, not one by one", async () => {
  const start = Array.from({ length: 20_000 }, (_, i) => i);
  const seen = await whatIf(
    pl.DataFrame({ start_ms: start, latency_ms: start.map((i) => 1 + i % 50) }),
  );
  assertEquals(byName(seen).get("all at once")!.time_ms, 50);
  assert(JSON.stringify(seen.chart).length < 50_000);
});

Deno.test("whatever calls there are can be drawn, on a phone too", async () => {
  const sources = [
    [0],
    [{ start_ms: 0, ms: 0 }],
    [{ start_ms: 5, ms: 1, blocked_ms: 1 }],
    [{ start_ms: 0, ms: 1e9 }, { start_ms: 1e9, ms: 0.001 }],
    Array.from({ length: 1000 }, (_, i) => ({ start_ms: i, ms: 3, name: "x".repeat(5000) })),
    Array.from({ length: 1001 }, (_, i) => i),
  ];
  for (const source of sources) {
    const svg = await renderSVG(await fitWidth((await whatIf(source)).chart, 360));
    assert(
      !/NaN|Infinity|undefined/.test(svg.replace(/<title>.*?<\/title>|aria-label="[^"]*"/g, "")),
    );
    assert(svg.length < 1_500_000, `${svg.length}`);
  }
});
