package solve

import "slices"

// drawAgenda draws a problem like an agenda of pupils and groups: a group has places and adults at two sessions,
// adults of a site float, and some pupils must be apart at a site. Company in a group may be worth something, and
// packages of groups at two sites be possible.
func drawAgenda(seed uint64, items, groups int, company, packages bool) *puzzle {
	d := drawRandom(seed)
	p := &puzzle{Problem: Problem{Items: items, Rooms: groups}}
	const perSite, classes = 3, 3
	sites := (groups + perSite - 1) / perSite
	for range 2 * sites {
		p.Pools = append(p.Pools, int64(d(4)))
	}
	uses := map[[3]int]int32{}
	for g := range groups {
		places := int32(len(p.Rows))
		for s := range 2 {
			p.Rows = append(p.Rows,
				Row{Capacity: int64(2 + d(5)), Pool: -1},
				Row{Capacity: int64(3 + d(6)), Pool: int32(g/perSite*2 + s)})
		}
		for sessions := 1; sessions <= 3; sessions++ {
			for demand := range 3 {
				var list []Use
				for s := range 2 {
					if sessions>>s&1 != 0 {
						list = append(list, Use{places + int32(2*s), 1}, Use{places + int32(2*s+1), int32(1 + demand)})
					}
				}
				uses[[3]int{g, sessions, demand}] = int32(len(p.Uses))
				p.Uses = append(p.Uses, list)
			}
		}
	}
	p.Marks = append(p.Marks, nil)
	for range sites {
		first := int32(len(p.Rivals))
		p.Rivals = append(p.Rivals, []int32{first + 1}, []int32{first}, []int32{first + 2})
		for range classes {
			p.MarkMost = append(p.MarkMost, 40)
		}
		p.Marks = append(p.Marks, []int32{first}, []int32{first + 1}, []int32{first + 2})
	}
	c := &tableCompany{loose: true}
	for i := range items {
		demand, class := d(3), d(2*classes)
		for k := range groups {
			if d(3) > 0 {
				continue
			}
			sessions := 1 + d(3)
			part := Part{Uses: uses[[3]int{k, sessions, demand}], Room: int32(k), Seat: c.add(d, int32(i))}
			if class < classes {
				part.Marks = int32(1 + k/perSite*classes + class)
			}
			p.Options = append(p.Options, Option{Item: int32(i), Value: int64(100 + d(600)), Parts: []Part{part}})
			if far := k + perSite; packages && far < groups && sessions < 3 && d(3) == 0 {
				other := Part{Uses: uses[[3]int{far, 3 - sessions, demand}], Room: int32(far), Seat: c.add(d, int32(i))}
				p.Options = append(p.Options, Option{Item: int32(i), Value: int64(400 + d(600)), Parts: []Part{part, other}})
			}
		}
	}
	if company {
		c.finish(d, &p.Problem)
		p.Company = c
	} else {
		for i := range p.Options {
			for k := range p.Options[i].Parts {
				p.Options[i].Parts[k].Room = -1
			}
		}
	}
	slices.SortStableFunc(p.Options, func(a, b Option) int { return int(a.Item - b.Item) })
	return p
}
