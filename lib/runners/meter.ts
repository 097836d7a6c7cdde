import process from "node:process";
import type { ClientState } from "../client/client.ts";
import type { Costs } from "../trial/trial.ts";
import type { Watched } from "./stall.ts";

/**
 * Starts counting what a run in this process costs. The function returned says what it came to,
 * and stops the watch: how long from `opened` to the client's last finish, and the costs.
 */
export function startMeter(unwatch: () => Watched) {
  const before = process.cpuUsage();
  return (opened: number, client: ClientState): { makespan: number; costs: Costs } => {
    const { stall, peakMemory } = unwatch();
    const cpu = process.cpuUsage(before);
    const { sockets, peakInFlight, lastFinish } = client;
    const costs: Costs = {
      cpuUser: cpu.user / 1000,
      cpuSystem: cpu.system / 1000,
      peakMemory,
      sockets,
      peakInFlight,
      stall,
      measuredIn: "caller's process",
    };
    return { makespan: Number.isNaN(lastFinish) ? 0 : lastFinish - opened, costs };
  };
}
