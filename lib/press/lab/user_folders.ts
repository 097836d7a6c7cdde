/** Where Jupyter and this lab keep a user's things, by system and by the environment. */
import { homedir } from "node:os";
import { posix, win32 } from "node:path";

/** What decides: the system, the home folder, the environment's variables; these are this process's. */
export const here = {
  os: Deno.build.os,
  home: homedir(),
  env: (name: string) => Deno.env.get(name),
};
type UserPlace = typeof here;

/**
 * Jupyter's data folder of the user, in which it looks for kernels (jupyter_core.paths). An empty
 * variable counts as none.
 */
export function jupyterDataFolder({ os, home, env }: UserPlace): string {
  const own = env("JUPYTER_DATA_DIR");
  if (own) return own;
  if (os === "darwin") return posix.join(home, "Library", "Jupyter");
  if (os === "windows") {
    const roaming = env("APPDATA");
    return roaming
      ? win32.join(roaming, "jupyter")
      : win32.join(env("JUPYTER_CONFIG_DIR") || win32.join(home, ".jupyter"), "data");
  }
  return posix.join(env("XDG_DATA_HOME") || posix.join(home, ".local", "share"), "jupyter");
}

/** The lab's own folder for the user, which is nowhere near a cache. */
export function labDataFolder({ os, home, env }: UserPlace): string {
  if (os === "darwin") return posix.join(home, "Library", "Application Support", "await-lab");
  if (os === "windows") {
    return win32.join(env("LOCALAPPDATA") || win32.join(home, "AppData", "Local"), "await-lab");
  }
  return posix.join(env("XDG_DATA_HOME") || posix.join(home, ".local", "share"), "await-lab");
}
