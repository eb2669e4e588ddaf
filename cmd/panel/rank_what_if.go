package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"

	"example.org/backontrack/cmd/panel/internal/report"
	"example.org/backontrack/matching"
)

// askWhatIf ranks under other facts.
func (p *program) askWhatIf(e *matching.Engine, f *rankFlags) (*answer, error) {
	id := matching.ReferralID(f.referral)
	name, patch, err := p.patch(f.whatIf)
	if err != nil {
		return nil, err
	}
	before, err := e.Rank(id)
	if err != nil {
		return nil, err
	}
	after, err := e.WhatIfJSON(id, nowKnown(e, id, patch))
	if err != nil {
		return nil, inputError(name, err)
	}
	return &answer{after, func(r *report.Report) error {
		r.Referral(before.Referral)
		r.WhatIf(compact(patch), before, after.Ranking, f.shown(len(after.Ranking.Ranking)))
		return nil
	}}, nil
}

// patch reads a merge patch: JSON itself, a file of it, or standard input.
func (p *program) patch(from string) (name string, patch []byte, err error) {
	if inline := strings.TrimSpace(from); strings.HasPrefix(inline, "{") || strings.HasPrefix(inline, "[") {
		return "--what-if", []byte(from), nil
	}
	name, r, err := p.open(from)
	if err != nil {
		return "", nil, err
	}
	defer func() { _ = r.Close() }() // it was only read
	patch, err = io.ReadAll(r)
	if err != nil {
		return "", nil, &answerError{fmt.Errorf("%s: %w", name, err)}
	}
	return name, patch, nil
}

// nowKnown takes the facts that a patch sets from what is unknown of the pupil,
// unless the patch says itself what is unknown. A patch that is no such object is
// left for the library to refuse.
func nowKnown(e *matching.Engine, id matching.ReferralID, patch []byte) []byte {
	var change map[string]map[string]json.RawMessage
	if json.Unmarshal(patch, &change) != nil || change["pupil"] == nil || change["pupil"]["unknown"] != nil {
		return patch
	}
	unknown := slices.DeleteFunc(unknownOf(e.Snapshot(), id), func(f matching.Fact) bool {
		return change["pupil"][string(f)] != nil
	})
	list, err := json.Marshal(unknown)
	if err != nil {
		return patch
	}
	change["pupil"]["unknown"] = list
	whole, err := json.Marshal(change)
	if err != nil {
		return patch
	}
	return whole
}

// unknownOf is what is unknown of a referral's pupil.
func unknownOf(s *matching.Snapshot, id matching.ReferralID) []matching.Fact {
	for _, r := range s.Referrals {
		if r.ID != id {
			continue
		}
		for i := range s.Pupils {
			if s.Pupils[i].ID == r.Pupil {
				return append([]matching.Fact{}, s.Pupils[i].Unknown...)
			}
		}
	}
	return []matching.Fact{}
}

// compact is JSON without the blanks.
func compact(patch []byte) string {
	var b bytes.Buffer
	if json.Compact(&b, patch) != nil {
		return string(patch)
	}
	return b.String()
}
