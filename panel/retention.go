package panel

import (
	"context"
	"slices"
	"time"

	"example.org/backontrack/matching/calendar"
	"example.org/backontrack/panel/audit"
	"example.org/backontrack/panel/duty"
)

// A RetentionStart is when the period for which records are kept begins.
type RetentionStart string

// The beginnings.
const (
	FromBirth      RetentionStart = "birth"
	FromLastEvent  RetentionStart = "last_event"  // the last thing that happened to the pupil here
	FromSchoolYear RetentionStart = "school_year" // the end of the school year, 31 August, of that
)

// A RecordClass is a kind of record about a pupil, and how long it is kept. A pupil's
// record is due for erasure once the period of every class in it is over.
type RecordClass struct {
	Class  string
	Means  string
	Start  RetentionStart
	Years  int
	From   calendar.Date // the first day on which the period is in force
	To     calendar.Date // the last
	Source string
	Status duty.Status
}

// The classes of records.
const (
	ClassPupilFile   = "pupil_file"
	ClassPlacement   = "placement"
	ClassSEN         = "sen"
	ClassProtection  = "child_protection"
	ClassLookedAfter = "looked_after"
	ClassExclusion   = "exclusion"
	ClassNotPlaced   = "not_placed"
)

// RecordClasses are the classes with the periods that hold while an authority has
// recorded no others, in the order of the documentation.
func RecordClasses() []RecordClass {
	class := func(name, means string, start RetentionStart, years int, status duty.Status, source string) RecordClass {
		return RecordClass{name, means, start, years, duty.Always, duty.Open, source, status}
	}
	return []RecordClass{
		class(ClassPupilFile, "the referrals of a pupil who was placed, with their documents and decisions", FromBirth, 25,
			duty.Practice, "Lincolnshire, retention of pupil-specific records; Blackpool has the 25th birthday too"),
		class(ClassPlacement, "placements, as entries of a register", FromLastEvent, 6,
			duty.Statute, "the regulations on registers of 2024, as Lansdown Park Academy explains them: six years from the last entry"),
		class(ClassSEN, "of a placed pupil with an education, health and care plan", FromBirth, 31,
			duty.Practice, "the IRMS toolkit for schools, page 94, in the SENCo Forum"),
		class(ClassProtection, "of a placed pupil who has, or had, a protection plan", FromBirth, 25,
			duty.Practice, "the IRMS toolkit for schools; authorities have 35 or 50 years"),
		class(ClassLookedAfter, "of a placed pupil who is looked after", FromBirth, 75,
			duty.Unverified, "recalled of authorities' schedules; not checked"),
		class(ClassExclusion, "papers of exclusions of a placed pupil", FromLastEvent, 5,
			duty.Practice, "Devon, papers of independent review panels"),
		class(ClassNotPlaced, "referrals that came to no placement", FromSchoolYear, 1,
			duty.Unverified, "ours: the end of the next academic year; a complaint is a reason for a hold"),
	}
}

// RecordRetention records periods that differ from those in force, from a day to a day
// each. What was in force before stays so on all other days.
func (s *Service) RecordRetention(ctx context.Context, values []RecordClass) (Settings, error) {
	return do(ctx, s, NounSettings, VerbRecord, func(w *work) (Settings, error) {
		if err := w.may(about{}); err != nil {
			return Settings{}, err
		}
		f := &faults{}
		f.when(len(values) == 0, "", "empty", "a period or several")
		for i, v := range values {
			f.recordClass(pointer(i), v)
		}
		if err := f.err("the periods are not sound"); err != nil {
			return Settings{}, err
		}
		stored := Settings{ID: SettingsID(w.id()), Retention: slices.Clone(values), By: w.person.ID, At: w.Now()}
		for i := range stored.Retention {
			v := &stored.Retention[i]
			v.Means = classIn(RecordClasses(), v.Class).Means
		}
		w.note(VerbRecord, NounSettings, string(stored.ID), nil, audit.Pair{Key: "about", Value: "retention"})
		return stored, w.Tx.Settings().Add(&stored)
	})
}

// mostYears is how long a record may be kept at most.
const mostYears = 150

func (f *faults) recordClass(at string, v RecordClass) {
	f.when(classIn(RecordClasses(), v.Class) == nil, at+"/class", "unknown", "a class of the list")
	f.when(!slices.Contains([]RetentionStart{FromBirth, FromLastEvent, FromSchoolYear}, v.Start), at+"/start", "unknown", "birth, last_event or school_year")
	f.when(v.Years < 1 || v.Years > mostYears, at+"/years", "range", "a whole number from 1 to 150")
	f.when(v.From < duty.Always, at+"/from", "required", "a date; 1971-01-01 for always")
	f.when(v.To < v.From || v.To > duty.Open, at+"/to", "order", "a day not before the first; 9999-12-31 for still in force")
	f.line(at+"/source", v.Source, 1)
	f.when(!slices.Contains(duty.Statuses(), v.Status), at+"/status", "unknown", "statute, guidance, practice or unverified")
}

func classIn(list []RecordClass, name string) *RecordClass {
	i := slices.IndexFunc(list, func(c RecordClass) bool { return c.Class == name })
	if i < 0 {
		return nil
	}
	return &list[i]
}

// RetentionAt are the classes with the periods in force on a day, in the order of the documentation.
func (s *Service) RetentionAt(ctx context.Context, date calendar.Date) ([]RecordClass, error) {
	return listed(ctx, s, NounSettings, func(tx Tx) ([]RecordClass, error) { return retentionAt(tx, date) })
}

// retentionAt are the defaults with what was recorded since: of two that hold on the day
// the one that was recorded later.
func retentionAt(tx Tx, date calendar.Date) ([]RecordClass, error) {
	list := RecordClasses()
	for stored, err := range tx.Settings().List() {
		if err != nil {
			return nil, err
		}
		for _, v := range stored.Retention {
			if v.From <= date && date <= v.To {
				*classIn(list, v.Class) = v
			}
		}
	}
	return list, nil
}

// until is the last day on which records of the class are kept, given the two days from
// which it may count. A day that is not known gives none.
func (c *RecordClass) until(born, last calendar.Date) (calendar.Date, bool) {
	base := last
	switch c.Start {
	case FromBirth:
		base = born
	case FromSchoolYear:
		if last == 0 {
			return 0, false
		}
		year, month, _ := civil(last)
		if month > time.August {
			year++
		}
		base = calendar.NewDate(year, time.August, 31)
	default: // the last event
	}
	if base == 0 {
		return 0, false
	}
	year, month, day := civil(base)
	return calendar.NewDate(year+c.Years, month, day), true
}

// civil takes a day apart.
func civil(d calendar.Date) (int, time.Month, int) {
	return time.Unix(int64(d)*secondsPerDay, 0).UTC().Date()
}
