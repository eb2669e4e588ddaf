package report

import (
	"bytes"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"example.org/backontrack/cmd/panel/internal/screen"
	"example.org/backontrack/matching"
	"example.org/backontrack/panel/demo"
)

var figures = regexp.MustCompile(`^    ([a-z][a-z ]*?)  +(?:[█▉▊▋▌▍▎▏·]+ +)?([+-]?\d+|–)(?: of (\d+))?`)

func demoEngine(t *testing.T) *matching.Engine {
	t.Helper()
	s, err := matching.Read(bytes.NewReader(demo.Authority()))
	if err != nil {
		t.Fatal(err)
	}
	e, err := matching.New(s)
	if err != nil {
		t.Fatal(err)
	}
	return e
}

// Every ledger that is shown adds up, as a reader would add it.
func TestLedger_addsUp(t *testing.T) {
	t.Parallel()
	e := demoEngine(t)
	seen := 0
	for _, r := range e.Snapshot().Referrals {
		k, err := e.Rank(r.ID)
		if err != nil {
			t.Fatal(err)
		}
		for i := range k.Ranking {
			seen++
			addsUp(t, e, &k.Ranking[i])
		}
	}
	if seen == 0 {
		t.Fatal("nothing was looked at")
	}
}

func addsUp(t *testing.T, e *matching.Engine, o *matching.Option) {
	t.Helper()
	var b bytes.Buffer
	r := New(screen.New(&b), e)
	r.Ledger(o)
	if err := r.Flush(); err != nil {
		t.Fatal(err)
	}
	sum, most, total := 0, 0, 0
	for line := range strings.SplitSeq(b.String(), "\n") {
		m := figures.FindStringSubmatch(line)
		if m == nil {
			continue
		}
		n, _ := strconv.Atoi(m[2]) // a dash is 0
		full, _ := strconv.Atoi(m[3])
		switch m[1] {
		case "score":
			if sum != n || most != full {
				t.Errorf("the rows come to %d of %d, the score says %d of %d:\n%s", sum, most, n, full, b.String())
			}
			total = n
		case "late start", "composition":
			total += n
		case "total":
			if total != n || n != o.Total {
				t.Errorf("the sums come to %d, the total says %d, and is %d:\n%s", total, n, o.Total, b.String())
			}
			return
		default:
			sum, most = sum+n, most+full
		}
	}
	t.Errorf("no total:\n%s", b.String())
}

// A score that another tool brings has a scale of its own.
func TestLedger_given(t *testing.T) {
	t.Parallel()
	e := demoEngine(t)
	var b bytes.Buffer
	r := New(screen.New(&b), e)
	r.Ledger(&matching.Option{
		Referral: "r01", Stays: []matching.Stay{{Group: "nest"}}, Score: 5000, ScoreLow: 5000, ScoreHigh: 5000, Total: 5000,
		Contributions: []matching.Contribution{{Criterion: matching.CodeGiven, Weight: 1, Value: 5000, Points: 5000}},
	})
	if err := r.Flush(); err != nil {
		t.Fatal(err)
	}
	if strings.Contains(b.String(), " of ") || !strings.Contains(b.String(), "score                              5000") {
		t.Errorf("got:\n%s", b.String())
	}
}
