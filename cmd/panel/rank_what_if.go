package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
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
	after, err := e.WhatIfJSON(id, patch)
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

// compact is JSON without the blanks.
func compact(patch []byte) string {
	var b bytes.Buffer
	if json.Compact(&b, patch) != nil {
		return string(patch)
	}
	return b.String()
}
