package generate_test

import (
	"encoding/csv"
	"encoding/json"
	"math"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"example.org/backontrack/matching"
	"example.org/backontrack/matching/generate"
)

// sigmas is the statistical tolerance: a share may differ from the national one by so
// many standard deviations of a sample of that size. By chance alone, 1 share in
// 150,000 does.
const sigmas = 4.5

// columns translates the national tables' rows into what a snapshot says. Rows that
// are not here are of pupils who are not in any snapshot.
var columns = map[string]map[string]string{
	"Gender": {"Gender_male": "M", "Gender_female": "F"},
	"NC_year": {
		"NC_Year_Reception": "0", "NC_Year_1": "1", "NC_Year_2": "2", "NC_Year_3": "3", "NC_Year_4": "4", "NC_Year_5": "5",
		"NC_Year_6": "6", "NC_Year_7": "7", "NC_Year_8": "8", "NC_Year_9": "9", "NC_Year_10": "10", "NC_Year_11": "11",
		"NC_Year_12_and_above": "12",
	},
	"SEN_provision": {
		"SEN_Provision_No_SEN": "none", "SEN_provision_SEN_without_statement": "support", "SEN_provision_SEN_with_statement_EHC": "plan",
	},
	"SEN_primary_need": {
		"SEN_primary_need_Autistic_spectrum_disorder": "ASD", "SEN_primary_need_Hearing_impairment": "HI",
		"SEN_primary_need_Moderate_learning_difficulty": "MLD", "SEN_primary_need_Multisensory_impairment": "MSI",
		"SEN_primary_need_No_specialist_assessment": "NSA", "SEN_primary_need_Other_difficulty_disability": "OTH",
		"SEN_primary_need_Physical_disability":                       "PD",
		"SEN_primary_need_Profound_and_multiple_learning_difficulty": "PMLD",
		"SEN_primary_need_Social_emotional_and_mental_health":        "SEMH",
		"SEN_primary_need_Speech_language_and_communications_needs":  "SLCN",
		"SEN_primary_need_Severe_learning_difficulty":                "SLD",
		"SEN_primary_need_Specific_learning_difficulty":              "SPLD",
		"SEN_primary_need_Visual_impairment":                         "VI",
	},
}

func TestSnapshot_nationalShares(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile(shared(t, "data/synthetic_distributions.json"))
	if err != nil {
		t.Fatal(err)
	}
	var tables map[string]json.RawMessage
	if err := json.Unmarshal(text, &tables); err != nil {
		t.Fatal(err)
	}
	w := see(generated(t, generate.Options{Referrals: 20_000, Groups: 400, Seed: 1}))
	for _, route := range []string{"permanent_exclusions", "suspensions"} {
		var national map[string]map[string]float64
		if err := json.Unmarshal(tables[route], &national); err != nil {
			t.Fatal(err)
		}
		made := tally(w, route == "permanent_exclusions")
		for table, rows := range columns {
			want := map[string]float64{}
			for row, value := range rows {
				want[value] = national[table][row]
			}
			compare(t, route+", "+table, made[table], want)
		}
	}
}

// tally counts the pupils who are referred and in no group yet, by what is known of them.
func tally(w *world, excluded bool) map[string]map[string]float64 {
	standing := map[matching.PupilID]bool{}
	for _, p := range w.Placements {
		standing[p.Pupil] = true
	}
	out := map[string]map[string]float64{"Gender": {}, "NC_year": {}, "SEN_provision": {}, "SEN_primary_need": {}}
	for _, r := range w.Referrals {
		p := w.pupil[r.Pupil]
		if standing[p.ID] || (r.Reason == "permanently_excluded") != excluded || r.Reason == "pregnant_or_parent" {
			continue
		}
		out["NC_year"][strconv.Itoa(min(p.Year, 12))]++
		if p.Knows(matching.FactSex) {
			out["Gender"][string(p.Sex)]++
		}
		if !p.Knows(matching.FactNeeds) || !p.Knows(matching.FactEHCP) {
			continue
		}
		switch {
		case p.EHCP:
			out["SEN_provision"]["plan"]++
		case len(p.Needs) > 0:
			out["SEN_provision"]["support"]++
		default:
			out["SEN_provision"]["none"]++
		}
		if len(p.Needs) > 0 {
			out["SEN_primary_need"][p.Needs[0].Code]++
		}
	}
	return out
}

