package panel_test

import (
	"bytes"
	"errors"
	"strings"
	"testing"
	"time"

	"example.org/backontrack/panel"
	"example.org/backontrack/panel/audit"
)

func TestAC_theJournalIsReadVerifiedAndExported(t *testing.T) {
	t.Parallel()
	eachOffice(t, func(t *testing.T, o *office) {
		start := o.now
		o.now = o.now.Add(time.Hour)
		p := o.placed(mornings, "full")
		pseudonym := panel.Pseudonym(o.last().Pupils[0])
		must := func(f panel.JournalFilter) []audit.Entry { t.Helper(); return made(o.JournalEntries(o.chief, f))(t) }
		all := must(panel.JournalFilter{})
		if len(all) != len(o.journal())-1 {
			t.Errorf("%d entries of %d", len(all), len(o.journal()))
		}
		for what, test := range map[string]struct {
			filter panel.JournalFilter
			want   int
		}{
			"of the pupil":           {panel.JournalFilter{Pupil: pseudonym, Verb: panel.VerbRecord}, 2},
			"of the placement":       {panel.JournalFilter{Subject: string(p.ID)}, 1},
			"of groups":              {panel.JournalFilter{Noun: panel.NounGroup}, 2},
			"of nobody":              {panel.JournalFilter{Actor: "nobody"}, 0},
			"refused":                {panel.JournalFilter{Outcome: audit.Denied}, 0},
			"before the hour":        {panel.JournalFilter{Before: start.Add(time.Minute), Noun: panel.NounPlacement}, 0},
			"since the hour":         {panel.JournalFilter{Since: start.Add(time.Minute), Verb: panel.VerbRecord}, 2},
			"the first three":        {panel.JournalFilter{Limit: 3}, 3},
			"two after the first":    {panel.JournalFilter{From: 2, Limit: 2}, 2},
			"by the officer, placed": {panel.JournalFilter{Actor: "chief", Noun: panel.NounDecision}, 1},
		} {
			if got := must(test.filter); len(got) != test.want {
				t.Errorf("%s: %d entries, want %d", what, len(got), test.want)
			}
		}
		if page := must(panel.JournalFilter{From: 2, Limit: 1}); page[0].Seq != 2 {
			t.Errorf("the page from 2 begins with %d", page[0].Seq)
		}

		key, err := audit.GenerateKey("journal.example.org/office", strings.NewReader(strings.Repeat("k", 64)))
		if err != nil {
			t.Fatal(err)
		}
		head := made(o.SignHead(o.chief, key))(t)
		evidence := audit.Evidence{Trusted: []audit.PublicKey{key.Public()}, Heads: []audit.SignedHead{head}}
		report := made(o.VerifyJournal(o.chief, evidence))(t)
		if report.Confirmed != head.Head.Seq || report.Entries <= head.Head.Seq {
			t.Errorf("verified: %+v", report)
		}
		ahead := audit.SignHead(key, audit.Head{Seq: 9999, Hash: head.Head.Hash}, 0)
		evidence.Heads = append(evidence.Heads, ahead)
		_, err = o.VerifyJournal(o.chief, evidence)
		var fault audit.Fault
		if refused(t, "a journal that was cut", err, panel.Corrupt); !errors.As(err, &fault) || fault.Code != audit.Cut {
			t.Errorf("it says %v", err)
		}
		if line := o.last(); line.Verb != "verify" || line.Detail[0].Value != "cut" {
			t.Errorf("the journal has %+v", line)
		}

		var out bytes.Buffer
		if err := o.ExportJournal(o.chief, &out, 0); err != nil {
			t.Fatal(err)
		}
		exported, err := audit.Verify(audit.Read(&out), audit.Evidence{})
		if err != nil || exported.Entries != uint64(len(o.journal())) {
			t.Errorf("exported %d entries of %d: %v", exported.Entries, len(o.journal()), err)
		}
	})
}

func TestAC_whoMayReadTheJournal(t *testing.T) {
	t.Parallel()
	eachOffice(t, func(t *testing.T, o *office) {
		for _, role := range []panel.Role{panel.RoleMember, panel.RoleChair, panel.RoleApprover, panel.RoleAdmin} {
			ctx := o.as("some-"+string(role), panel.Grant{Role: role})
			_, err := o.JournalEntries(ctx, panel.JournalFilter{})
			refused(t, string(role)+" lists", err, panel.Forbidden)
			refused(t, string(role)+" exports", o.ExportJournal(ctx, &bytes.Buffer{}, 1), panel.Forbidden)
			_, err = o.VerifyJournal(ctx, audit.Evidence{})
			refused(t, string(role)+" verifies", err, panel.Forbidden)
		}
		auditor := o.as("auditor", panel.Grant{Role: panel.RoleAuditor})
		made(o.JournalEntries(auditor, panel.JournalFilter{}))(t)
		made(o.VerifyJournal(auditor, audit.Evidence{}))(t)
	})
}

func TestExportSnapshot(t *testing.T) {
	t.Parallel()
	eachOffice(t, func(t *testing.T, o *office) {
		o.placed(mornings, "full", answer("pupil.surname", "Kestrel"))
		r := o.readied()
		snapshot := made(o.ExportSnapshot(o.chief, 0))(t)
		if snapshot.AsOf != o.day || len(snapshot.Placements) != 1 || len(snapshot.Referrals) != 1 || snapshot.Referrals[0].ID != r.ID {
			t.Errorf("as of %v: %d placements, %d referrals", snapshot.AsOf, len(snapshot.Placements), len(snapshot.Referrals))
		}
		line := o.last()
		if line.Verb != "export" || line.Noun != "database" || len(line.Pupils) != 2 || line.Count != 2 {
			t.Errorf("the journal has %+v", line)
		}
		var text bytes.Buffer
		if err := snapshot.Encode(&text); err != nil {
			t.Fatal(err)
		}
		for _, word := range append([]string{canary, "Kestrel"}, canaries[1:]...) { // an estate may be called anything
			if strings.Contains(text.String(), word) {
				t.Errorf("the snapshot has %q", word)
			}
		}
		if later := made(o.ExportSnapshot(o.chief, o.day+100))(t); len(later.Placements) != 0 || later.AsOf != o.day+100 {
			t.Errorf("after the end there are %d placements", len(later.Placements))
		}
		_, err := o.ExportSnapshot(o.as("auditor", panel.Grant{Role: panel.RoleAuditor}), 0)
		refused(t, "an auditor", err, panel.Forbidden)
	})
}
