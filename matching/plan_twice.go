package matching

import (
	"context"
	"slices"

	"example.org/backontrack/matching/internal/solve"
)

// A pupil with two full-time stays in a group that is not registered, at other sessions, is one full-time pupil there. The
// rows of such groups count stays. Where a pupil could have two such stays, a second problem counts one of them only: it allows
// whatever the rule allows, and more.

// loosen makes that problem, if there is a pupil whom it concerns.
func (m *planModel) loosen() {
	counts := m.counting()
	if counts == nil {
		return
	}
	p := m.problem
	p.Options, p.Uses = slices.Clone(p.Options), slices.Clip(p.Uses)
	without := map[int32]int32{}
	for n := range p.Options {
		parts := slices.Clone(p.Options[n].Parts)
		for i := range parts {
			s := &m.options[n].stays[i]
			item, several := counts[[2]int32{s.pupil, s.group}]
			if !several || item == p.Options[n].Item {
				continue
			}
			list, seen := without[parts[i].Uses]
			if !seen {
				list = int32(len(p.Uses))
				p.Uses = append(p.Uses, slices.DeleteFunc(slices.Clone(p.Uses[parts[i].Uses]), m.counts))
				without[parts[i].Uses] = list
			}
			parts[i].Uses = list
		}
		p.Options[n].Parts = parts
	}
	m.loose = &p
}

// counts tells whether a use is of a row of full-time pupils.
func (m *planModel) counts(u solve.Use) bool { return m.register[u.Row] }

// counting finds the pupils who could have two full-time stays in a group that is not registered, and which of their items counts
// in the second problem: a placement that may move, which stays there in most plans, or the first referral.
func (m *planModel) counting() map[[2]int32]int32 {
	type stay struct{ option, part int }
	in := map[[2]int32][]stay{}
	for n := range m.problem.Options {
		for i, part := range m.problem.Options[n].Parts {
			if slices.ContainsFunc(m.problem.Uses[part.Uses], m.counts) {
				s := &m.options[n].stays[i]
				key := [2]int32{s.pupil, s.group}
				in[key] = append(in[key], stay{n, i})
			}
		}
	}
	var counts map[[2]int32]int32
	for key, stays := range in {
		first := stays[0]
		item := func(s stay) int32 { return m.problem.Options[s.option].Item }
		twice := func(s stay) bool {
			return slices.ContainsFunc(stays, func(other stay) bool {
				return item(s) != item(other) && m.options[s.option].stays[s.part].mask&m.options[other.option].stays[other.part].mask == 0
			})
		}
		if item(first) == item(stays[len(stays)-1]) || !slices.ContainsFunc(stays, twice) {
			continue
		}
		if counts == nil {
			counts = map[[2]int32]int32{}
		}
		counts[key] = item(first)
		if last := item(stays[len(stays)-1]); int(last) >= len(m.e.referrals) {
			counts[key] = last
		}
	}
	return counts
}

// registers tells whether no more full-time pupils than may be are in any group that is not registered, each pupil counted once.
func (m *planModel) registers(choice []int32) bool {
	pupils := map[solve.Use]bool{} // row, and pupil in place of an amount
	used := map[int32]int64{}
	for _, n := range choice {
		if n < 0 {
			continue
		}
		for i, part := range m.problem.Options[n].Parts {
			for _, use := range m.problem.Uses[part.Uses] {
				who := solve.Use{Row: use.Row, Amount: m.options[n].stays[i].pupil}
				if m.counts(use) && !pupils[who] {
					pupils[who] = true
					used[use.Row]++
				}
			}
		}
	}
	for row, n := range used {
		if n > m.problem.Rows[row].Capacity {
			return false
		}
	}
	return true
}

// search solves the looser problem first, where there is one, with half of the effort. Where what it finds keeps to the rule,
// that is the answer; else the stricter problem is solved, and the bound is that of the looser one.
func (p *Planner) search(ctx context.Context, values []int64, moves int, o solve.Options) (solve.Result, error) {
	if p.m.loose == nil {
		return p.run(ctx, p.m.problem, values, moves, o)
	}
	half := o
	half.Effort = (o.Effort + 1) / 2
	if o.Progress != nil {
		// What it finds may yet break the rule: only its bound is news.
		half.Progress = func(now solve.Progress) {
			now.Value, now.Taken = 0, 0
			o.Progress(now)
		}
	}
	loose, err := p.run(ctx, *p.m.loose, values, moves, half)
	if err != nil || p.m.registers(loose.Choice) {
		return loose, err
	}
	half.Start, half.Progress = loose.Choice, nil
	result, err := p.run(ctx, p.m.problem, values, moves, half)
	result.Bound = loose.Bound
	result.Nodes, result.Iterations = result.Nodes+loose.Nodes, result.Iterations+loose.Iterations
	return result, err
}

// valued adds values to those of a problem's options, if any.
func valued(problem *solve.Problem, values []int64) {
	if values == nil {
		return
	}
	problem.Options = slices.Clone(problem.Options)
	for i := range problem.Options {
		problem.Options[i].Value += values[i]
	}
}

// run solves a problem with values added to those of its options, if any.
func (p *Planner) run(ctx context.Context, problem solve.Problem, values []int64, moves int, o solve.Options) (solve.Result, error) {
	valued(&problem, values)
	if len(p.m.movable) > 0 {
		return p.solveMoving(ctx, problem, moves, o)
	}
	s := p.moving(problem, moves, o) // where all who may move stand against a rule, its bound is of moves, too
	if report := o.Progress; report != nil && moves > 0 {
		o.Progress = func(now solve.Progress) {
			now.Bound = s.bound(now.Bound)
			report(now)
		}
	}
	o.Start = p.open(o.Start, o.Barred, o.Forced)
	result, err := solve.Solve(ctx, &problem, o)
	result.Bound = s.bound(result.Bound)
	return result, err
}

// loosest is the problem in which every plan fits.
func (p *Planner) loosest() *solve.Problem {
	if p.m.loose != nil {
		return p.m.loose
	}
	return &p.m.problem
}