// compare checks shares, each within the tolerance, and two people more for rare ones.
func compare(t *testing.T, what string, got, want map[string]float64) {
	t.Helper()
	n, all := 0.0, 0.0
	for _, x := range got {
		n += x
	}
	for _, x := range want {
		all += x
	}
	for value, weight := range want {
		p := weight / all
		if off := math.Abs(got[value] - p*n); off > sigmas*math.Sqrt(n*p*(1-p))+2 {
			t.Errorf("%s: %s is %.2f%% of %.0f, nationally %.2f%%", what, value, got[value]/n*100, n, p*100)
		}
	}
	for value := range got {
		if _, known := want[value]; !known {
			t.Errorf("%s: %q is in no national table", what, value)
		}
	}
}

// What has no national figure is as the package says it assumes; standing pupils too, more loosely.
func TestSnapshot_assumedShares(t *testing.T) {
	t.Parallel()
	w := see(generated(t, generate.Options{Referrals: 10_000, Groups: 600, Seed: 5}))
	standing := map[matching.PupilID]bool{}
	for _, p := range w.Placements {
		standing[p.Pupil] = true
	}
	for _, stands := range []bool{false, true} {
		var n, anxious, aggressive, risk, looked, primary, girls float64
		one := func(is bool) float64 { return map[bool]float64{true: 1}[is] }
		for i := range w.Pupils {
			p := &w.Pupils[i]
			if standing[p.ID] != stands || len(p.Unknown) > 0 {
				continue
			}
			n++
			anxious += one(slices.Contains(p.Traits, "anxious_refuser"))
			aggressive += one(slices.Contains(p.Traits, "aggressive"))
			risk += one(slices.Contains(p.Traits, "high_risk"))
			looked += one(p.LookedAfter)
			primary += one(p.Year <= 6)
			girls += one(p.Sex == matching.Female)
		}
		slack := 0.02
		if stands { // who is seated depends on the groups
			slack = 0.08
		}
		for _, c := range []struct {
			what       string
			count, per float64
		}{
			{"anxious refusers", anxious, 0.20}, {"aggressive", aggressive, 0.25}, {"high risk", risk, 0.15},
			{"looked after", looked, 0.08}, {"primary", primary, 0.175}, {"girls", girls, 0.25},
		} {
			if got := c.count / n; math.Abs(got-c.per) > slack {
				t.Errorf("standing %v: %.1f%% are %s, want %.0f%%", stands, got*100, c.what, c.per*100)
			}
		}
	}
}

// Made-up places are in England: the nearest postcode district is an English one, not far away.
func TestSnapshot_placesAreInEngland(t *testing.T) {
	t.Parallel()
	file, err := os.Open(shared(t, "data/uk_outcodes.csv"))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = file.Close() }() // it was only read
	rows, err := csv.NewReader(file).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	type district struct {
		lat, lon float64
		country  string
	}
	var districts []district
	for _, row := range rows[1:] {
		lat, _ := strconv.ParseFloat(row[1], 64)
		lon, _ := strconv.ParseFloat(row[2], 64)
		districts = append(districts, district{lat, lon, row[7]})
	}
	s := generated(t, generate.Options{Referrals: 0, Groups: 3000, Placements: -1, Seed: 3})
	abroad := 0
	for _, site := range s.Sites {
		nearest, least := "", math.Inf(1)
		for _, d := range districts {
			north, east := (d.lat-*site.Latitude)*111, (d.lon-*site.Longitude)*68
			if km := math.Hypot(north, east); km < least {
				nearest, least = d.country, km
			}
		}
		if nearest != "ENG" {
			abroad++
		}
		if least > 30 || strings.TrimLeft(site.Postcode[:1], "QVX") != "" {
			t.Errorf("%s (%s): the nearest postcode district is %.0f km away", site.ID, site.Postcode, least)
		}
	}
	if abroad > len(s.Sites)/100 { // the outline is coarse, and so are the districts
		t.Errorf("%d of %d sites are nearest to a district outside England", abroad, len(s.Sites))
	}
}
