package generate_test

import (
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"

	"example.org/backontrack/matching"
	"example.org/backontrack/matching/generate"
)

const twoRows = `urn,la_code,name,statutory_low_age,statutory_high_age,gender,town,postcode,open_at_2022_07,lat,lon
1,919,A Centre,11,16,Girls,Stevenage,sg2 9hq,Y,51.9,-0.18
2,919,No place,,,,Hitchin,SG4 9AA,Y,,
3,823,Gone,,,Mixed,,LU6 1AA,N,51.88,-0.52
`

func TestReadEstablishments(t *testing.T) {
	t.Parallel()
	got, err := generate.ReadEstablishments(strings.NewReader("\ufeff" + twoRows))
	if err != nil {
		t.Fatal(err)
	}
	want := []generate.Establishment{
		{Authority: "919", Town: "Stevenage", Postcode: "SG2 9HQ", Latitude: 51.9, Longitude: -0.18, LowAge: 11, HighAge: 16, Sex: "F"},
		{Authority: "823", Postcode: "LU6 1AA", Latitude: 51.88, Longitude: -0.52, Closed: true},
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("read\n%+v, want\n%+v", got, want)
	}
}

func TestReadEstablishments_faults(t *testing.T) {
	t.Parallel()
	const head = "la_code,postcode,lat,lon,statutory_low_age\n"
	for _, c := range []struct{ text, want string }{
		{"", "missing: la_code, postcode, lat, lon"},
		{"urn,lat,postcode\n", "want a CSV file with the columns la_code, postcode, lat, lon in its first line; missing: la_code, lon"},
		{head, "want at least one row with lat and lon"},
		{head + "919,SG2 9HQ,north,-0.18,\n", "line 2: lat: want a number"},
		{head + "919,SG2 9HQ,51.9,-0.18,eleven\n", "line 2: statutory_low_age: want a number"},
		{head + "919,SG2 9HQ,-0.18,51.9,\n", "line 2: want a latitude from 49 to 61"},
		{head + "919,SG2 9HQ\n", "wrong number of fields"},
		{head + "919,SG2 9HQ,NaN,-0.18,\n", "line 2: want a latitude"},
	} {
		if _, err := generate.ReadEstablishments(strings.NewReader(c.text)); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%q: error %v, want %q", c.text, err, c.want)
		}
	}
}

// Groups meet at the places of the register, and bring nothing else of it along.
func TestSnapshot_atRegisteredPlaces(t *testing.T) {
	t.Parallel()
	w := see(generated(t, generate.Options{Referrals: 50, Groups: 40, Seed: 1, Establishments: register()}))
	if len(w.Sites) != 4 {
		t.Errorf("%d sites, want the 4 that are open", len(w.Sites))
	}
	for _, s := range w.Sites {
		for _, e := range register() {
			if e.Postcode != s.Postcode {
				continue
			}
			if e.Closed || *s.Latitude != e.Latitude || *s.Longitude != e.Longitude || !strings.Contains(s.Name, e.Town) {
				t.Errorf("%+v for %+v", s, e)
			}
		}
	}
	for _, g := range w.Groups {
		switch w.site[g.Site].Postcode {
		case "SG4 9AA": // ages 11 to 16
			if lowest(g.Accepts.Years) < 7 {
				t.Errorf("%s takes Years %v where pupils are 11 to 16", g.ID, g.Accepts.Years)
			}
		case "LU6 1AA": // girls of 14 and over
			if g.Accepts.Sex != matching.Female || lowest(g.Accepts.Years) < 10 {
				t.Errorf("%s takes sex %q and Years %v where girls of 14 to 19 are", g.ID, g.Accepts.Sex, g.Accepts.Years)
			}
		}
	}
}

// A register of closed places only is used as it is, and left as it was.
func TestSnapshot_closedRegister(t *testing.T) {
	t.Parallel()
	closed := register()
	for i := range closed {
		closed[i].Closed = true
	}
	before := slices.Clone(closed)
	for seed := range uint64(5) {
		if s := generated(t, generate.Options{Groups: 20, Seed: seed, Establishments: closed}); len(s.Sites) != len(closed) {
			t.Errorf("%d sites, want %d", len(s.Sites), len(closed))
		}
	}
	if !slices.Equal(before, closed) {
		t.Error("the register was reordered")
	}
}

func lowest(years []int) int {
	least := years[0]
	for _, y := range years {
		least = min(least, y)
	}
	return least
}

// The real register: every site is one of its open places, no name of it is in the
// snapshot, and there is one site for each open place at the national size.
func TestSnapshot_atNationalPlaces(t *testing.T) {
	t.Parallel()
	path := shared(t, "data/england_ap_pru_establishments.csv")
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	establishments, err := generate.ReadEstablishments(strings.NewReader(string(text)))
	if err != nil {
		t.Fatal(err)
	}
	open := map[[2]float64]bool{}
	n := 0
	for _, e := range establishments {
		if !e.Closed {
			open[[2]float64{e.Latitude, e.Longitude}] = true
			n++
		}
	}
	if len(establishments) != 444 || n != 302 {
		t.Errorf("%d establishments, %d open, want 444 and 302", len(establishments), n)
	}
	for _, groups := range []int{25, 800} {
		s := generated(t, generate.Options{Referrals: 100, Groups: groups, Seed: 2, Establishments: establishments})
		if want := min(n, groups*4/10); len(s.Sites) != want {
			t.Errorf("%d sites for %d groups, want %d", len(s.Sites), groups, want)
		}
		for _, site := range s.Sites {
			if !open[[2]float64{*site.Latitude, *site.Longitude}] {
				t.Errorf("%s is at no open establishment", site.ID)
			}
		}
		if out := string(encoded(t, s)); strings.Contains(out, "PRU") || strings.Contains(out, "Pupil Referral Unit") {
			t.Error("the snapshot holds names of the register")
		}
		if _, err := matching.New(s); err != nil {
			t.Error(err)
		}
	}
}
