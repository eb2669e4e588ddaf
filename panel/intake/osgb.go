package intake

import "math"

// An ellipsoid is a model of the earth, in metres.
type ellipsoid struct{ a, b float64 }

var (
	airy1830 = ellipsoid{6377563.396, 6356256.909} // of the National Grid
	grs80    = ellipsoid{6378137, 6356752.314140}  // of WGS84
)

func (e ellipsoid) e2() float64 { return 1 - e.b*e.b/(e.a*e.a) }

// The National Grid's projection.
const (
	gridScale         = 0.9996012717
	gridNorth         = -100_000.0
	gridEast          = 400_000.0
	gridLatitude      = 49 * math.Pi / 180
	gridLongitude     = -2 * math.Pi / 180
	secondsOfArc      = math.Pi / 180 / 3600
	millionths        = 1e-6
	closeEnough       = 1e-5 // metres
	degreesOfARadian  = 180 / math.Pi
	roundedToAMetreOf = 1e5 // degrees to five places are within a metre
)

// Degrees turns an easting and a northing of the National Grid, in metres, into a latitude
// and a longitude of WGS84 in degrees. It goes by the seven parameters that the Ordnance
// Survey publishes, whose error is some metres: enough for a journey to school.
func Degrees(easting, northing float64) (latitude, longitude float64) {
	lat, lon := fromGrid(easting, northing)
	x, y, z := toWGS84(airy1830.cartesian(lat, lon))
	lat, lon = grs80.geographic(x, y, z)
	round := func(radians float64) float64 {
		return math.Round(radians*degreesOfARadian*roundedToAMetreOf) / roundedToAMetreOf
	}
	return round(lat), round(lon)
}

// fromGrid is the inverse of the transverse Mercator projection, by the series of the
// Ordnance Survey's guide to coordinate systems, annex C, on the Airy ellipsoid.
func fromGrid(easting, northing float64) (lat, lon float64) {
	a, e2 := airy1830.a*gridScale, airy1830.e2()
	lat = gridLatitude
	for m := 0.0; math.Abs(northing-gridNorth-m) >= closeEnough; m = meridian(lat) {
		lat += (northing - gridNorth - m) / a
	}
	sin, cos, tan := math.Sin(lat), math.Cos(lat), math.Tan(lat)
	nu := a / math.Sqrt(1-e2*sin*sin)
	rho := a * (1 - e2) * math.Pow(1-e2*sin*sin, -1.5)
	eta2, t2 := nu/rho-1, tan*tan
	d := easting - gridEast
	d2, nu3 := d*d, nu*nu*nu
	lat -= d2*tan/(2*rho*nu) -
		d2*d2*tan/(24*rho*nu3)*(5+3*t2+eta2-9*t2*eta2) +
		d2*d2*d2*tan/(720*rho*nu3*nu*nu)*(61+90*t2+45*t2*t2)
	lon = gridLongitude + d/(cos*nu) -
		d*d2/(6*cos*nu3)*(nu/rho+2*t2) +
		d*d2*d2/(120*cos*nu3*nu*nu)*(5+28*t2+24*t2*t2) -
		d*d2*d2*d2/(5040*cos*nu3*nu3*nu)*(61+662*t2+1320*t2*t2+720*t2*t2*t2)
	return lat, lon
}

// meridian is the length of the meridian from the grid's true origin to a latitude.
func meridian(lat float64) float64 {
	n := (airy1830.a - airy1830.b) / (airy1830.a + airy1830.b)
	n2, n3 := n*n, n*n*n
	down, up := lat-gridLatitude, lat+gridLatitude
	return airy1830.b * gridScale * ((1+n+5.0/4*(n2+n3))*down -
		(3*n+3*n2+21.0/8*n3)*math.Sin(down)*math.Cos(up) +
		15.0/8*(n2+n3)*math.Sin(2*down)*math.Cos(2*up) -
		35.0/24*n3*math.Sin(3*down)*math.Cos(3*up))
}

// cartesian is a point on the surface by its distances from the middle of the earth.
func (e ellipsoid) cartesian(lat, lon float64) (x, y, z float64) {
	nu := e.a / math.Sqrt(1-e.e2()*math.Sin(lat)*math.Sin(lat))
	return nu * math.Cos(lat) * math.Cos(lon), nu * math.Cos(lat) * math.Sin(lon), nu * (1 - e.e2()) * math.Sin(lat)
}

// geographic is the inverse of cartesian; the height is left out.
func (e ellipsoid) geographic(x, y, z float64) (lat, lon float64) {
	p := math.Hypot(x, y)
	lat = math.Atan2(z, p*(1-e.e2()))
	for range 10 { // it gains three digits each time
		nu := e.a / math.Sqrt(1-e.e2()*math.Sin(lat)*math.Sin(lat))
		lat = math.Atan2(z+e.e2()*nu*math.Sin(lat), p)
	}
	return lat, math.Atan2(y, x)
}

// toWGS84 moves, turns and scales from the National Grid's datum.
func toWGS84(x, y, z float64) (float64, float64, float64) {
	const s = 1 - 20.4894*millionths
	const rx, ry, rz = 0.1502 * secondsOfArc, 0.2470 * secondsOfArc, 0.8421 * secondsOfArc
	return 446.448 + s*x - rz*y + ry*z, -125.157 + rz*x + s*y - rx*z, 542.060 - ry*x + rx*y + s*z
}
