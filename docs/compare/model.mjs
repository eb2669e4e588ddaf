// The agenda of a snapshot as a mixed-integer programme, in LP text: what a general
// solver is given for comparison. It shares nothing with our planner but the list of feasible
// options (panel options --json); their conflicts among each other, their use of places and adults
// and what they change in composition are worked out here from the snapshot.
//
// One day stands for all: the model wants every stay to have the same dates, and standing
// placements to be there for all of them or none. It refuses snapshots where that is not so, and those
// that use what it does not model, by name.
import { Composition } from "./composition.mjs";
import { Program } from "./program.mjs";

const defaults = {
  support: { standard: 125, enhanced: 200, intensive: 500, one_to_one: 1000 },
  separations: [
    { code: "rival_areas", scope: "site" },
    { code: "care_home_peers", scope: "group" },
    { code: "anxious_with_aggressive", scope: "zone", traits: ["anxious_refuser", "aggressive"] },
  ],
  composition: { friend: 40, alone: 120 },
};

// model gives the programme, the options, each with its column, and the world that they are in.
export function model(snapshot, options) {
  const world = read(snapshot, options);
  const p = new Program();
  for (const o of world.options) o.column = p.binary("x", o.worth);
  for (const own of groupBy(world.options, (o) => o.referral).values()) p.atMost(own, 1);
  for (const g of world.groups.values()) resources(p, g);
  for (const s of world.separations) separate(p, world, s);
  for (const k of world.keepApart) keepApart(p, world, k);
  new Composition(p, world).add();
  return { program: p, options: world.options, world };
}

function read(snapshot, listed) {
  const policy = snapshot.policy ?? {};
  const world = {
    groups: new Map(),
    pupils: new Map((snapshot.pupils ?? []).map((q) => [q.id, q])),
    separations: policy.separations ?? defaults.separations,
    keepApart: snapshot.keep_apart ?? [],
    composition: { ...defaults.composition, ...policy.composition },
  };
  const support = { ...defaults.support, ...policy.support };
  const demand = (q, own) => (own ? 0 : support[q.support ?? "standard"]);
  for (const g of snapshot.groups) {
    const patterns = g.patterns ?? [{ id: "all", sessions: g.timetable }];
    world.groups.set(g.id, {
      ...g, zone: g.zone ?? "main", sessionsOf: new Map(patterns.map((x) => [x.id, x.sessions])), options: [], standing: [],
    });
  }
  const referrals = new Map(snapshot.referrals.map((r) => [r.id, r]));
  world.options = listed.filter((o) => o.feasible).map((o) => {
    const r = referrals.get(o.referral), stay = o.stays[0], g = world.groups.get(stay.group);
    const given = r.given?.[stay.group]?.adult_demand;
    const pupil = world.pupils.get(r.pupil);
    const option = {
      referral: r.id, pupil, group: g, sessions: g.sessionsOf.get(stay.pattern), listed: o,
      demand: r.own_adult ? 0 : (given ?? demand(pupil)), worth: o.bonus + o.score + (o.late_penalty ?? 0),
    };
    g.options.push(option);
    return option;
  });
  world.placements = refuse(snapshot, listed, world);
  for (const s of world.placements) {
    const g = world.groups.get(s.group), pupil = world.pupils.get(s.pupil);
    g.standing.push({ pupil, sessions: g.sessionsOf.get(s.pattern ?? "all"), demand: demand(pupil, s.own_adult) });
  }
  return world;
}

// refuse throws where the model would not be exact, and gives the placements that count.
function refuse(snapshot, listed, world) {
  const no = (what) => { throw new Error(`not modelled: ${what}`); };
  const feasible = listed.filter((o) => o.feasible);
  if (feasible.some((o) => o.stays.length > 1)) no("packages");
  const dates = new Set(feasible.map((o) => `${o.stays[0].from} ${o.stays[0].to}`));
  if (dates.size > 1) no("stays with different dates");
  const [from, to] = ([...dates][0] ?? `${snapshot.as_of} ${snapshot.horizon}`).split(" ");
  const standing = (snapshot.placements ?? []).filter((s) => s.from <= to && s.to >= from);
  if (standing.some((s) => s.from > from || s.to < to)) no("standing placements that begin or end within the stays");
  if (new Set(standing.map((s) => `${s.pupil} ${s.group}`)).size < standing.length) no("two placements of one pupil in one group");
  const referred = snapshot.referrals.map((r) => r.pupil);
  if (new Set(referred).size < referred.length) no("two referrals of one pupil");
  if (standing.some((s) => referred.includes(s.pupil))) no("referred pupils who have a placement");
  if (snapshot.pupils.some((q) => q.unknown?.length)) no("unknown facts");
  if (snapshot.sites.some((s) => Object.keys(s.floating_adults ?? {}).length)) no("floating adults");
  if (snapshot.groups.some((g) => g.newcomer)) no("newcomer zones");
  if (snapshot.groups.some((g) => g.registered === false)) no("groups that are not registered");
  if (snapshot.keep_apart?.some((k) => k.until >= from && k.until < to)) no("pairs kept apart until a day within the stays");
  world.keepApart = world.keepApart.filter((k) => !(k.until < from));
  if (!everyWeekday(from, to, snapshot.calendar?.closed ?? [])) no("stays without an open day of each weekday");
  return standing;
}

