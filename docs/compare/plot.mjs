// Seconds and memory against referrals as SVG, both axes logarithmic, in a panel each as their units differ. The hues
// are told apart by the colour-blind, markers differ in shape too, and the text follows light and dark.
const blue = "#0072b2", vermilion = "#d55e00";
const width = 380, height = 300, left = 60, top = 56; // of a panel, and where it begins

// plot draws rows of { referrals, groups, reading, seconds, mib, label }: seconds and memory of plans, seconds of
// reading alone, and a label for each plan, its gap.
export function plot(rows) {
  const sorted = rows.toSorted((a, b) => a.referrals - b.referrals);
  const of = (key) => sorted.map((r) => ({ x: r.referrals, y: r[key], label: r.label }));
  const read = { points: of("reading").map(({ x, y }) => ({ x, y })), name: "reading and finding options", hue: blue, marker: triangle, dash: "5 4" };
  const whole = { points: of("seconds"), name: "plan, with its gap", hue: blue, marker: circle };
  const memory = { points: of("mib"), name: "peak memory, with the plan's gap", hue: vermilion, marker: square };
  const first = sorted[0], last = sorted.at(-1);
  const from = (r) => `${number(r.referrals)} referrals and ${number(r.groups)} groups: ${short(r.seconds)} s, ${short(r.mib)} MiB, gap ${r.label}`;
  const total = { width: 2 * (left + width) + 50, height: top + height + 56 };
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${total.width} ${total.height}" role="img" aria-labelledby="title desc" font-family="sans-serif" font-size="13" fill="currentColor">
<title id="title">Growth of time and memory with the number of referrals</title>
<desc id="desc">Two plots with logarithmic axes: seconds, and MiB of peak memory, against referrals. ${[...new Set([from(first), from(last)])].join("; ")}.</desc>
<style>svg { color: #1f2328 } @media (prefers-color-scheme: dark) { svg { color: #e6edf3 } }</style>
${panel(left, "seconds", [whole, read])}
${panel(2 * left + width + 20, "MiB", [memory])}
</svg>
`;
}

function panel(at, unit, lines) {
  const all = lines.flatMap((l) => l.points);
  const x = scale(all.map((p) => p.x), at, at + width), y = scale(all.map((p) => p.y), top + height, top);
  const out = [`<g>`];
  lines.forEach((l, i) => {
    out.push(`<line x1="${at}" x2="${at + 28}" y1="${16 + 20 * i}" y2="${16 + 20 * i}" ${stroke(l)}/>${l.marker(at + 14, 16 + 20 * i, l.hue)}`);
    out.push(text(at + 36, 20 + 20 * i, `${unit}: ${l.name}`, "start"));
  });
  for (const n of x.ticks) out.push(grid(x.of(n), x.of(n), top, top + height), text(x.of(n), top + height + 18, short(n), "middle"));
  for (const n of y.ticks) out.push(grid(at, at + width, y.of(n), y.of(n)), text(at - 6, round(y.of(n) + 4), short(n), "end"));
  out.push(text(at + width / 2, top + height + 40, "referrals", "middle"));
  for (const l of lines) {
    out.push(`<polyline points="${l.points.map((p) => `${x.of(p.x)},${y.of(p.y)}`).join(" ")}" fill="none" ${stroke(l)}/>`);
    for (const p of l.points) {
      out.push(l.marker(x.of(p.x), y.of(p.y), l.hue));
      if (p.label) out.push(text(round(x.of(p.x) - 8), round(y.of(p.y) - 8), p.label, "end"));
    }
  }
  return [...out, "</g>"].join("\n");
}

// scale is logarithmic, with ticks at 1, 2 and 5 of each decade, from the tick below the least number to the one
// above the greatest, and room for a label before the first.
function scale(numbers, from, to) {
  const positive = numbers.map((n) => Math.max(n, 0.001));
  const steps = [];
  for (let e = -3; e < 9; e++) for (const n of [1, 2, 5]) steps.push(Number(`${n}e${e}`));
  const least = steps.findLastIndex((n) => n < Math.min(...positive) * 0.999);
  const most = steps.findIndex((n) => n > Math.max(...positive) * 1.001);
  const ticks = steps.slice(Math.max(least, 0), most + 1);
  const log = (n) => Math.log(Math.max(n, 0.001) / ticks[0]) / Math.log(ticks.at(-1) / ticks[0]);
  return { ticks, of: (n) => round(from + log(n) * (to - from)) };
}

const round = (n) => Math.round(n * 10) / 10;
const number = (n) => n.toLocaleString("en-GB");
const short = (n) => n.toLocaleString("en-GB", { maximumSignificantDigits: n < 100 ? 2 : 4, maximumFractionDigits: 3 });
const stroke = ({ hue, dash }) => `stroke="${hue}" stroke-width="2"${dash ? ` stroke-dasharray="${dash}"` : ""}`;
const text = (x, y, what, anchor) => `<text x="${x}" y="${y}" text-anchor="${anchor}">${what}</text>`;
const grid = (x1, x2, y1, y2) => `<line x1="${x1}" x2="${x2}" y1="${y1}" y2="${y2}" stroke="currentColor" stroke-opacity="0.2"/>`;
const circle = (x, y, hue) => `<circle cx="${x}" cy="${y}" r="4.5" fill="${hue}"/>`;
const square = (x, y, hue) => `<rect x="${round(x - 4)}" y="${round(y - 4)}" width="8" height="8" fill="${hue}"/>`;
const triangle = (x, y, hue) => `<path d="M${x} ${round(y - 5)}l5 9h-10z" fill="${hue}"/>`;
