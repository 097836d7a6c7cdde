/** Looks at the processes of this machine, as `ps` tells of them. */

/** Those of a group that still run, a line each; a zombie does not. */
export async function groupOf(leader: number): Promise<string[]> {
  const { stdout } = await new Deno.Command("ps", { args: ["-eo", "pgid=,pid=,stat=,args="] })
    .output();
  return new TextDecoder().decode(stdout).split("\n").filter((line) => {
    const [group, , state] = line.trim().split(/\s+/);
    return Number(group) === leader && !state.startsWith("Z");
  });
}

/** Waits until nothing of the group runs any more; false where something still does after 10 s. */
export async function isGone(leader: number): Promise<boolean> {
  for (let i = 0; i < 200; i++) {
    if ((await groupOf(leader)).length === 0) return true;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return false;
}
