// What a plan changes in the composition of groups (section 3 of the snapshot format), exactly: friends
// who share a session, and pupils who are alone of their sex among others.
import { cells, groupBy } from "./model.mjs";

export class Composition {
  #p; #world; #alone; #friend;

  constructor(program, world) {
    this.#p = program;
    this.#world = world;
    this.#alone = world.composition.alone;
    this.#friend = world.composition.friend;
  }

  add() {
    for (const g of this.#world.groups.values()) {
      if (g.options.length === 0) continue;
      if (this.#friend > 0) this.#friends(g);
      if (this.#alone > 0) this.#lone(g);
    }
  }

  // A new pupil and one who is there: points of the option. Two new ones: a share of each pair of
  // options that meet, of which each option has at most as much as it is chosen.
  #friends(g) {
    const friends = (a, b) => a.friends?.includes(b.id) || b.friends?.includes(a.id);
    const meet = (a, b) => a.sessions.some((s) => b.sessions.includes(s));
    for (const o of g.options) {
      this.#p.cost(o.column, this.#friend * g.standing.filter((s) => friends(o.pupil, s.pupil) && meet(o, s)).length);
    }
    const pupils = [...groupBy(g.options, (o) => o.pupil.id).values()];
    pupils.forEach((one, i) => pupils.slice(i + 1).filter((other) => friends(one[0].pupil, other[0].pupil)).forEach((other) => {
      const pairs = one.flatMap((a) => other.filter((b) => meet(a, b)).map((b) => ({ a, b, column: this.#p.share("f", this.#friend) })));
      for (const side of ["a", "b"]) {
        for (const list of groupBy(pairs, (x) => x[side].column).values()) {
          this.#p.row([...list.map((x) => [1, x.column]), [-1, list[0][side].column]], "<=", 0);
        }
      }
    }));
  }

  #lone(g) {
    const losses = new Losses(this.#p, this.#alone);
    for (const c of cells([g], true)) {
      for (const sex of ["F", "M"]) this.#loneIn(c, sex, losses);
    }
    losses.add();
    this.#before(g);
  }

  // In a cell, of one sex: who is alone, where others are there and not two of the sex. Columns
  // for others (at least 1 where somebody of another sex is) and two (0 unless two of the sex are) decide it.
  #loneIn(c, sex, losses) {
    const of = (x) => x.pupil.sex === sex;
    const standing = c.standing.filter(of);
    if (standing.length >= 2) return;
    const others = this.#others(c.standing.some((x) => !of(x)), c.options.filter((o) => !of(o)));
    if (others === null) return;
    const pupils = [...groupBy(c.options.filter(of), (o) => o.pupil.id).values()];
    const two = this.#two(standing.length, pupils);
    const when = [...others.terms, ...(two === null ? [] : [[-1, two]])];
    if (standing.length === 1) {
      losses.of("s" + standing[0].pupil.id, standing[0].sessions.length, c.sessions.length, [[]], when, others.needed);
      return;
    }
    // Only one is alone, so options that lose equally for a session share what says so.
    for (const [attended, options] of groupBy(pupils.flat(), (o) => o.sessions.length)) {
      const exact = this.#alone % attended === 0;
      for (const list of exact ? [options] : options.map((o) => [o])) {
        const each = [...groupBy(list, (o) => o.pupil.id).values()].map((own) => own.map((o) => [1, o.column]));
        losses.of(exact ? "w" + attended : "o" + list[0].column, attended, c.sessions.length, each, when, others.needed + 1);
      }
    }
  }

  #others(standing, options) {
    if (standing) return { terms: [], needed: 0 };
    if (options.length === 0) return null;
    return { terms: [[1, this.#p.presence(groupBy(options, (o) => o.pupil.id).values())]], needed: 1 };
  }

  #two(standing, pupils) {
    if (standing + pupils.length < 2) return null;
    const two = this.#p.share("t");
    const all = pupils.flat().map((o) => [-1, o.column]);
    if (standing === 1) this.#p.row([[1, two], ...all], "<=", 0);
    else for (const own of pupils) this.#p.row([[1, two], ...all, ...own.map((o) => [1, o.column])], "<=", 0);
    return two;
  }

  // What those who stand lose already is no change.
  #before(g) {
    for (const s of g.standing.filter((x) => x.pupil.sex === "F" || x.pupil.sex === "M")) {
      const alone = s.sessions.filter((session) => {
        const there = g.standing.filter((x) => x.sessions.includes(session));
        return there.length > 1 && there.filter((x) => x.pupil.sex === s.pupil.sex).length === 1;
      });
      this.#p.offset += Math.floor((this.#alone * alone.length) / s.sessions.length);
    }
  }
}

// Losses are what the pupils of a group lose for sessions alone: whole points of all their sessions together, rounded down.
class Losses {
  #p; #alone;
  #rounded = new Map();

  constructor(program, alone) {
    this.#p = program;
    this.#alone = alone;
  }

  // of counts some sessions for a pupil who attends so many, where the terms of when and any one list
  // of each sum to what is needed.
  of(who, attended, sessions, each, when, needed) {
    const exact = this.#alone % attended === 0;
    const column = this.#p.share("a", exact ? (-this.#alone / attended) * sessions : 0);
    for (const terms of each) {
      this.#p.row([[1, column], ...[...terms, ...when].map(([n, c]) => [-n, c])], ">=", 1 - needed);
    }
    if (exact) return;
    if (!this.#rounded.has(who)) this.#rounded.set(who, { attended, terms: [] });
    this.#rounded.get(who).terms.push([-this.#alone * sessions, column]);
  }

  // add rounds down: a whole number that is above the loss less one.
  add() {
    for (const { attended, terms } of this.#rounded.values()) {
      const points = this.#p.count("l", -1);
      this.#p.row([[attended, points], ...terms], ">=", 1 - attended);
    }
  }
}
