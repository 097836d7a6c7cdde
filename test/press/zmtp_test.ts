import { assert, assertEquals, assertInstanceOf, assertThrows } from "@std/assert";
import {
  connectZmtp,
  encodeFrame,
  type Frame,
  FrameDecoder,
  Garbled,
  greeting,
  ready,
  whenListening,
} from "../../lib/press/kernel/zmtp.ts";

Deno.test("the greeting is the 64 bytes of ZMTP 3.0 with the NULL mechanism", () => {
  const bytes = greeting();
  assertEquals(bytes.length, 64);
  assertEquals([bytes[0], bytes[9], bytes[10], bytes[11]], [0xff, 0x7f, 3, 0]);
  assertEquals(new TextDecoder().decode(bytes.subarray(12, 16)), "NULL");
  assert(bytes.subarray(16).every((byte) => byte === 0));
});

Deno.test("READY is a command frame that names the socket's type", () => {
  const [frame] = new FrameDecoder().push(ready("DEALER"));
  assert(frame.command && !frame.more);
  assertEquals(
    new TextDecoder().decode(frame.body),
    "\x05READY\x0bSocket-Type\0\0\0\x06DEALER\x08Identity\0\0\0\0",
  );
});

Deno.test("a short frame has one byte of length, one of 256 bytes and more has eight", () => {
  const head = (length: number) =>
    [...encodeFrame({ command: false, more: true, body: new Uint8Array(length) })].slice(0, 9);
  assertEquals(head(255).slice(0, 2), [1, 255]);
  assertEquals(head(256), [3, 0, 0, 0, 0, 0, 0, 1, 0]);
});

Deno.test("frames come out whole however their bytes are cut", () => {
  const frames: Frame[] = [0, 1, 255, 256, 70_000, 0].map((length, i) => ({
    command: i === 1,
    more: i % 2 === 0,
    body: new Uint8Array(length).fill(i),
  }));
  const bytes = new Uint8Array(frames.flatMap((frame) => [...encodeFrame(frame)]));
  for (const size of [1, 2, 7, 255, 4096, bytes.length]) {
    const decoder = new FrameDecoder();
    const decoded: Frame[] = [];
    for (let at = 0; at < bytes.length; at += size) {
      decoded.push(...decoder.push(bytes.subarray(at, at + size)));
    }
    assertEquals(decoded.length, frames.length, `cut every ${size} bytes`);
    decoded.forEach((frame, i) => {
      assertEquals([frame.command, frame.more], [frames[i].command, frames[i].more]);
      assert(frame.body.length === frames[i].body.length && frame.body.every((byte) => byte === i));
    });
  }
});

Deno.test("a frame in the midst of another is found out where the first should have ended", () => {
  const whole = encodeFrame({ command: false, more: false, body: new Uint8Array(5000).fill(56) });
  const other = encodeFrame({ command: false, more: false, body: new Uint8Array(20) });
  const decoder = new FrameDecoder();
  decoder.push(whole.subarray(0, 3000));
  decoder.push(other);
  assertThrows(() => decoder.push(whole.subarray(3000)), Garbled);
});

Deno.test("whoever listens to a garbled stream is told so, not left waiting", async () => {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const serve = (async () => {
    const conn = await listener.accept();
    for (const bytes of [greeting(), ready("SUB")]) await conn.write(bytes);
    const subscribed = greeting().length + ready("SUB").length + 1;
    for (let heard = 0; heard < subscribed;) heard += await conn.read(new Uint8Array(99)) ?? 99;
    await conn.write(new Uint8Array(64).fill(57));
    return conn;
  })();
  const { port } = listener.addr as Deno.NetAddr;
  const socket = await connectZmtp(port, "SUB", () => {});
  await socket.send([Uint8Array.of(1)]);
  assertInstanceOf(await socket.ended, Garbled);
  socket.close();
  (await serve).close();
  listener.close();
});

Deno.test("who has a kernel's port before it and hangs up is passed over, whatever was said", async () => {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const answers = ["", "HTTP/1.1 400 Bad Request\r\n\r\n".repeat(4), null];
  const serve = (async () => {
    for (const answer of answers) {
      const conn = await listener.accept();
      const said = answer === null
        ? [
          greeting(),
          ready("DEALER"),
          encodeFrame({ command: false, more: false, body: new Uint8Array([7]) }),
        ]
        : [new TextEncoder().encode(answer)];
      for (const bytes of said) await conn.write(bytes);
      conn.close();
    }
  })();
  const { port } = listener.addr as Deno.NetAddr;
  const heard: Uint8Array[][] = [];
  const socket = await whenListening(() =>
    connectZmtp(port, "DEALER", (frames) => void heard.push(frames))
  );
  await socket.ended;
  assertEquals(heard, [[new Uint8Array([7])]]);
  await serve;
  socket.close();
  listener.close();
});
