package solve

import (
	"math/rand/v2"
	"slices"
)

// A draw gives a number from 0 to n-1: of a generator, or of the bytes of a fuzzer.
type draw func(n int) int

func drawRandom(seed uint64) draw {
	r := rand.New(rand.NewPCG(seed, 0x5eed))
	return r.IntN
}

// drawBytes draws the bytes in turn, and zeros when they are used up.
func drawBytes(data []byte) draw {
	return func(n int) int {
		if len(data) == 0 {
			return 0
		}
		b := int(data[0])
		data = data[1:]
		return b % n
	}
}

// A puzzle is a small problem, with what is asked of it.
type puzzle struct {
	Problem
	barred []bool
	forced []int32
	start  Choice
}

// A puzzler draws a puzzle.
type puzzler struct {
	draw
	p        *puzzle
	zones    int
	company  *tableCompany
	choices  int       // the product of how many choices each item has
	lists    [][]int32 // by zone: lists of uses
	marks    [][]int32 // by zone: lists of marks
	rooms    [][]int32 // by zone
	rowZone  []int
	markZone []int
}

// mostChoices keeps trying them all quick.
const mostChoices = 3000

// drawPuzzle draws one whose facts hold as the comments of Problem say: the parts of an option
// lie in different zones, so that they share no row, no mark and no rivals, and mostly no room.
func drawPuzzle(d draw) *puzzle {
	z := &puzzler{draw: d, p: &puzzle{}, zones: 1 + d(4), choices: 1}
	z.lists, z.marks, z.rooms = make([][]int32, z.zones), make([][]int32, z.zones), make([][]int32, z.zones)
	z.drawRows()
	z.drawMarks()
	z.drawRooms()
	z.p.Items = 2 + d(6)
	for i := range z.p.Items {
		z.drawOptions(int32(i))
	}
	if z.company != nil {
		z.company.finish(d, &z.p.Problem)
	}
	z.drawAsked()
	z.boundMarks()
	return z.p
}

// drawRows draws rows, some of which draw on pools or are global, and lists that use them.
func (z *puzzler) drawRows() {
	p := z.p
	for range z.draw(3) {
		p.Pools = append(p.Pools, int64(z.draw(4)))
	}
	for range 1 + z.draw(6) {
		row := Row{Capacity: int64(z.draw(6)), Pool: -1}
		zone := z.draw(z.zones)
		switch kind := z.draw(8); {
		case kind == 0:
			row.Global, zone = true, -1 // of any zone
		case kind <= 2 && len(p.Pools) > 0:
			row.Pool = int32(z.draw(len(p.Pools)))
			zone = int(row.Pool) % z.zones
			row.Capacity -= 2
			p.Pools[row.Pool] += max(-row.Capacity, 0) // never more over than there is
		}
		p.Rows, z.rowZone = append(p.Rows, row), append(z.rowZone, zone)
	}
	for zone := range z.zones {
		for range 1 + z.draw(3) {
			var list []Use
			for r := range p.Rows {
				drawn := func(use Use) bool { return p.Rows[r].Pool >= 0 && p.Rows[use.Row].Pool == p.Rows[r].Pool }
				if z.rowZone[r] == zone && z.draw(3) > 0 && !slices.ContainsFunc(list, drawn) {
					list = append(list, Use{int32(r), int32(1 + z.draw(3))})
				}
				if p.Rows[r].Global && zone == 0 && z.draw(2) == 0 {
					list = append(list, Use{int32(r), 1})
				}
			}
			z.lists[zone] = append(z.lists[zone], int32(len(p.Uses)))
			p.Uses = append(p.Uses, list)
		}
	}
}

