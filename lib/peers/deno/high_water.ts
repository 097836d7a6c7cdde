import process from "node:process";

/**
 * The most memory of this process that was ever resident, bytes, where the system keeps count;
 * elsewhere what is resident now.
 */
export async function highWater(): Promise<number> {
  const status = await Deno.readTextFile("/proc/self/status").catch(() => "");
  const kilobytes = /^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1];
  return kilobytes === undefined ? process.memoryUsage.rss() : 1024 * Number(kilobytes);
}
