// Our planner beside a general solver, on the same snapshots, one at a time: see README.md.
//
//   node compare.mjs [--time 10] [--soft] [--only ours,wasm,native] [--panel COMMAND] [--keep FOLDER] INSTANCE…
//
// The table goes to standard output, what is being done to standard error.
import { execFileSync, spawn, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { parseArgs } from "node:util";
import { find, root } from "./instance.mjs";
import { model } from "./model.mjs";
import { native, wasm } from "./solve.mjs";
import { worth } from "./worth.mjs";

const { values: flags, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    time: { type: "string", default: "10" }, // seconds, for each solver
    soft: { type: "boolean", default: false }, // panels with friends and lone pupils
    only: { type: "string", default: "ours,wasm,native" },
    panel: { type: "string" }, // our command, where it need not be built
    keep: { type: "string" }, // where snapshots, options and models are to stay
  },
});
const limit = Number(flags.time);
const names = positionals.length > 0 ? positionals : ["S-1", "So-1", "M-1", "Mo-1"];
const say = (text) => process.stderr.write(text + "\n");
const folder = flags.keep ?? mkdtempSync(join(tmpdir(), "compare-"));

try {
  if (!(limit > 0)) throw new Error("--time wants a number of seconds");
  mkdirSync(folder, { recursive: true });
  await main();
} catch (err) {
  say(`compare: ${err.message}`);
  process.exitCode = 2;
} finally {
  if (!flags.keep) rmSync(folder, { recursive: true, force: true });
}

async function main() {
  const command = flags.panel ?? build();
  const solvers = { ours: { name: () => "ours" }, wasm, native };
  const wanted = flags.only.split(",").filter((key) => {
    if (!solvers[key]) throw new Error(`--only knows ours, wasm and native, not ${key}`);
    const found = key === "ours" || solvers[key].found();
    if (!found) say(`${key} is left out: not installed (README.md says how)`);
    return found;
  });
  if (wanted.length === 0) throw new Error("no solver is left");
  console.log(`| ${["instance", ...wanted.map((key) => `${solvers[key].name()}, ${limit} s`)].join(" | ")} |`);
  console.log(`|${"---|".repeat(wanted.length + 1)}`);
  for (const name of names) {
    const at = find(name, flags.soft, folder);
    const row = wanted.includes("wasm") || wanted.includes("native") ? await programme(command, at) : {};
    const cells = wanted.map((key) => {
      say(`${at.name}: ${solvers[key].name()}`);
      return cell(at, key === "ours" ? ours(command, at) : theirs(row, solvers[key]));
    });
    console.log(`| ${[at.name, ...cells].join(" | ")} |`);
  }
}

function build() {
  const command = join(folder, "panel");
  execFileSync("go", ["build", "-o", command, "./cmd/panel"], { cwd: root, stdio: ["ignore", "inherit", "inherit"] });
  return command;
}

// programme writes the model of a snapshot, from the options that our command finds feasible.
async function programme(command, at) {
  const { program, options, world } = model(JSON.parse(readFileSync(at.path)), await feasible(command, at));
  const lp = join(folder, `${at.name.replaceAll(" ", "-")}.lp`);
  writeFileSync(lp, program.text());
  say(`${at.name}: ${program.size.columns} columns, ${program.size.rows} rows`);
  return { lp, program, options, world };
}

// feasible reads the options one by one, as all together they may be longer than a string can be: each
// begins and ends with a brace that is indented by four.
async function feasible(command, at) {
  const child = spawn(command, ["options", "--in", at.path, "--json"], { stdio: ["ignore", "pipe", "inherit"] });
  const ended = new Promise((done) => child.on("close", done).on("error", done));
  const options = [];
  let lines = [];
  for await (const line of createInterface({ input: child.stdout })) {
    if (line === "    {") lines = [];
    lines.push(line);
    if (line !== "    }" && line !== "    },") continue;
    const option = JSON.parse(lines.join("").replace(/,$/, ""));
    if (option.feasible) options.push(option);
  }
  const status = await ended;
  if (status !== 0) throw new Error(`${at.name}: panel options failed: ${status}`);
  return options;
}

// ours is timed as its user would: from the start of the command to its answer.
function ours(command, at) {
  const began = performance.now();
  const args = ["plan", "--in", at.path, "--time", `${limit}s`, "--json"];
  const done = spawnSync(command, args, { encoding: "utf8", maxBuffer: 1 << 29, timeout: (limit + 60) * 1000 });
  const seconds = (performance.now() - began) / 1000;
  if (done.status !== 0) return { failed: done.signal ?? `exit status ${done.status}`, said: done.stderr.trim() };
  const plan = JSON.parse(done.stdout);
  return { objective: plan.objective, bound: plan.bound, proven: plan.status === "optimal", seconds };
}

// theirs is refused where the plan is not worth what the solver says. It may be worth more, if the solver found it
// early and did not trouble to find its best composition.
function theirs({ lp, program, options, world }, solver) {
  const a = solver.solve(lp, limit);
  if (a.failed) return a;
  const whole = (n, round) => (n === null ? null : round(n) + program.offset);
  const said = whole(a.objective, Math.round);
  const bound = whole(a.bound, (n) => Math.floor(n + 1e-6 * Math.max(1, Math.abs(n) / 1e6)));
  const is = worth(world, options.filter((o) => a.chosen.includes("x" + o.column)));
  if (said !== null && (a.proven ? is !== said : is < said)) return { failed: `says ${said}, is ${is}` };
  const objective = said === null ? null : is;
  return { ...a, objective, bound: a.proven ? objective : bound };
}

// cell is "objective proven, seconds" or "objective / bound, seconds".
function cell(at, a) {
  if (a.failed) {
    say(`${at.name}: ${a.failed}: ${a.said ?? ""}`);
    return `failed: ${a.failed}`;
  }
  const n = (x) => (x === null ? "none" : x.toLocaleString("en-GB"));
  const seconds = a.seconds < 9.95 ? a.seconds.toFixed(2) : a.seconds.toFixed(0);
  return a.proven ? `${n(a.objective)} proven, ${seconds} s` : `${n(a.objective)} / ${n(a.bound)}, ${seconds} s`;
}