// drawMarks draws marks, mostly with rivals of their own zone, and lists of them that hold no rivals.
func (z *puzzler) drawMarks() {
	p := z.p
	for range z.draw(6) {
		z.markZone = append(z.markZone, z.draw(z.zones))
	}
	p.Rivals = make([][]int32, len(z.markZone))
	for a := range z.markZone {
		for b := a; b < len(z.markZone); b++ {
			if z.draw(3) > 0 {
				continue
			}
			p.Rivals[a] = append(p.Rivals[a], int32(b))
			if a != b {
				p.Rivals[b] = append(p.Rivals[b], int32(a))
			}
		}
	}
	for zone := range z.zones {
		for range 1 + z.draw(3) {
			var list []int32
			for mark := range z.markZone {
				rival := slices.ContainsFunc(list, func(other int32) bool { return slices.Contains(p.Rivals[mark], other) })
				if !rival && z.markZone[mark] == zone && z.draw(2) == 0 {
					list = append(list, int32(mark))
				}
			}
			z.marks[zone] = append(z.marks[zone], int32(len(p.Marks)))
			p.Marks = append(p.Marks, list)
		}
	}
}

func (z *puzzler) drawRooms() {
	p := z.p
	p.Rooms = z.draw(4)
	if p.Rooms == 0 || z.draw(3) == 0 {
		return
	}
	z.company = &tableCompany{}
	p.Company = z.company
	for r := range p.Rooms {
		zone := z.draw(z.zones)
		z.rooms[zone] = append(z.rooms[zone], int32(r))
	}
}

// drawOptions draws the options of an item, some of them alike.
func (z *puzzler) drawOptions(item int32) {
	n := z.draw(6)
	for z.choices*(n+1) > mostChoices {
		n--
	}
	z.choices *= n + 1
	scale := 1 + z.draw(30)
	for k := range n {
		o := Option{Item: item, Value: int64(z.draw(scale+4) - 3)}
		if k > 0 && z.draw(6) == 0 {
			last := z.p.Options[len(z.p.Options)-1]
			o.Value, o.Parts = last.Value, slices.Clone(last.Parts)
		} else {
			z.drawParts(&o)
		}
		z.p.Options = append(z.p.Options, o)
	}
}

// drawParts draws parts in different zones, of which one at most uses global rows.
func (z *puzzler) drawParts(o *Option) {
	parts := 1
	if z.draw(3) == 0 {
		parts = min(1+z.draw(3), z.zones)
	}
	first := z.draw(z.zones)
	for k := range parts {
		zone := (first + k) % z.zones
		part := Part{Uses: z.lists[zone][z.draw(len(z.lists[zone]))], Marks: z.marks[zone][z.draw(len(z.marks[zone]))], Room: -1}
		for _, mark := range z.p.Marks[part.Marks] {
			if slices.ContainsFunc(o.Parts, func(other Part) bool {
				return slices.ContainsFunc(z.p.Marks[other.Marks], func(held int32) bool { return slices.Contains(z.p.Rivals[mark], held) })
			}) {
				return // an option does not exclude itself
			}
		}
		if z.company != nil && len(z.rooms[zone]) > 0 && z.draw(4) > 0 {
			part.Room = z.rooms[zone][z.draw(len(z.rooms[zone]))]
			part.Seat = z.company.add(z.draw, o.Item)
		}
		o.Parts = append(o.Parts, part)
	}
}

// drawAsked draws what is barred and forced, and where to begin.
func (z *puzzler) drawAsked() {
	p := z.p
	if z.draw(3) == 0 {
		p.barred = make([]bool, len(p.Options))
		for o := range p.barred {
			p.barred[o] = z.draw(5) == 0
		}
	}
	if z.draw(3) == 0 && len(p.Options) > 0 {
		for range 1 + z.draw(3) {
			p.forced = append(p.forced, int32(z.draw(len(p.Options))))
		}
	}
	if z.draw(3) == 0 {
		p.start = empty(p.Items)
		for range p.Items {
			if len(p.Options) > 0 {
				o := int32(z.draw(len(p.Options)))
				p.start[p.Options[o].Item] = o
			}
		}
	}
}

// boundMarks draws how many can hold each mark: just as many as do in some choice, or more.
func (z *puzzler) boundMarks() {
	p := z.p
	if len(p.Rivals) == 0 || z.draw(8) == 0 {
		return // nothing is known
	}
	most := p.tryAll(nil, nil).held
	for mark := range p.Rivals {
		p.MarkMost = append(p.MarkMost, most[mark]+int32(z.draw(2)*z.draw(4)))
	}
}
