package demo

import (
	"maps"
	"slices"
	"strconv"

	"example.org/backontrack/matching"
)

// Thornmere has a number that is no authority's, and postcodes that are nobody's: TH1 to
// TH13, one for each estate.
const (
	authorityCode = "990"
	outcodeLetter = "TH"
)

// areas are the estates in the order of their outcodes.
var areas = []string{
	"alder-park", "bridge-end", "garden-row", "heron-lea", "ivel-side", "knap-hill", "maltings", "mere-end", "northgate", "old-town",
	"quarry-fields", "station-rise", "wickfield",
}

func outcodeOf(area string) string { return outcodeLetter + strconv.Itoa(1+slices.Index(areas, area)) }

// middles are where the pupils of each outcode live on average, which is all that a
// snapshot is told of a home.
func middles(pupils []matching.Pupil) map[string][2]float64 {
	sum, n := map[string][2]float64{}, map[string]int{}
	for _, p := range pupils {
		if p.Latitude == nil || len(p.Areas) == 0 {
			continue
		}
		at := sum[p.Areas[0]]
		sum[p.Areas[0]] = [2]float64{at[0] + *p.Latitude, at[1] + *p.Longitude}
		n[p.Areas[0]]++
	}
	middle := map[string][2]float64{}
	for _, area := range slices.Sorted(maps.Keys(sum)) {
		at, count := sum[area], float64(n[area])
		middle[outcodeOf(area)] = [2]float64{rounded(at[0] / count), rounded(at[1] / count)}
	}
	return middle
}

// rounded keeps four decimals: about ten metres.
func rounded(degrees float64) float64 {
	const unit = 10_000
	if degrees < 0 {
		return float64(int(degrees*unit-0.5)) / unit
	}
	return float64(int(degrees*unit+0.5)) / unit
}
