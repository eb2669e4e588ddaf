package panel_test

import (
	"context"
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"example.org/backontrack/matching"
	"example.org/backontrack/panel"
)

func (h *hall) evidence(d panel.Digest) (b []byte) {
	h.t.Helper()
	if err := h.store.View(h.t.Context(), func(tx panel.Tx) (err error) { b, err = tx.Evidence().Get(d); return err }); err != nil {
		h.t.Fatal(err)
	}
	return b
}

func (h *hall) job(id panel.JobID) (j panel.Job) {
	h.t.Helper()
	if err := h.store.View(h.t.Context(), func(tx panel.Tx) (err error) { j, err = tx.Jobs().Get(id); return err }); err != nil {
		h.t.Fatal(err)
	}
	return j
}

// TestPlan_isKeptWithWhatItWasMadeFrom: the job is done, and snapshot and result are
// among the evidence; nothing is decided.
func TestPlan_isKeptWithWhatItWasMadeFrom(t *testing.T) {
	t.Parallel()
	eachHall(t, one(4, 2, 1), func(t *testing.T, h *hall) {
		h.place(3, 0)
		before := h.kept()
		got := made(h.Service.Plan(h.as(listening), h.Meetings[0], panel.PlanInput{}))(t)
		if diff := cmp.Diff(before, h.kept()); diff != "" {
			t.Errorf("a plan decides (-before +after)\n%s", diff)
		}
		job := h.job(got.Job.ID)
		if diff := cmp.Diff(got.Job, job); diff != "" {
			t.Errorf("the job (-returned +stored)\n%s", diff)
		}
		if job.State != panel.Done || job.Kind != "plan" || job.By != listening || job.Meeting != h.Meetings[0] || job.Error != "" || job.Best != got.Plan.Objective {
			t.Errorf("the job is %+v", job)
		}
		var kept matching.Plan
		if err := json.Unmarshal(h.evidence(job.Result), &kept); err != nil || kept.Objective != got.Plan.Objective || len(kept.Assignments) != len(got.Plan.Assignments) {
			t.Errorf("the result that is kept: %+v, %v", kept, err)
		}
		snapshot, err := matching.Read(strings.NewReader(string(h.evidence(job.Snapshot))))
		if err != nil || len(snapshot.Referrals) != 3 || len(snapshot.Placements) != 1 {
			t.Errorf("the snapshot that is kept: %+v, %v", snapshot, err)
		}
		if len(got.Plan.Assignments) < 1 {
			t.Errorf("it places %+v", got.Plan.Assignments)
		}
	})
}

// TestPlan_keepsTheBestSoFar: whoever goes away leaves a plan that can be used, which
// says that it was stopped.
func TestPlan_keepsTheBestSoFar(t *testing.T) {
	t.Parallel()
	eachHall(t, one(6, 3, 2), func(t *testing.T, h *hall) {
		ctx, cancel := context.WithCancel(h.chair())
		defer cancel()
		got, err := h.Service.Plan(ctx, h.Meetings[0], panel.PlanInput{Progress: func(matching.Progress) { cancel() }})
		if err != nil {
			t.Fatal(err)
		}
		if ctx.Err() == nil {
			t.Fatal("the plan told of no progress, so that nothing was stopped")
		}
		job := h.job(got.Job.ID)
		if job.State != panel.Stopped || job.Result == "" || job.Ended.IsZero() || got.Plan == nil {
			t.Errorf("the job is %+v", job)
		}
		for _, p := range got.Plan.Assignments {
			in := h.placing(0, 0)
			in.Referral, in.Stays = p.Referral, p.Stays
			made(h.Service.Decide(h.chair(), in))(t)
		}
		h.sound()
	})
}

func TestPlan_refusals(t *testing.T) {
	t.Parallel()
	plot := one(1, 1, 1)
	plot.Panels = 2
	eachHall(t, plot, func(t *testing.T, h *hall) {
		for _, test := range []struct {
			who     panel.PersonID
			meeting panel.MeetingID
			want    panel.Kind
		}{
			{h.Chairs[1], h.Meetings[0], panel.NotFound}, {providing, h.Meetings[0], panel.Forbidden}, {h.Chairs[0], "none", panel.NotFound},
		} {
			_, err := h.Service.Plan(h.as(test.who), test.meeting, panel.PlanInput{})
			refused(t, string(test.who), err, test.want)
		}
	})
}