function everyWeekday(from, to, closed) {
  const open = new Set();
  for (let d = new Date(`${from}T00:00Z`); d <= new Date(`${to}T00:00Z`); d = new Date(+d + 864e5)) {
    const day = d.toISOString().slice(0, 10);
    if (!closed.some((c) => c.from <= day && day <= c.to)) open.add(d.getUTCDay());
  }
  return [1, 2, 3, 4, 5].every((d) => open.has(d));
}

// resources are the places, the adults and the limited traits of a group, at each session.
function resources(p, g) {
  for (const c of cells([g])) {
    const sum = (of) => c.standing.reduce((n, s) => n + of(s), 0);
    const least = (limit) => Math.min(...c.sessions.map((s) => at(limit, s)));
    p.atMost(c.options, least(g.places) - sum(() => 1));
    p.atMost(c.options, least(g.adults) - sum((s) => s.demand), (o) => o.demand);
    for (const l of g.limits ?? []) {
      const has = (x) => (x.pupil.traits?.includes(l.trait) ? 1 : 0);
      p.atMost(c.options.filter(has), l.max - sum(has));
    }
  }
}

function at(limit, session) {
  const n = typeof limit === "object" && limit !== null ? limit[session] : limit;
  return n ?? Infinity;
}

// cells are the sessions of some groups that meet each other, those with the same people as one, and
// without options only if all are wanted. Who is standing is in them too, though an option that
// may not meet them is not feasible.
export function cells(groups, all = false) {
  const found = new Map();
  const names = new Set(groups.flatMap((g) => g.timetable));
  for (const s of names) {
    const there = (list) => groups.flatMap((g) => g[list].filter((x) => x.sessions.includes(s)));
    const options = there("options"), standing = there("standing");
    const key = options.map((o) => o.column).join() + "|" + standing.map((x) => x.pupil.id).join();
    if (options.length === 0 && !all) continue;
    if (found.has(key)) found.get(key).sessions.push(s);
    else found.set(key, { sessions: [s], options, standing });
  }
  return [...found.values()];
}

// places are the groups that are together at a scope.
function places(world, scope) {
  const where = (g) => (scope === "group" ? g.id : scope === "zone" ? `${g.site} ${g.zone}` : g.site);
  return [...groupBy(world.groups.values(), where).values()];
}

function separate(p, world, s) {
  const pairs = s.traits ? [s.traits] : (s.rivals ?? []);
  const marks = (q) => (s.traits ? q.traits : q.areas) ?? [];
  const homes = s.code === "care_home_peers" && !s.traits && !s.rivals;
  for (const [a, b] of homes ? [] : pairs) {
    if ([...world.pupils.values()].some((q) => marks(q).includes(a) && marks(q).includes(b))) {
      throw new Error(`not modelled: pupils of both sides of ${s.code}`);
    }
  }
  for (const groups of places(world, s.scope ?? "site")) {
    for (const c of cells(groups)) {
      if (homes) clique(p, c.options.filter((o) => o.pupil.care_home), (o) => o.pupil.care_home);
      else sides(p, c.options, pairs, marks);
    }
  }
}

function clique(p, options, of) {
  for (const list of groupBy(options, of).values()) p.atMost(list, 1);
}

// sides lets only one side of each pair be there: a column says that somebody of a side is.
function sides(p, options, pairs, marks) {
  const presence = new Map();
  const somebody = (side) => {
    if (!presence.has(side)) {
      const of = options.filter((o) => marks(o.pupil).includes(side));
      presence.set(side, of.length === 0 ? null : p.presence(groupBy(of, (o) => o.pupil.id).values()));
    }
    return presence.get(side);
  };
  for (const [a, b] of pairs) {
    if (somebody(a) !== null && somebody(b) !== null) p.row([[1, somebody(a)], [1, somebody(b)]], "<=", 1);
  }
}

function keepApart(p, world, k) {
  for (const groups of places(world, k.scope ?? "site")) {
    const own = groups.filter((g) => g.options.some((o) => k.pupils.includes(o.pupil.id)));
    if (own.length === 0) continue;
    for (const c of cells(own)) p.atMost(c.options.filter((o) => k.pupils.includes(o.pupil.id)), 1);
  }
}

export function groupBy(list, key) {
  const map = new Map();
  for (const x of list) {
    const k = key(x);
    if (map.has(k)) map.get(k).push(x);
    else map.set(k, [x]);
  }
  return map;
}
