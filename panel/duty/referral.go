package duty

import "example.org/backontrack/matching/calendar"

// The deadlines of referrals, offers and directions.
const (
	Notice     Code = "direction_notice"
	Decision   Code = "referral_decision"
	FairAccess Code = "fair_access_place"
	Answer     Code = "provider_answer"
	Admission  Code = "provider_admission"
)

// A Direction is an off-site direction (section 29A). Zero dates have not happened.
type Direction struct {
	Start         calendar.Date // its first day at the provider
	NoticePlanned calendar.Date
	NoticeGiven   calendar.Date // to the parents, in writing
}

// Direction is when notice of an off-site direction must be given at the latest.
func (c *Clock) Direction(d Direction) []Deadline {
	ds := c.deadline(DirectionNotice, d.Start, func(s Setting) calendar.Date { return c.Before(d.Start, s.Value) })
	for i := range ds {
		ds[i].Planned, ds[i].Met = d.NoticePlanned, d.NoticeGiven
	}
	return ds
}

// EarliestStart is the first day on which an off-site direction may start when notice
// is given on a day; zero where that is not known.
func (c *Clock) EarliestStart(notice calendar.Date) calendar.Date {
	return c.After(notice, c.value(DirectionNotice, notice))
}

// MustReview tells whether a review of an off-site direction that is asked for on a day
// has to be held, given the last one; zero: there was none.
func (c *Clock) MustReview(asked, last calendar.Date) bool {
	return last == 0 || asked >= Weeks(last, c.value(DirectionReview, asked))
}

// A Referral is what the clock needs of one. Zero dates have not happened.
type Referral struct {
	Received calendar.Date // complete, at the panel
	Meeting  calendar.Date // the meeting that is to decide
	Decided  calendar.Date

	FairAccess   calendar.Date // accepted under the fair access protocol
	PlacePlanned calendar.Date
	Placed       calendar.Date
}

// Referral is when a referral is decided, and when a pupil under fair access has a place.
func (c *Clock) Referral(r Referral) []Deadline {
	var ds []Deadline
	if r.Received != 0 {
		for _, d := range c.deadline(DecisionWithin, r.Received, c.within(r.Received)) {
			d.Planned, d.Met = r.Meeting, r.Decided
			ds = append(ds, d)
		}
	}
	if r.FairAccess != 0 {
		for _, d := range c.deadline(FairAccessPlace, r.FairAccess, c.within(r.FairAccess)) {
			d.Planned, d.Met = r.PlacePlanned, r.Placed
			ds = append(ds, d)
		}
	}
	return ds
}

// An Offer is a place that the panel has offered. Zero dates have not happened.
type Offer struct {
	On       calendar.Date // when the provider had it
	Expected calendar.Date // when it means to answer
	Answered calendar.Date
	Accepted bool

	StartPlanned calendar.Date
	Started      calendar.Date
}

// Offer is when the provider answers, and when it admits a pupil whom it has accepted.
func (c *Clock) Offer(o Offer) []Deadline {
	ds := c.deadline(ProviderAnswers, o.On, c.within(o.On))
	for i := range ds {
		ds[i].Planned, ds[i].Met = o.Expected, o.Answered
	}
	if !o.Accepted || o.Answered == 0 {
		return ds
	}
	for _, d := range c.deadline(ProviderAdmits, o.Answered, c.within(o.Answered)) {
		d.Planned, d.Met = o.StartPlanned, o.Started
		ds = append(ds, d)
	}
	return ds
}
