package main

import (
	"example.org/backontrack/cmd/panel/internal/report"
	"example.org/backontrack/matching"
)

// A rankAnswer is what panel rank --json writes for a referral.
type rankAnswer struct {
	Referral  matching.ReferralID `json:"referral"`
	Ranking   []matching.Option   `json:"ranking"`
	Rejected  []matching.Option   `json:"rejected"`
	Firmness  matching.Firmness   `json:"firmness"`
	Questions []matching.Question `json:"questions"`
}

// askReferral ranks the groups for a referral.
func (p *program) askReferral(e *matching.Engine, f *rankFlags) (*answer, error) {
	k, err := e.Rank(matching.ReferralID(f.referral))
	if err != nil {
		return nil, err
	}
	questions, err := e.Questions(k.Referral)
	if err != nil {
		return nil, err
	}
	a := &rankAnswer{k.Referral, k.Ranking, k.Rejected, k.Firmness(), questions}
	if f.asJSON {
		if err := p.unlockAll(e, k.Rejected); err != nil {
			return nil, err
		}
	}
	return &answer{a, func(r *report.Report) error { return a.write(r, k, f.detail(e), f) }}, nil
}

// unlockAll adds to each refused option what would unlock it.
func (p *program) unlockAll(e *matching.Engine, refused []matching.Option) (err error) {
	progress := newProgress(p.stderr, "unlocking refused options")
	defer progress.end()
	for i := range refused {
		if refused[i].Unlock, err = e.Unlocks(&refused[i]); err != nil {
			return err
		}
		progress.at(i+1, len(refused))
	}
	return nil
}

func (a *rankAnswer) write(r *report.Report, k *matching.Ranking, d report.Detail, f *rankFlags) error {
	r.Referral(a.Referral)
	r.Blank()
	r.Summary(k)
	top := f.shown(len(a.Ranking))
	if len(a.Ranking) > 0 {
		r.Blank()
		r.Ranking(a.Ranking, top)
	}
	r.Ledgers(a.Ranking, f.explain)
	r.Firmness(&a.Firmness)
	r.Questions(a.Questions, f.shown(len(a.Questions)))
	return r.Refusals(k, d)
}

// shown is how many of a list to show.
func (f *rankFlags) shown(all int) int {
	if f.all {
		return all
	}
	return f.top
}

// detail is how much of the refusals is asked for.
func (f *rankFlags) detail(e *matching.Engine) report.Detail {
	d := report.Detail{Few: 4, All: f.all}
	if f.unlock {
		d.Unlock = func(o *matching.Option) (err error) {
			o.Unlock, err = e.Unlocks(o)
			return err
		}
	}
	return d
}
