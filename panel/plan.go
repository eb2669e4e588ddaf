package panel

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"slices"

	"example.org/backontrack/matching"
	"example.org/backontrack/panel/audit"
)

// PlanInput is what a joint plan of an agenda goes by.
type PlanInput struct {
	Effort   int // a count of work, which makes the answer the same on any machine; 0: no bound but the context's
	Moves    int // standing placements that may be re-seated within their provision
	Progress func(matching.Progress)
}

// A PlanResult is a job with the plan that came of it.
type PlanResult struct {
	Job  Job
	Plan *matching.Plan
}

// Plan plans the agenda of a meeting as one: every referral that is not decided yet, the
// tentative choices counted as if they were. The plan decides nothing; it is kept among
// the evidence, with its snapshot. When the context ends, the best plan so far is kept.
// What is returned is without the referrals in which the caller has an interest.
func (s *Service) Plan(ctx context.Context, meeting MeetingID, in PlanInput) (PlanResult, error) {
	b := &planning{s: s, meeting: meeting, in: in}
	job, err := do(ctx, s, NounMeeting, VerbPlan, b.begin)
	if err != nil {
		return PlanResult{}, err
	}
	after := context.WithoutCancel(ctx) // what was found is kept, also when the caller has gone
	plan, err := b.run(ctx)
	if err != nil {
		_, keeping := do(after, s, NounMeeting, VerbPlan, func(w *work) (Job, error) { return w.endJob(job.ID, VerbFail, nil, err) })
		return PlanResult{}, errors.Join(err, keeping)
	}
	verb := VerbFinish
	if ctx.Err() != nil {
		verb = VerbStop
	}
	return do(after, s, NounMeeting, VerbPlan, func(w *work) (PlanResult, error) {
		ended, err := w.endJob(job.ID, verb, plan, nil)
		if err != nil {
			return PlanResult{}, err
		}
		seen, err := w.seenOf(plan, meeting)
		return PlanResult{ended, seen}, err
	})
}

// planning is a joint plan under way.
type planning struct {
	s        *Service
	meeting  MeetingID
	in       PlanInput
	snapshot *matching.Snapshot
}

// begin makes the snapshot and the job.
func (b *planning) begin(w *work) (Job, error) {
	m, err := w.Meetings().Get(b.meeting)
	if err != nil {
		return Job{}, w.away(err)
	}
	if err := w.may(about{meeting: &m}); err != nil {
		return Job{}, err
	}
	policy, err := w.policyOf(&m, m.Date)
	if err != nil {
		return Job{}, err
	}
	brief := brief{day: m.Date, horizon: max(m.Horizon, m.Date), policy: policy}
	if m.Horizon == 0 {
		brief.horizon = horizon(m.Date)
	}
	if brief.leaning, err = gather(w.Tentatives().List(Is(ByMeeting, m.ID))); err != nil {
		return Job{}, err
	}
	var pupils []Pseudonym
	for _, id := range m.Agenda {
		r, err := w.Referrals().Get(id)
		if err != nil {
			return Job{}, err
		}
		settled := slices.ContainsFunc(brief.leaning, func(t Tentative) bool { return t.Referral == id })
		if r.State != OnAgenda || settled {
			continue
		}
		pupil, err := livingRecord(w.Tx, r.Pupil)
		if err != nil {
			return Job{}, err
		}
		brief.open, pupils = append(brief.open, r), append(pupils, pupil.Pseudonym)
	}
	if b.snapshot, err = bridge(w.Tx, brief); err != nil {
		return Job{}, err
	}
	bytes, err := encoded(b.snapshot)
	if err != nil {
		return Job{}, err
	}
	job := Job{ID: JobID(w.id()), Kind: "plan", Meeting: m.ID, By: w.person.ID, State: Running, Created: w.Now()}
	if job.Snapshot, err = w.Evidence().Add(bytes); err != nil {
		return Job{}, err
	}
	w.note(VerbPlan, NounMeeting, string(m.ID), pupils, audit.Pair{Key: "job", Value: string(job.ID)})
	return job, w.Jobs().Add(&job)
}

func (b *planning) run(ctx context.Context) (*matching.Plan, error) {
	e, err := engine(b.snapshot)
	if err != nil {
		return nil, err
	}
	return e.Plan(ctx, matching.PlanOptions{Effort: b.in.Effort, Moves: b.in.Moves, Progress: b.in.Progress})
}

// endJob writes down how a job ended.
func (w *work) endJob(id JobID, verb Verb, plan *matching.Plan, failed error) (Job, error) {
	job, err := w.Jobs().Get(id)
	if err != nil {
		return job, err
	}
	if job.State, err = step(NounJob, job.State, verb); err != nil {
		return job, err
	}
	job.Ended, job.Error = w.Now(), string(KindOf(failed))
	if plan != nil {
		var b bytes.Buffer
		if err := json.NewEncoder(&b).Encode(plan); err != nil {
			return job, err
		}
		if job.Result, err = w.Evidence().Add(b.Bytes()); err != nil {
			return job, err
		}
		job.Best, job.Bound = plan.Objective, plan.Bound
	}
	w.note(VerbPlan, NounMeeting, string(job.Meeting), nil, audit.Pair{Key: "job", Value: string(job.ID)}, audit.Pair{Key: "state", Value: string(job.State)})
	return job, w.Jobs().Put(&job)
}
