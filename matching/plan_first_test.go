package matching_test

import (
	"context"
	"os"
	"testing"

	"example.org/backontrack/matching"
)

func TestPlanDev(t *testing.T) {
	f, err := os.Open(os.Getenv("DEV"))
	if err != nil {
		t.Skip()
	}
	s, err := matching.Read(f)
	if err != nil {
		t.Fatal(err)
	}
	e, err := matching.New(s)
	if err != nil {
		t.Fatal(err)
	}
	p, err := e.Plan(context.Background(), matching.PlanOptions{Progress: func(p matching.Progress) { t.Logf("%+v", p) }})
	if err != nil {
		t.Fatal(err)
	}
	t.Log(p.Status, p.Objective, p.Bound, p.Composition, len(p.Assignments))
}
