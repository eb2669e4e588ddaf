package panel

import (
	"context"
	"slices"

	"example.org/backontrack/matching"
	"example.org/backontrack/matching/calendar"
	"example.org/backontrack/panel/audit"
)

// ExportSnapshot is all that is open and standing on a day, as matching reads it: the
// referrals that are ready, on an agenda or waiting, and the placements that take up a
// place on that day or later. Pupils are under their pseudonyms. A zero day is today.
func (s *Service) ExportSnapshot(ctx context.Context, date calendar.Date) (*matching.Snapshot, error) {
	return read(ctx, s, NounDatabase, VerbExport, func(w *work) (*matching.Snapshot, error) {
		if err := w.may(about{}); err != nil {
			return nil, err
		}
		if date == 0 {
			date = w.day
		}
		policy, err := policyInForce(w.Tx, date)
		if err != nil {
			return nil, err
		}
		open, err := gather(w.Referrals().List(Is(ByState, Ready, OnAgenda, Waiting)))
		if err != nil {
			return nil, err
		}
		out, err := bridge(w.Tx, brief{day: date, horizon: horizon(date), policy: policy, open: open})
		if err != nil {
			return nil, err
		}
		var pupils []Pseudonym
		for _, p := range out.Pupils {
			pupils = append(pupils, p.ID)
		}
		w.noteMany(VerbExport, NounDatabase, "", pupils, audit.Pair{Key: "day", Value: date.String()})
		return out, nil
	})
}

// noteMany notes a verb on more pupils than one line of the journal holds, in several.
func (w *work) noteMany(verb Verb, noun Noun, subject string, pupils []Pseudonym, detail ...audit.Pair) {
	if len(pupils) == 0 {
		w.note(verb, noun, subject, nil, detail...)
	}
	for part := range slices.Chunk(pupils, audit.MaxPupils) {
		w.note(verb, noun, subject, part, slices.Clone(detail)...)
	}
}
