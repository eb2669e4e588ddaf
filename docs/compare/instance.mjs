// Instances by name, as files of snapshots: those of the shared folder's bench, or any snapshot's path.
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("../..", import.meta.url));
const bench = join(process.env.BACKONTRACK_SHARED ?? join(root, "../shared"), "bench");

const python = (args) => execFileSync("python3", ["-B", ...args], { encoding: "utf8", maxBuffer: 1 << 30, stdio: ["ignore", "pipe", "pipe"] });
const convert = (...args) => python([join(bench, "to_snapshot.py"), ...args]);

// find gives { name, path } of a snapshot, which it writes into a folder where it has to be made: S-1 or R=120,G=45-1 (also of a size
// and a seed that the folder has no snapshot of), with soft prices if they are asked for, c10100, or
// BPPC_1_1_1, in as many bins as the best known, or BPPC_1_1_1:47.
export function find(name, soft, folder) {
  if (name.endsWith(".json")) return { name: basename(name, ".json"), path: resolve(name) };
  if (!existsSync(bench)) throw new Error(`${name}: there is no folder ${bench} (set BACKONTRACK_SHARED to the shared folder)`);
  const path = join(folder, `${name.replace(":", "-")}${soft ? "-soft" : ""}.json`);
  const [, size, seed] = /^([A-Z]+o?|R=\d+,G=\d+)-(\d+)$/.exec(name) ?? [];
  const [, packing, bins] = /^(BP[PW]C_[0-9_]+)(?::(\d+))?$/.exec(name) ?? [];
  if (size) return panel(name, size, seed, soft, path, folder);
  if (packing) writeFileSync(path, convert("bppc", join(bench, "bppc", `${packing}.txt`), bins ?? bestKnown(packing)));
  else if (existsSync(join(bench, "gap", name))) writeFileSync(path, convert("gap", join(bench, "gap", name)));
  else throw new Error(`${name}: neither a snapshot's file nor an instance of ${bench}`);
  return { name, path };
}

function panel(name, size, seed, soft, path, folder) {
  const known = join(bench, "panel", `${name}.json`);
  if (!soft && existsSync(known)) return { name, path: known };
  const instance = join(folder, `${name}-instance.json`);
  python([join(bench, "gen.py"), size, seed, instance]);
  const snapshot = JSON.parse(convert("panel", instance));
  if (soft) {
    delete snapshot.policy.composition; // what a policy has by default
    for (const [a, b] of JSON.parse(readFileSync(instance)).friends) (snapshot.pupils[a].friends ??= []).push(`p${b}`);
  }
  writeFileSync(path, JSON.stringify(snapshot));
  return { name: soft ? `${name} soft` : name, path };
}

function bestKnown(packing) {
  const rows = readFileSync(join(bench, "bppc", "bppc_best_known.tsv"), "utf8").split("\n").map((line) => line.split("\t"));
  const bins = rows.find((row) => row[0] === packing)?.[rows[0].indexOf("best_known_bins")];
  if (!bins) throw new Error(`${packing}: no number of bins is known: say ${packing}:BINS`);
  return bins;
}
