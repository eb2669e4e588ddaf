package solve

import (
	"context"
	"encoding/gob"
	"os"
	"testing"
	"time"
)

func TestSolve(t *testing.T) {
	f, err := os.Open(os.Getenv("GOB"))
	if err != nil {
		t.Skip()
	}
	p := new(Problem)
	if err := gob.NewDecoder(f).Decode(p); err != nil {
		t.Fatal(err)
	}
	t0 := time.Now()
	d, _ := time.ParseDuration(os.Getenv("TIME"))
	ctx, cancel := context.WithTimeout(context.Background(), d)
	defer cancel()
	r, err := Solve(ctx, p, Options{Progress: func(p Progress) { t.Logf("%v %+v", time.Since(t0), p) }})
	t.Log(time.Since(t0), r.Value, r.Bound, r.Nodes, r.Iterations, err)
}
