package verify

import (
	"math"
	"slices"
	"strconv"

	"example.org/backontrack/matching"
)

// facts checks the rules that look at a pupil and a group, whatever the dates. A
// fact that is not known passes. A moved pupil has no referral here.
func (c *check) facts(st *stay, r *matching.Referral) {
	p, accepts := st.pupil, &st.group.Accepts
	if accepts.Years != nil && knows(p, matching.FactYear) && !slices.Contains(accepts.Years, p.Year) {
		v := Violation{Code: matching.CodeYearGroup, Observed: new(p.Year)}
		for _, year := range accepts.Years {
			v.Accepts = append(v.Accepts, strconv.Itoa(year))
		}
		c.violate(st, v)
	}
	if accepts.Sex != "" && knows(p, matching.FactSex) && p.Sex != accepts.Sex {
		c.violate(st, Violation{Code: matching.CodeSex, Accepts: []string{string(accepts.Sex)}})
	}
	if r != nil && accepts.Reasons != nil && !slices.Contains(accepts.Reasons, r.Reason) {
		c.violate(st, Violation{Code: matching.CodeReferralReason, Codes: []string{r.Reason}, Accepts: accepts.Reasons})
	}
	if unmet := unmet(p, accepts); unmet != nil {
		c.violate(st, Violation{Code: matching.CodeNeedsNotMet, Codes: unmet, Accepts: accepts.Needs})
	}
	if knows(p, matching.FactTraits) {
		refused := only(p.Traits, func(trait string) bool { return slices.Contains(accepts.Refuses, trait) })
		if refused != nil {
			c.violate(st, Violation{Code: matching.CodeRefusedTrait, Codes: refused})
		}
	}
	if knows(p, matching.FactAccess) {
		lacking := only(p.Access, func(access string) bool { return !slices.Contains(st.group.site.Access, access) })
		if lacking != nil {
			c.violate(st, Violation{Code: matching.CodeAccess, Codes: lacking})
		}
	}
	if minutes := c.minutes(p, st.group.site); r != nil && minutes >= 0 && knows(p, matching.FactYear) {
		if limit := c.journeyLimit(p.Year); minutes > limit {
			c.violate(st, Violation{Code: matching.CodeJourney, Limit: new(limit), Observed: new(minutes)})
		}
	}
}

// unmet are the needs that must be met and that a group is not equipped for.
func unmet(p *matching.Pupil, accepts *matching.Accepts) []string {
	if accepts.Needs == nil || !knows(p, matching.FactNeeds) {
		return nil
	}
	var codes []string
	for _, need := range p.Needs {
		if need.Must && !slices.Contains(accepts.Needs, need.Code) {
			codes = append(codes, need.Code)
		}
	}
	slices.Sort(codes)
	return codes
}

// only are the codes of which something is true, in order.
func only(codes []string, is func(string) bool) []string {
	var some []string
	for _, code := range codes {
		if is(code) {
			some = append(some, code)
		}
	}
	slices.Sort(some)
	return some
}

// minutes estimates a journey by the contract's formula, rounded up; -1 where
// either place is not known.
func (w *world) minutes(p *matching.Pupil, s *site) int {
	if p.Latitude == nil || p.Longitude == nil || s.Latitude == nil || s.Longitude == nil ||
		!knows(p, matching.FactLatitude) || !knows(p, matching.FactLongitude) {
		return -1
	}
	hours := float64(greatCircle(*p.Latitude, *p.Longitude, *s.Latitude, *s.Longitude)*w.Policy.TravelDetour) / w.Policy.TravelSpeedKMH
	return int(math.Ceil(float64(hours * 60)))
}

// greatCircle is the distance in kilometres on a sphere of 6371, by the haversine. Each
// product is rounded by itself, so that every processor gives the same.
func greatCircle(lat1, lon1, lat2, lon2 float64) float64 {
	radians := func(degrees float64) float64 { return float64(degrees * (math.Pi / 180)) }
	sinLat := math.Sin(radians(lat2-lat1) / 2)
	sinLon := math.Sin(radians(lon2-lon1) / 2)
	cosines := float64(math.Cos(radians(lat1)) * math.Cos(radians(lat2)))
	h := float64(sinLat*sinLat) + float64(cosines*float64(sinLon*sinLon))
	return 2 * 6371 * math.Asin(math.Sqrt(min(h, 1)))
}

// journeyLimit is that of the phase of a year: primary to Year 6.
func (w *world) journeyLimit(year int) int {
	if year <= 6 {
		return w.Policy.MaxTravelMinutes.Primary
	}
	return w.Policy.MaxTravelMinutes.Secondary
}
