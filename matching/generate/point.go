package generate

import "slices"

// A point on the map, in hundred-thousandths of a degree (about a metre). Whole
// numbers, so that every machine puts everything in the same place.
type point struct{ lat, lon int }

const (
	perDegree       = 100_000
	metresPerDegree = 111_195
)

// cosines of 49 to 57 degrees, in ten-thousandths.
var cosines = []int{6561, 6428, 6293, 6157, 6018, 5878, 5736, 5592, 5446}

// cosine is that of the point's latitude, in ten-thousandths; south and north of
// Britain it stays what it is at the edge.
func (p point) cosine() int {
	at := min(max(p.lat-49*perDegree, 0), 8*perDegree-1)
	low, high := cosines[at/perDegree], cosines[at/perDegree+1]
	return low + (high-low)*(at%perDegree)/perDegree
}

// square is the square of the distance in metres: flat, good to a few metres
// within a journey.
func (p point) square(q point) int {
	north := (p.lat - q.lat) * metresPerDegree / perDegree
	east := (p.lon - q.lon) * metresPerDegree / perDegree * p.cosine() / 10_000
	return north*north + east*east
}

func (p point) within(q point, metres int) bool { return p.square(q) <= metres*metres }

// offset is the point so many metres to the north and to the east.
func (p point) offset(north, east int) point {
	return point{
		p.lat + north*perDegree/metresPerDegree,
		p.lon + east*perDegree/metresPerDegree*10_000/p.cosine(),
	}
}

// near draws a point around p, at most so many metres to each side.
func (d draws) near(p point, metres int) point { return p.offset(d.around(metres), d.around(metres)) }

// anywhere draws a point at most so many metres to each side, all of them alike.
func (d draws) anywhere(p point, metres int) point {
	return p.offset(d.between(-metres, metres), d.between(-metres, metres))
}

// degrees writes one coordinate for a snapshot.
func degrees(hundredThousandths int) *float64 {
	x := float64(hundredThousandths) / perDegree
	return &x
}

// england is a coarse outline, inside the coast and the borders, in hundredths of
// a degree, drawn by eye. Made-up places are within it.
var england = []point{
	{5530, -175}, {5490, -160}, {5450, -130}, {5425, -70}, {5375, -35}, {5340, -20}, {5305, -15}, {5280, -10},
	{5265, 35}, {5280, 110}, {5255, 150}, {5215, 130}, {5190, 90}, {5165, 50}, {5140, 45}, {5125, 110}, {5105, 75},
	{5095, 20}, {5092, -40}, {5098, -120}, {5090, -170}, {5080, -230}, {5085, -290}, {5060, -365}, {5045, -430},
	{5075, -430}, {5095, -390}, {5105, -320}, {5130, -280}, {5160, -240}, {5190, -250}, {5230, -280},
	{5290, -280}, {5320, -270}, {5350, -275}, {5390, -265}, {5430, -260}, {5480, -275}, {5495, -245},
}

// inEngland tells whether the outline holds the point, by the rule of even and odd crossings.
func inEngland(p point) bool {
	inside := false
	for i, a := range england {
		b := england[(i+1)%len(england)]
		a, b = point{a.lat * 1000, a.lon * 1000}, point{b.lat * 1000, b.lon * 1000}
		if a.lat > p.lat == (b.lat > p.lat) {
			continue
		}
		crossing := a.lon + (b.lon-a.lon)*(p.lat-a.lat)/(b.lat-a.lat)
		if p.lon < crossing {
			inside = !inside
		}
	}
	return inside
}

// A grid finds what is near a point without looking at everything.
type grid struct {
	at    func(i int) point
	cells map[point][]int
}

const cellSize = perDegree / 4 // 28 km from south to north, 17 from west to east

func newGrid(n int, at func(i int) point) grid {
	g := grid{at, map[point][]int{}}
	for i := range n {
		p := at(i)
		cell := point{floorDiv(p.lat, cellSize), floorDiv(p.lon, cellSize)}
		g.cells[cell] = append(g.cells[cell], i)
	}
	return g
}

// within returns what is at most so many metres from p, the nearest first.
func (g grid) within(p point, metres int) []int {
	var out []int
	low, high := p.offset(-metres, -metres), p.offset(metres, metres)
	for lat := floorDiv(low.lat, cellSize); lat <= floorDiv(high.lat, cellSize); lat++ {
		for lon := floorDiv(low.lon, cellSize); lon <= floorDiv(high.lon, cellSize); lon++ {
			for _, i := range g.cells[point{lat, lon}] {
				if p.within(g.at(i), metres) {
					out = append(out, i)
				}
			}
		}
	}
	slices.SortFunc(out, func(i, j int) int {
		if a, b := p.square(g.at(i)), p.square(g.at(j)); a != b {
			return a - b
		}
		return i - j
	})
	return out
}

func floorDiv(a, b int) int {
	if a < 0 {
		return -((-a + b - 1) / b)
	}
	return a / b
}
