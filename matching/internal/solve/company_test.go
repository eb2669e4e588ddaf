package solve

import "slices"

// A tableCompany values pairs of seats, each seat for itself, and residents and seats that are the only
// ones of their kind in a room.
type tableCompany struct {
	item  []int32 // by seat
	kind  []int
	alone []int64   // what it costs a seat, to be the only one of its kind
	own   []int64   // what a seat is worth anyway
	pair  [][]int64 // by items
	at    []int32   // the room, by seat
	most  []int64
	host  []resident // by room
	loose bool
}

// A resident is in a room whoever comes, and alone without another of its kind.
type resident struct {
	kind int
	cost int64
}

// tightSeats is how many seats to come Ceiling looks at closely.
const tightSeats = 5

func (c *tableCompany) add(d draw, item int32) int32 {
	c.item = append(c.item, item)
	c.kind = append(c.kind, d(3))
	c.alone = append(c.alone, int64(d(3)*d(5)))
	c.own = append(c.own, int64(d(4)/2)-int64(d(2)))
	return int32(len(c.item) - 1)
}

// finish draws what seats are to each other, and bounds what each adds: a pair counts at the later seat.
func (c *tableCompany) finish(d draw, p *Problem) {
	c.at = make([]int32, len(c.item))
	for i := range p.Options {
		for _, part := range p.Options[i].Parts {
			if part.Room >= 0 {
				c.at[part.Seat] = part.Room
			}
		}
	}
	for range p.Rooms {
		c.host = append(c.host, resident{d(4), int64(d(3) * d(6))})
	}
	c.pair = make([][]int64, p.Items)
	for a := range c.pair {
		c.pair[a] = make([]int64, p.Items)
		for b := range a {
			worth := int64(0)
			if d(2) == 0 {
				worth = int64(d(12) - 3)
			}
			c.pair[a][b], c.pair[b][a] = worth, worth
		}
	}
	c.loose = c.loose || d(3) == 0
	come := make([][]int32, p.Rooms) // items
	for a, room := range c.at {
		come[room] = append(come[room], c.item[a])
	}
	for n := range come {
		come[n] = slices.Compact(slices.Sorted(slices.Values(come[n])))
	}
	for a := range c.item {
		c.most = append(c.most, c.mostOf(int32(a), come[c.at[a]]))
		if c.loose {
			c.most[a] += int64(d(4))
		}
	}
}

// mostOf counts each pair at the item that comes later.
func (c *tableCompany) mostOf(a int32, come []int32) int64 {
	most, host := c.own[a], c.host[c.at[a]]
	if host.kind == c.kind[a] {
		most += host.cost
	}
	for _, item := range come {
		if item < c.item[a] {
			most += max(c.pair[c.item[a]][item], 0)
		}
	}
	return most
}

func (c *tableCompany) Value(room int32, seats []int32) int64 {
	worth := int64(0)
	host := c.host[room]
	for i, a := range seats {
		if c.at[a] != room {
			panic("a seat in another room")
		}
		worth += c.own[a]
		company := host.kind == c.kind[a]
		for k, b := range seats {
			if k < i {
				worth += c.pair[c.item[a]][c.item[b]]
			}
			company = company || k != i && c.kind[a] == c.kind[b]
		}
		if !company {
			worth -= c.alone[a]
		}
	}
	if slices.ContainsFunc(seats, func(a int32) bool { return c.kind[a] == host.kind }) {
		worth += host.cost
	}
	return worth
}

func (c *tableCompany) Most(_, seat int32) int64 { return c.most[seat] }

// Ceiling tries all of more where they are few. Seats of one item cannot meet.
func (c *tableCompany) Ceiling(room int32, seats, more []int32) int64 {
	sum := int64(0)
	for _, a := range seats {
		sum += c.most[a]
	}
	more = slices.Compact(slices.Sorted(slices.Values(more)))
	if c.loose || len(more) > tightSeats {
		return sum
	}
	best := int64(-1) << 40
	for set := range 1 << len(more) {
		present, less := slices.Clone(seats), int64(0)
		for i, a := range more {
			if set>>i&1 != 0 {
				present, less = append(present, a), less+c.most[a]
			}
		}
		meets := func(i int) bool {
			return slices.ContainsFunc(present[:i], func(a int32) bool { return c.item[a] == c.item[present[i]] })
		}
		if set == 0 || !slices.ContainsFunc(indexes(len(present)), meets) {
			best = max(best, c.Value(room, present)-less)
		}
	}
	return min(best, sum)
}

func indexes(n int) []int {
	list := make([]int, n)
	for i := range list {
		list[i] = i
	}
	return list
}
