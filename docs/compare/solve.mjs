// The solvers that are compared. Each runs alone, in a process of its own that can be stopped, and answers with
// { objective, bound, seconds, proven, chosen: names of columns } or { failed, said }.
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = fileURLToPath(new URL(".", import.meta.url));
const grace = 60; // seconds after the limit, until a solver that does not keep to it is stopped

// A whole objective needs no gap closed below 1; HiGHS would stop at 0.01 % otherwise.
const settings = { mip_rel_gap: 0, mip_abs_gap: 0.99 };

export const wasm = {
  name: () => `HiGHS ${JSON.parse(readFileSync(join(here, "node_modules/highs/package.json"))).version} wasm`,
  found: () => existsSync(join(here, "node_modules/highs/package.json")),
  solve: (lp, limit) => answer(run(process.execPath, [join(here, "solve.mjs"), lp, limit], limit)),
};

export const native = {
  name() {
    const said = onPath("highs") ? run("highs", ["--version"], 10) : python("print(highspy.Highs().version())");
    return `HiGHS ${/\d+(\.\d+)+/.exec(said.stdout)?.[0] ?? "of some version"} native`;
  },
  found: () => onPath("highs") || python("").status === 0,
  solve(lp, limit) {
    if (onPath("highs")) return answer(binary(lp, limit));
    return answer(python(throughPython, [lp, limit, JSON.stringify(settings)], limit));
  },
};

function onPath(name) {
  return (process.env.PATH ?? "").split(delimiter).some((folder) => folder && existsSync(join(folder, name)));
}

function run(command, args, limit) {
  return spawnSync(command, args.map(String), { encoding: "utf8", maxBuffer: 1 << 30, timeout: (limit + grace) * 1000, killSignal: "SIGKILL" });
}

function python(program, args = [], limit = 10) {
  return run("python3", ["-c", "import highspy, json, sys, time\n" + program, ...args], limit);
}

const throughPython = `
lp, limit, settings = sys.argv[1], float(sys.argv[2]), json.loads(sys.argv[3])
h = highspy.Highs()
h.setOptionValue("output_flag", False)
h.setOptionValue("time_limit", limit)
for name, value in settings.items(): h.setOptionValue(name, value)
h.readModel(lp)
began = time.monotonic()
h.run()
seconds = time.monotonic() - began
info, names = h.getInfo(), h.getLp().col_names_
found = info.primal_solution_status == 2
chosen = [names[i] for i, v in enumerate(h.getSolution().col_value) if v > .5] if found else []
print(json.dumps({"objective": info.objective_function_value if found else None, "bound": info.mip_dual_bound if abs(info.mip_dual_bound) < 1e30 else None,
                  "seconds": seconds, "proven": h.getModelStatus() == highspy.HighsModelStatus.kOptimal, "chosen": chosen}))
`;

// binary runs the command, and makes of its report what the others say in JSON.
function binary(lp, limit) {
  const optionsFile = lp + ".options", solution = lp + ".solution";
  writeFileSync(optionsFile, Object.entries({ ...settings, log_file: lp + ".log" }).map(([k, v]) => `${k} = ${v}\n`).join(""));
  const done = run("highs", ["--options_file", optionsFile, "--time_limit", limit, "--solution_file", solution, lp], limit);
  const figure = (name) => {
    const found = done.stdout?.match(new RegExp(`^\\s+${name}\\s+(-?[0-9.e+]+)`, "m"));
    return found ? Number(found[1]) : null;
  };
  if (done.status !== 0 || figure("Timing") === null) return { ...done, status: done.status || 1 };
  const chosen = existsSync(solution) ? [...readFileSync(solution, "utf8").matchAll(/^(x\d+) (?:1|0\.99\d*|1\.0\d*)$/gm)].map((m) => m[1]) : [];
  return {
    status: 0,
    stdout: JSON.stringify({
      objective: figure("Primal bound"), bound: figure("Dual bound"), seconds: figure("Timing"),
      proven: /^\s+Status\s+Optimal/m.test(done.stdout), chosen,
    }),
  };
}

function answer(done) {
  if (done.status !== 0) return { failed: done.error?.code ?? done.signal ?? `exit status ${done.status}`, said: String(done.stderr ?? "").slice(-400) };
  return JSON.parse(done.stdout.trim().split("\n").at(-1));
}

// As a program: solve.mjs LP SECONDS solves with the wasm build.
if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { default: load } = await import("highs");
  const highs = await load();
  const m = highs.createModel({ format: "lp", data: readFileSync(process.argv[2], "utf8") });
  m.options.set({ output_flag: false, time_limit: Number(process.argv[3]), ...settings });
  const began = performance.now();
  m.run();
  const seconds = (performance.now() - began) / 1000;
  const found = m.info.get("primal_solution_status") === 2;
  const values = found ? [...m.getSolution().colValue] : [];
  const bound = m.info.get("mip_dual_bound");
  console.log(JSON.stringify({
    objective: found ? m.getObjectiveValue() : null, bound: Math.abs(bound) < 1e30 ? bound : null, seconds,
    proven: m.getModelStatus() === highs.constants.modelStatus.optimal,
    chosen: values.flatMap((v, i) => (v > 0.5 ? [m.getColName(i)] : [])),
  }));
}
