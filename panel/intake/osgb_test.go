package intake

import (
	"encoding/csv"
	"math"
	"os"
	"path/filepath"
	"strconv"
	"testing"
)

// dms is degrees, minutes and seconds as radians.
func dms(d, m, s float64) float64 { return (d + m/60 + s/3600) * math.Pi / 180 }

// The worked example of the Ordnance Survey's guide, annex C.
func TestFromGrid_workedExample(t *testing.T) {
	t.Parallel()
	lat, lon := fromGrid(651409.903, 313177.270)
	const second = math.Pi / 180 / 3600
	if math.Abs(lat-dms(52, 39, 27.2531)) > 0.0001*second || math.Abs(lon-dms(1, 43, 4.5177)) > 0.0001*second {
		t.Errorf("latitude %.10f, longitude %.10f", lat, lon)
	}
}

// The worked example of the guide's Helmert transformation, backwards.
func TestToWGS84_workedExample(t *testing.T) {
	t.Parallel()
	x, y, z := toWGS84(3790269.549, -110038.064, 5111050.261)
	for _, c := range []struct{ got, want float64 }{{x, 3790644.900}, {y, -110149.210}, {z, 5111482.970}} {
		if math.Abs(c.got-c.want) > 0.03 { // the inverse of small angles is not exact
			t.Errorf("%.3f, want %.3f", c.got, c.want)
		}
	}
}

func TestGeographic_isTheInverse(t *testing.T) {
	t.Parallel()
	for _, p := range [][2]float64{{50, -5}, {52.657, 1.718}, {58.6, -3}} {
		lat, lon := grs80.geographic(grs80.cartesian(p[0]*math.Pi/180, p[1]*math.Pi/180))
		if math.Abs(lat*180/math.Pi-p[0]) > 1e-9 || math.Abs(lon*180/math.Pi-p[1]) > 1e-9 {
			t.Errorf("%v: %v, %v", p, lat*180/math.Pi, lon*180/math.Pi)
		}
	}
}

// Points whose places in both systems the Ordnance Survey publishes with its precise
// transformation; the seven parameters are some metres off.
func TestDegrees_published(t *testing.T) {
	t.Parallel()
	for _, p := range []struct {
		name                                   string
		easting, northing, latitude, longitude float64
	}{
		{"St Mary's, Scilly", 91492.146, 11318.804, 49.92226393730, -6.29977752014},
		{"Caister water tower", 651409.903, 313177.270, 52.6579786, 1.7160519},
	} {
		lat, lon := Degrees(p.easting, p.northing)
		if d := metres(lat, lon, p.latitude, p.longitude); d > 10 {
			t.Errorf("%s: %.5f, %.5f is %.1f m away", p.name, lat, lon, d)
		}
	}
}

// metres is how far two places near each other are apart.
func metres(lat1, lon1, lat2, lon2 float64) float64 {
	const ofADegree = 111_320
	return math.Hypot((lat1-lat2)*ofADegree, (lon1-lon2)*ofADegree*math.Cos(lat1*math.Pi/180))
}

// shared is the folder with reference data that stands beside the checkout where the
// project is made; elsewhere the tests that want it are left out.
func shared(t *testing.T, name string) *os.File {
	t.Helper()
	folder := os.Getenv("BACKONTRACK_SHARED")
	if folder == "" {
		t.Skip("left out: BACKONTRACK_SHARED names no folder of reference data")
	}
	f, err := os.Open(filepath.Join(folder, "data", name))
	if err != nil {
		t.Skipf("left out: %s is not there", name)
	}
	t.Cleanup(func() { _ = f.Close() })
	return f
}

// Every provision of which another service gives both.
func TestDegrees_ofProvisions(t *testing.T) {
	t.Parallel()
	rows, err := csv.NewReader(shared(t, "england_ap_pru_establishments.csv")).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	at := map[string]int{}
	for i, name := range rows[0] {
		at[name] = i
	}
	n := 0
	for _, row := range rows[1:] {
		var v [4]float64
		known := true
		for i, name := range []string{"easting", "northing", "lat", "lon"} {
			if v[i], err = strconv.ParseFloat(row[at[name]], 64); err != nil {
				known = false
			}
		}
		if !known {
			continue
		}
		if row[at["coord_source"]] != "postcode_2017_GeoConvert" {
			continue // the middle of an outcode has another easting
		}
		n++
		lat, lon := Degrees(v[0], v[1])
		if d := metres(lat, lon, v[2], v[3]); d > 12 {
			t.Errorf("%s: %.1f m away", row[at["urn"]], d)
		}
	}
	if n < 100 {
		t.Errorf("%d provisions were compared", n)
	}
}
