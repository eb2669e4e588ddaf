// What chosen options are worth, straight from section 3 and 5 of the snapshot format: it shares no thought with
// the model, and so tells whether the model says what the format means.
export function worth(world, chosen) {
  let sum = 0;
  for (const g of new Set(chosen.map((o) => o.group))) {
    const fresh = chosen.filter((o) => o.group === g);
    sum += fresh.reduce((n, o) => n + o.worth, 0);
    sum += composition(world, [...g.standing, ...fresh]) - composition(world, g.standing);
  }
  return sum;
}

function composition({ composition: { friend, alone } }, there) {
  let points = 0;
  there.forEach((a, i) => {
    for (const b of there.slice(0, i)) {
      const friends = a.pupil.friends?.includes(b.pupil.id) || b.pupil.friends?.includes(a.pupil.id);
      if (friends && a.sessions.some((s) => b.sessions.includes(s))) points += friend;
    }
    if (a.pupil.sex !== "F" && a.pupil.sex !== "M") return;
    const lonely = a.sessions.filter((s) => {
      const others = there.filter((b) => b !== a && b.sessions.includes(s));
      return others.length > 0 && others.every((b) => b.pupil.sex !== a.pupil.sex);
    });
    points -= Math.floor((alone * lonely.length) / a.sessions.length);
  });
  return points;
}
