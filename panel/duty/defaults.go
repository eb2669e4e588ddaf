package duty

import "example.org/backontrack/matching/calendar"

// Defaults are the numbers for England as they were found in public pages in November
// 2026. Guidance on suspension and exclusion was revised from 26 July 2026 and its text
// was not read: an authority checks them before it relies on them, and overrides what
// it does otherwise ([Settings.With]).
func Defaults() Settings {
	all := append(defaultsOfExclusion(), defaultsOfProvision()...)
	all = append(all, defaultsOfAccess()...)
	all = append(all, defaultsOfReviews()...)
	all.sort()
	return all
}

// since is a setting that is still in force, from a day.
func since(from calendar.Date, key Key, value int, status Status, source string) Setting {
	d, _ := definition(key)
	return Setting{Key: key, Value: value, Unit: d.Unit, From: from, To: Open, Source: source, Status: status}
}

// always is a setting whose beginning is not recorded here.
func always(key Key, value int, status Status, source string) Setting {
	return since(Always, key, value, status, source)
}

func defaultsOfExclusion() Settings {
	const (
		act       = "Education Act 1996, section 19, as Norfolk SENDIASS and Dorset's admission policy for pupil referral units explain it"
		suffolk   = "Education law as Suffolk SENDIASS and the Behaviour and Education Advice Service explain it"
		recalled  = "recalled from the statutory guidance on suspension and exclusion; not checked"
		directing = "IPSEA, directing pupils off site (Education Act 2002, section 29A)"
	)
	return Settings{
		always(SixthDayPermanent, 6, Statute, act),
		always(SixthDaySuspension, 6, Statute, suffolk),
		always("suspension.work_set", 5, Guidance, "Norfolk SENDIASS"),
		always(SuspensionYear, 45, Statute, "Department for Education, methodology of the exclusion statistics 2023/24"),
		always(BoardAlways, 15, Statute, suffolk),
		always(BoardOnRequest, 5, Statute, suffolk),
		always(BoardMeets, 15, Unverified, recalled),
		always(BoardMeetsAsked, 50, Unverified, recalled),
		always(PanelApplication, 15, Statute, "Warwickshire, guidance for heads on independent review panels"),
		always(DirectionNotice, 2, Statute, directing),
		always(DirectionReview, 10, Statute, "the regulations on off-site education as amended in 2012 (SI 2012/2532)"),
		{
			Key: "direction.review_within", Value: 30, Unit: Days, Status: Unverified,
			From: calendar.MustDate("2010-09-01"), To: calendar.MustDate("2012-12-31"),
			Source: "the regulations of 2010 until SI 2012/2532 repealed it; the days on which it began and ended are not checked",
		},
		always("direction.length", 12, Practice, "Haringey"),
		always("direction.mid_review", 6, Practice, "Haringey"),
	}
}

func defaultsOfProvision() Settings {
	const (
		act     = "Education Act 1996, section 463, as South Gloucestershire and Law Brief Publishing explain it"
		planned = "the limit that the Department for Education has announced for provision that is no school (Schools Week); not law yet, counted here from the school year 2026/27 as a warning"
	)
	from := calendar.MustDate("2026-09-01")
	return Settings{
		always("full_time.from", 18, Practice, "Ealing"),
		always("full_time.to", 25, Unverified, "usual in Key Stage 4; not checked"),
		always("registration.pupils", 5, Statute, act),
		always("registration.pupils_with_plan_or_looked_after", 1, Statute, act),
		always("registration.hours", 18, Guidance, "South Gloucestershire, on unregistered schools; Brent has 18 unlikely and 20 likely to be full-time"),
		since(from, "non_school.weeks", 12, Unverified, planned),
		since(from, "non_school.sessions", 4, Unverified, planned),
		always(ProviderAnswers, 15, Practice, "Suffolk, alternative provision; which days are meant is not said, and days of the calendar are the strictest reading"),
		always(ProviderAdmits, 10, Practice, "Burnside (Hawkswood Group)"),
		always("respite.approval_over", 3, Practice, "WPES, expected practice for off-siting from September 2021"),
		always("panel.quorum", 3, Unverified, "usual for committees of schools; not checked for panels"),
		always(WarnBefore, 3, Practice, "ours: enough days for a telephone call, an answer and a start"),
	}
}

func defaultsOfAccess() Settings {
	const (
		travel = "travel policies of Nottinghamshire, Trafford and Buckinghamshire, after the Education Act 1996, schedule 35B"
		access = "Buckinghamshire and Bolton, fair access, after the School Admissions Code"
		guide  = "recalled from the statutory travel guidance; not checked"
	)
	return Settings{
		always(FairAccessPlace, 20, Guidance, "Derbyshire, fair access protocol, after the School Admissions Code"),
		always("fair_access.out_of_education", 4, Guidance, access),
		always("fair_access.plan_within", 12, Guidance, access),
		always("travel.under_8", 2, Statute, travel),
		always("travel.from_8", 3, Statute, travel),
		always("travel.low_income_8_to_11", 2, Statute, travel),
		always("travel.low_income_from", 2, Statute, travel),
		always("travel.low_income_to", 6, Statute, travel),
		always("travel.belief_to", 15, Statute, travel),
		always("travel.minutes_primary", 45, Unverified, guide),
		always("travel.minutes_secondary", 75, Unverified, guide),
		always(DecisionWithin, 2, Unverified, "guidance of 2008 and 2009, superseded, in Children and Young People Now: a place within two weeks of seeing the need"),
	}
}

func defaultsOfReviews() Settings {
	const (
		service = "WPES, expected practice for off-siting from September 2021"
		ours    = "ours; no source gives a number"
	)
	return Settings{
		always(ReviewHalfTermly, 1, Unverified, "Keeping Children Safe in Education 2025, as school policies quote it; the text is not checked"),
		always("stay.weeks", 16, Practice, "Lincolnshire"),
		always("stay.terms", 2, Practice, "Burnside (Hawkswood Group)"),
		always(ReviewSixWeekly, 6, Practice, "Solihull, single pathway: every six to eight weeks"),
		always("review.panel_at_most", 8, Practice, "Solihull, single pathway: every six to eight weeks"),
		always(ReviewStay, 1, Practice, service),
		always(ReviewFirst, 1, Practice, service),
		always(ReviewThen, 2, Practice, service),
		always(ReviewFinal, 1, Practice, service+": just before the return; the one school day is ours"),
		always(ReviewReturn, 1, Practice, service+": a restorative meeting on the return; the first school day is ours"),
		always(ReviewFollowUp, 4, Unverified, ours),
	}
}
