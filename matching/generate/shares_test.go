package generate

import "testing"

// Without the shared folder at hand, the tables are at least those that were read from it.
func TestProfiles_sums(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name                   string
		profile                profile
		sex, years, sen, needs int
	}{
		{"excluded", excluded, 6685, 6565, 6690, 3087},
		{"suspended", suspended, 339365, 337890, 339365, 151545},
	} {
		got := [4]int{c.profile.sex.total(), c.profile.years.total(), c.profile.sen.total(), c.profile.needs.total()}
		if want := [4]int{c.sex, c.years, c.sen, c.needs}; got != want {
			t.Errorf("%s: sums of sex, years, SEN and needs = %v, want %v", c.name, got, want)
		}
	}
}

func TestKinds_bandsKeepTheFormatsWeight(t *testing.T) {
	t.Parallel()
	weights := map[*format]int{}
	for _, k := range kinds() {
		weights[k.of.format] += k.weight
	}
	for f, got := range weights {
		if want := f.weight * 1000; got < want-10 || got > want {
			t.Errorf("%s: weight %d, want about %d", f.name, got, want)
		}
	}
}

func TestDraws(t *testing.T) {
	t.Parallel()
	d := (&maker{}).draws(toOpen)
	for range 1000 {
		if n := d.around(100); n < -100 || n > 100 {
			t.Fatalf("around(100) = %d", n)
		}
		if got := pickSome(d, []int{1, 2, 3, 4}, 3); len(got) != 3 || got[0] >= got[1] || got[1] >= got[2] {
			t.Fatalf("pickSome of 1 to 4 = %v, want three of them in order", got)
		}
	}
	if got := pickSome(d, []int{1, 2}, 5); len(got) != 2 {
		t.Errorf("pickSome of two, wanting five = %v", got)
	}
	steps, seen := goldenSteps{n: 10}, [10]int{}
	for range 100 {
		seen[steps.next()]++
	}
	for i, n := range seen {
		if n < 9 || n > 11 {
			t.Errorf("a hundred golden steps came %d times to %d, want about 10", n, i)
		}
	}
}

func TestPoints(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name   string
		at     point
		inside bool
	}{
		{"Stevenage", point{5190200, -20200}, true},
		{"York", point{5396000, -108000}, true},
		{"Exeter", point{5072000, -353000}, true},
		{"Cardiff", point{5148000, -318000}, false},
		{"Edinburgh", point{5595000, -319000}, false},
		{"the Wash", point{5295000, 25000}, false},
		{"Calais", point{5095000, 185000}, false},
	} {
		if got := inEngland(c.at); got != c.inside {
			t.Errorf("inEngland(%s) = %v", c.name, got)
		}
	}
	a := point{5200000, -100000}
	for _, c := range [][2]int{{3000, 4000}, {-8000, 6000}, {0, -5000}} {
		want := c[0]*c[0] + c[1]*c[1]
		if got := a.square(a.offset(c[0], c[1])); got < want*99/100 || got > want*101/100 {
			t.Errorf("the square of the distance to %v metres away = %d, want about %d", c, got, want)
		}
	}
	points := []point{a, a.offset(9000, 0), a.offset(0, -2000), a.offset(40_000, 0), a.offset(-5000, 5000)}
	got := newGrid(len(points), func(i int) point { return points[i] }).within(a, 10_000)
	if want := []int{0, 2, 4, 1}; len(got) != len(want) || got[0] != 0 || got[1] != 2 || got[2] != 4 || got[3] != 1 {
		t.Errorf("within ten kilometres = %v, want %v", got, want)
	}
}
