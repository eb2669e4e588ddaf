package solve

import "slices"

// trials are what trying all choices finds.
type trials struct {
	value  int64 // the most of any choice
	best   Choice
	any    bool    // whether there is a choice
	held   []int32 // by mark: the most items that hold it in any choice
	each   func(c Choice, value int64)
	puzzle *puzzle

	options [][]int32 // by item
	choice  Choice
	used    []int64
}

// tryAll tries every choice of what is not barred, with all that is forced. It knows nothing of models.
func (p *puzzle) tryAll(barred []bool, forced []int32) *trials {
	return p.tryEach(barred, forced, func(Choice, int64) {})
}

func (p *puzzle) tryEach(barred []bool, forced []int32, each func(c Choice, value int64)) *trials {
	t := &trials{
		puzzle: p, options: make([][]int32, p.Items), choice: empty(p.Items), used: make([]int64, len(p.Rows)),
		held: make([]int32, len(p.Rivals)), each: each,
	}
	for o := range p.Options {
		if barred == nil || !barred[o] {
			t.options[p.Options[o].Item] = append(t.options[p.Options[o].Item], int32(o))
		}
	}
	for i := range t.options {
		t.options[i] = append(t.options[i], -1)
	}
	for _, o := range forced {
		i := p.Options[o].Item
		if !slices.Contains(t.options[i], o) {
			return t
		}
		t.options[i] = []int32{o}
	}
	t.try(0)
	return t
}

func (t *trials) try(item int) {
	p := t.puzzle
	if item == p.Items {
		if !p.rowsHold(t.used) {
			return
		}
		worth := p.worth(t.choice)
		t.each(t.choice, worth)
		t.count()
		if !t.any || worth > t.value {
			t.any, t.value, t.best = true, worth, slices.Clone(t.choice)
		}
		return
	}
	for _, o := range t.options[item] {
		if o < 0 {
			t.choice[item] = -1
			t.try(item + 1)
			continue
		}
		if slices.ContainsFunc(t.choice[:item], func(other int32) bool { return other >= 0 && p.rivals(o, other) }) {
			continue
		}
		t.choice[item] = o
		p.eachUse(o, func(use Use) { t.used[use.Row] += int64(use.Amount) })
		t.try(item + 1)
		p.eachUse(o, func(use Use) { t.used[use.Row] -= int64(use.Amount) })
		t.choice[item] = -1
	}
}

// count notes how many hold each mark.
func (t *trials) count() {
	for mark := range t.held {
		n := int32(0)
		for _, o := range t.choice {
			if o >= 0 && slices.ContainsFunc(t.puzzle.Options[o].Parts, func(part Part) bool {
				return slices.Contains(t.puzzle.Marks[part.Marks], int32(mark))
			}) {
				n++
			}
		}
		t.held[mark] = max(t.held[mark], n)
	}
}

func (p *Problem) eachUse(o int32, do func(Use)) {
	for _, part := range p.Options[o].Parts {
		for _, use := range p.Uses[part.Uses] {
			do(use)
		}
	}
}

// rivals tells whether two options hold marks that exclude each other.
func (p *Problem) rivals(a, b int32) bool {
	for _, one := range p.Options[a].Parts {
		for _, mark := range p.Marks[one.Marks] {
			for _, two := range p.Options[b].Parts {
				for _, other := range p.Marks[two.Marks] {
					if slices.Contains(p.Rivals[mark], other) {
						return true
					}
				}
			}
		}
	}
	return false
}

// rowsHold tells whether no more is used than rows and pools have.
func (p *Problem) rowsHold(used []int64) bool {
	over := make([]int64, len(p.Pools))
	for r, row := range p.Rows {
		beyond := max(used[r]-row.Capacity, 0)
		if row.Pool >= 0 {
			over[row.Pool] += beyond
		} else if beyond > 0 {
			return false
		}
	}
	for n, beyond := range over {
		if beyond > p.Pools[n] {
			return false
		}
	}
	return true
}

// holds tells whether a choice breaks nothing.
func (p *Problem) holds(c Choice) bool {
	used := make([]int64, len(p.Rows))
	for i, o := range c {
		if o < 0 {
			continue
		}
		if int(p.Options[o].Item) != i || slices.ContainsFunc(c[:i], func(other int32) bool { return other >= 0 && p.rivals(o, other) }) {
			return false
		}
		p.eachUse(o, func(use Use) { used[use.Row] += int64(use.Amount) })
	}
	return p.rowsHold(used)
}

// worth is what a choice is worth: its values, and each room with who sits there.
func (p *Problem) worth(c Choice) int64 {
	sum := int64(0)
	seats := make([][]int32, p.Rooms)
	for _, o := range c {
		if o < 0 {
			continue
		}
		sum += p.Options[o].Value
		for _, part := range p.Options[o].Parts {
			if part.Room >= 0 {
				seats[part.Room] = append(seats[part.Room], part.Seat)
			}
		}
	}
	for r := range seats {
		if p.Company != nil && len(seats[r]) > 0 {
			sum += p.Company.Value(int32(r), seats[r])
		}
	}
	return sum
}
