package matching

import (
	"math"
	"slices"
	"strconv"
)

// Rules returns our own eligibility rules, in the order in which their reasons
// are listed. The rules about dates, capacity and company are the engine's.
func Rules() []Rule {
	return []Rule{yearGroup{}, sexRule{}, referralReason{}, needsNotMet{}, refusedTrait{}, accessRule{}, journeyRule{}}
}

// yearGroup serves R12: ages and Key Stages.
type yearGroup struct{}

func (yearGroup) Code() Code { return CodeYearGroup }

func (yearGroup) Check(c *Case, why *Reason) Verdict {
	years := c.Group.Accepts.Years
	switch {
	case years == nil:
		return Passes
	case !c.Pupil.Knows(FactYear):
		return Unchecked
	case slices.Contains(years, c.Pupil.Year):
		return Passes
	}
	if why != nil {
		why.Class, why.Observed = Never, new(c.Pupil.Year)
		for _, year := range years {
			why.Accepts = append(why.Accepts, strconv.Itoa(year))
		}
	}
	return Refuses
}

// sexRule serves R12: single-sex groups, where lawful. "U" is a known neither.
type sexRule struct{}

func (sexRule) Code() Code { return CodeSex }

func (sexRule) Check(c *Case, why *Reason) Verdict {
	only := c.Group.Accepts.Sex
	switch {
	case only == "":
		return Passes
	case !c.Pupil.Knows(FactSex):
		return Unchecked
	case c.Pupil.Sex == only:
		return Passes
	}
	if why != nil {
		why.Class, why.Accepts = Never, []string{string(only)}
	}
	return Refuses
}

// referralReason serves R12: why the referral was made, such as before exclusion only.
type referralReason struct{}

func (referralReason) Code() Code { return CodeReferralReason }

func (referralReason) Check(c *Case, why *Reason) Verdict {
	reasons := c.Group.Accepts.Reasons
	if reasons == nil || slices.Contains(reasons, c.Referral.Reason) {
		return Passes
	}
	if why != nil {
		why.Class, why.Codes, why.Accepts = Never, []string{c.Referral.Reason}, reasons
	}
	return Refuses
}

// needsNotMet serves R12: a need that must be met, in a group that is not equipped for it.
type needsNotMet struct{}

func (needsNotMet) Code() Code { return CodeNeedsNotMet }

func (needsNotMet) Check(c *Case, why *Reason) Verdict {
	met := c.Group.Accepts.Needs
	if met == nil {
		return Passes
	}
	if !c.Pupil.Knows(FactNeeds) {
		return Unchecked
	}
	verdict := Passes
	for _, need := range c.Pupil.Needs {
		if !need.Must || slices.Contains(met, need.Code) {
			continue
		}
		verdict = Refuses
		if why == nil {
			break
		}
		why.Class, why.Codes, why.Accepts = ByWaiver, append(why.Codes, need.Code), met
	}
	if why != nil {
		slices.Sort(why.Codes)
	}
	return verdict
}

// refusedTrait serves R12: what a group can't take.
type refusedTrait struct{}

func (refusedTrait) Code() Code { return CodeRefusedTrait }

func (refusedTrait) Check(c *Case, why *Reason) Verdict {
	refuses := c.Group.Accepts.Refuses
	if len(refuses) == 0 {
		return Passes
	}
	if !c.Pupil.Knows(FactTraits) {
		return Unchecked
	}
	return lacking(c.Pupil.Traits, func(t string) bool { return !slices.Contains(refuses, t) }, why)
}

// accessRule serves R12: a pupil's access needs and the site's access.
type accessRule struct{}

func (accessRule) Code() Code { return CodeAccess }

func (accessRule) Check(c *Case, why *Reason) Verdict {
	if !c.Pupil.Knows(FactAccess) {
		return Unchecked
	}
	return lacking(c.Pupil.Access, func(a string) bool { return slices.Contains(c.Site.Access, a) }, why)
}

// lacking refuses, for good, when one of the codes is not all right, and names those.
func lacking(codes []string, right func(string) bool, why *Reason) Verdict {
	verdict := Passes
	for _, code := range codes {
		if right(code) {
			continue
		}
		verdict = Refuses
		if why == nil {
			break
		}
		why.Class, why.Codes = Never, append(why.Codes, code)
	}
	if why != nil {
		slices.Sort(why.Codes)
	}
	return verdict
}

// journeyRule serves S4 as a limit: three buses cost attendance.
type journeyRule struct{}

func (journeyRule) Code() Code { return CodeJourney }

func (journeyRule) Check(c *Case, why *Reason) Verdict {
	limit := c.Policy.MaxTravelMinutes.forYear(c.Pupil.Year)
	switch {
	case c.Minutes < 0, !c.Pupil.Knows(FactYear):
		return Unchecked
	case c.Minutes <= limit:
		return Passes
	}
	if why != nil {
		why.Class = ByWaiver
		why.numbers(limit, c.Minutes)
	}
	return Refuses
}

// lastPrimaryYear is the end of Key Stage 2 (the contract's "primary: years 0–6").
const lastPrimaryYear = 6

func (t TravelLimits) forYear(year int) int {
	if year <= lastPrimaryYear {
		return t.Primary
	}
	return t.Secondary
}

// minutes estimates the journey from a pupil's home to a site, or gives -1 when
// either place is unknown.
func (p *Policy) minutes(pupil *Pupil, site *Site) int {
	if !pupil.Knows(FactLatitude) || !pupil.Knows(FactLongitude) {
		return -1
	}
	km, known := distance(pupil.Latitude, pupil.Longitude, site.Latitude, site.Longitude)
	if !known {
		return -1
	}
	hours := float64(km*p.TravelDetour) / p.TravelSpeedKMH
	return int(math.Ceil(float64(hours * 60)))
}
