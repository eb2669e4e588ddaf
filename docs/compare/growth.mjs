// How seconds and memory of our planner grow with the size of a panel: see README.md.
//
//   node growth.mjs [--sizes 60x25,120x45] [--effort 4000] [--seed 1] [--panel COMMAND] [--svg FILE] [--keep FOLDER]
//
// The table goes to standard output, what is being done to standard error, the plot to docs/reference/growth.svg.
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { find, root } from "./instance.mjs";
import { plot } from "./plot.mjs";

const { values: flags } = parseArgs({
  options: {
    sizes: { type: "string", default: "60x25,120x45,300x100,600x190,1000x300,2000x550,5000x1000" }, // referrals x groups
    effort: { type: "string", default: "4000" }, // for each referral
    seed: { type: "string", default: "1" },
    panel: { type: "string" }, // our command, where it need not be built
    svg: { type: "string", default: join(root, "docs/reference/growth.svg") },
    keep: { type: "string" }, // where snapshots and plans are to stay
  },
});
const say = (text) => process.stderr.write(text + "\n");
const folder = flags.keep ?? mkdtempSync(join(tmpdir(), "growth-"));

// measured runs a command with its output in a file. Node knows the memory of itself only, so Python waits for it: the
// peak is in KiB, on macOS in bytes. What Python had itself (about 10 MiB) is the least that can be seen.
const measured = `
import os, sys, time
began = time.monotonic()
out = os.open(sys.argv[1], os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644)
pid = os.posix_spawnp(sys.argv[2], sys.argv[2:], os.environ, file_actions=[(os.POSIX_SPAWN_DUP2, out, 1)])
_, status, used = os.wait4(pid, 0)
print(os.waitstatus_to_exitcode(status), time.monotonic() - began, used.ru_maxrss * (1 if sys.platform == "darwin" else 1024))
`;

try {
  mkdirSync(folder, { recursive: true });
  await main();
} catch (err) {
  say(`growth: ${err.message}`);
  process.exitCode = 2;
} finally {
  if (!flags.keep) rmSync(folder, { recursive: true, force: true });
}

async function main() {
  const sizes = flags.sizes.split(",").map(size);
  const each = Number(flags.effort);
  if (!Number.isInteger(each) || each < 1) throw new Error("--effort wants a whole number from 1");
  if (!/^\d+$/.test(flags.seed)) throw new Error("--seed wants a whole number");
  const command = flags.panel ?? build();
  console.log("| referrals × groups | reading and finding options | plan | peak memory | objective | bound | gap | nodes | iterations |");
  console.log(`|${"---|".repeat(9)}`);
  const rows = [];
  for (const { referrals, groups } of sizes) {
    const name = `R=${referrals},G=${groups}-${flags.seed}`;
    say(`${name}: making the snapshot`);
    const at = find(name, false, folder);
    say(`${name}: reading and finding options`);
    const read = await plan(command, at, 1);
    say(`${name}: ${read.seconds.toFixed(2)} s; planning with an effort of ${each * referrals}`);
    const row = { referrals, groups, reading: read.seconds, ...(await plan(command, at, each * referrals)) };
    say(`${name}: ${row.seconds.toFixed(2)} s, ${Math.round(row.mib)} MiB, gap ${gap(row)}`);
    console.log(line(row));
    rows.push({ ...row, label: gap(row) });
    writeFileSync(flags.svg, plot(rows)); // after each size, as the last may take long
  }
}

function size(text) {
  const [, referrals, groups] = /^(\d+)[x×](\d+)$/.exec(text.trim()) ?? [];
  if (!(referrals > 0 && groups > 0)) throw new Error(`--sizes wants REFERRALSxGROUPS, as in 60x25, not ${text}`);
  return { referrals: Number(referrals), groups: Number(groups) };
}

function build() {
  const command = join(folder, "panel");
  execFileSync("go", ["build", "-o", command, "./cmd/panel"], { cwd: root, stdio: ["ignore", "inherit", "inherit"] });
  return command;
}

// plan is timed as its user would: from the start of the command to its whole answer.
async function plan(command, at, effort) {
  const out = join(folder, "plan.json");
  const args = ["-c", measured, out, command, "plan", "--in", at.path, "--effort", String(effort), "--json"];
  const said = execFileSync("python3", args, { encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] });
  const [status, seconds, bytes] = said.trim().split(" ").map(Number);
  if (status !== 0) throw new Error(`${at.name}: panel plan ended with ${status}`);
  const { objective, bound, effort: work } = JSON.parse(readFileSync(out));
  return { seconds, mib: bytes / 2 ** 20, objective, bound, nodes: work.nodes, iterations: work.iterations };
}

// gap is by how much the bound exceeds the objective, in per cent of it and rounded up, as panel plan says it.
function gap({ objective, bound }) {
  if (bound === objective) return "0%";
  if (objective <= 0) return "not known";
  return `${(Math.ceil(((bound - objective) * 1000) / objective) / 10).toFixed(1)}%`;
}

function line(row) {
  const n = (x) => x.toLocaleString("en-GB");
  const seconds = (x) => (x < 9.95 ? x.toFixed(2) : n(Math.round(x))) + " s";
  const cells = [`${n(row.referrals)}×${n(row.groups)}`, seconds(row.reading), seconds(row.seconds), `${n(Math.round(row.mib))} MiB`];
  return `| ${[...cells, n(row.objective), n(row.bound), gap(row), n(row.nodes), n(row.iterations)].join(" | ")} |`;
}
