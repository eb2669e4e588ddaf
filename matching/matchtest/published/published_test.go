package published_test

import (
	"bytes"
	"errors"
	"io"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"example.org/backontrack/matching"
	"example.org/backontrack/matching/matchtest/published"
)

// Two agents and three jobs: costs, uses, what the agents have.
const smallGAP = "2 3\n4 6 5\n7 2 9\n1 2 3\n3 2 1\n4 5\n"

func TestGAP(t *testing.T) {
	t.Parallel()
	s := mustRead(t, smallGAP, published.GAP)
	if len(s.Groups) != 2 || len(s.Referrals) != 3 || s.Groups[1].Adults[0] != 5 {
		t.Errorf("%d groups, the second with %v, and %d referrals", len(s.Groups), s.Groups[1].Adults, len(s.Referrals))
	}
	given := s.Referrals[2].Given["g1"]
	if given.Score != 1 || *given.AdultDemand != 1 {
		t.Errorf("the dearest job scores %d and uses %d, want 1 and 1", given.Score, *given.AdultDemand)
	}
	if bonus := s.Policy.PriorityBonus["routine"]; bonus != 10*4 {
		t.Errorf("bonus %d, want 40", bonus)
	}
	if _, err := matching.New(s); err != nil {
		t.Error(err)
	}
}

func TestCost(t *testing.T) {
	t.Parallel()
	s := mustRead(t, smallGAP, published.GAP)
	// Jobs 0 and 2 to agent 0 for 4 + 5, job 1 to agent 1 for 2.
	objective := 3 * 40
	for _, at := range []struct {
		referral int
		group    matching.GroupID
	}{{0, "g0"}, {1, "g1"}, {2, "g0"}} {
		objective += s.Referrals[at.referral].Given[at.group].Score
	}
	if cost, ok := published.Cost(s, objective); cost != 11 || !ok {
		t.Errorf("cost %d, %v, want 11, true", cost, ok)
	}
	if _, ok := published.Cost(s, 2*40+9+9); ok {
		t.Error("with two of three jobs placed there is a cost")
	}
}

func TestBPPC(t *testing.T) {
	t.Parallel()
	s := mustRead(t, "3 10\n1 6 2\n2 4 1 3\n3 5\n", func(r io.Reader) (*matching.Snapshot, error) { return published.BPPC(r, 2) })
	if len(s.Groups) != 2 || len(s.Referrals) != 3 || len(s.KeepApart) != 2 {
		t.Errorf("%d groups, %d referrals, %d pairs, want 2, 3 and 2: a pair that both sides name is one",
			len(s.Groups), len(s.Referrals), len(s.KeepApart))
	}
	if _, err := matching.New(s); err != nil {
		t.Error(err)
	}
}

const smallPanel = `{"format": "ap-panel-1", "unit": 40, "sites": 1,
	"groups": [{"site": 0, "places": 2, "staff": [40,40,40,40,40,40,40,40,40,40], "patterns": [3, 1]}],
	"people": [{"area": 1, "home": -1, "tag": 1, "girl": 1, "demand": 20}, {"area": 2, "home": 3, "tag": 2, "girl": 0, "demand": 5}],
	"occupants": [[1, 0, 4]], "options": [[[0, 1, 700]]], "rivals": [[1, 2]], "pairs": [[0, 1, 0]], "friends": [[0, 1, 50]]}`

func TestPanel(t *testing.T) {
	t.Parallel()
	core, soft := mustRead(t, smallPanel, published.Panel), mustRead(t, smallPanel, published.SoftPanel)
	if got := core.Groups[0].Patterns; len(got) != 3 || got[2].ID != "m4" {
		t.Errorf("patterns %v, want the occupant's too", got)
	}
	if got := core.Referrals[0].Given["g0"].Patterns; len(got) != 1 || got["m1"] != 700 {
		t.Errorf("given %v, want 700 for the second pattern", got)
	}
	if core.Pupils[0].Friends != nil || core.Policy.Composition != (matching.CompositionPolicy{}) {
		t.Error("the core prices who is with whom")
	}
	if !slices.Equal(soft.Pupils[0].Friends, []matching.PupilID{"p1"}) || soft.Policy.Composition != (matching.CompositionPolicy{Friend: 40, Alone: 120}) {
		t.Errorf("soft: friends %v, composition %v", soft.Pupils[0].Friends, soft.Policy.Composition)
	}
	for _, s := range []*matching.Snapshot{core, soft} {
		if _, err := matching.New(s); err != nil {
			t.Error(err)
		}
	}
}

func TestPanel_ofSnapshot(t *testing.T) {
	t.Parallel()
	core := mustRead(t, smallPanel, published.Panel)
	var text bytes.Buffer
	if err := core.Encode(&text); err != nil {
		t.Fatal(err)
	}
	again := mustRead(t, text.String(), published.Panel)
	if hashOf(t, again) != hashOf(t, core) {
		t.Error("reading its snapshot gives another")
	}
	if _, err := published.SoftPanel(&text); !errors.Is(err, published.ErrNoFriends) {
		t.Errorf("soft: %v, want ErrNoFriends", err)
	}
}

func TestFaults(t *testing.T) {
	t.Parallel()
	packing := func(bins int) func(io.Reader) (*matching.Snapshot, error) {
		return func(r io.Reader) (*matching.Snapshot, error) { return published.BPPC(r, bins) }
	}
	for name, c := range map[string]struct {
		text string
		read func(io.Reader) (*matching.Snapshot, error)
		want string
	}{
		"no jobs":           {"2 0", published.GAP, "each at least 1"},
		"too few numbers":   {"2 3\n4 6 5", published.GAP, "numbers after the first two, found 3"},
		"huge":              {"4611686018427387904 4 1 1", published.GAP, "found 2"},
		"no number":         {"2 x", published.GAP, "number 2 of the file"},
		"no bins":           {"3 10\n1 6", packing(0), "at least 1 bin"},
		"an item alone":     {"3 10\n1", packing(1), "line 2: expected two numbers"},
		"no JSON":           {"2 3", published.Panel, "read panel instance"},
		"another format":    {`{"format": "x"}`, published.Panel, "expected the format ap-panel-1"},
		"no unit":           {`{"format": "ap-panel-1"}`, published.Panel, "/unit"},
		"no such person":    {strings.Replace(smallPanel, "[1, 0, 4]", "[2, 0, 4]", 1), published.Panel, "/occupants/0"},
		"no such pattern":   {strings.Replace(smallPanel, "[0, 1, 700]", "[0, 2, 700]", 1), published.Panel, "/options/0/0"},
		"no such scope":     {strings.Replace(smallPanel, "[0, 1, 0]", "[0, 1, 2]", 1), published.Panel, "/pairs/0"},
		"no such friend":    {strings.Replace(smallPanel, "[0, 1, 50]", "[0, -1, 50]", 1), published.SoftPanel, "/friends/0"},
		"too many options":  {strings.Replace(smallPanel, "[[[0, 1, 700]]]", "[[], [], []]", 1), published.Panel, "/options"},
		"a faulty snapshot": {`{"format": "placement-snapshot/1"}`, published.Panel, "/as_of"},
	} {
		if _, err := c.read(strings.NewReader(c.text)); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want something with %q", name, err, c.want)
		}
	}
}

// TestPython compares with the folder's own converter, by the hash of what is said.
func TestPython(t *testing.T) {
	t.Parallel()
	folder := published.Need(t)
	python, err := exec.LookPath("python3")
	if err != nil {
		t.Skip("NOT CHECKED against to_snapshot.py: there is no python3 on the PATH")
	}
	convert := func(args ...string) *matching.Snapshot {
		text, err := exec.CommandContext(t.Context(), python, append([]string{"-B", filepath.Join(folder, "to_snapshot.py")}, args...)...).Output()
		if err != nil {
			t.Fatal(err)
		}
		return mustRead(t, string(text), func(r io.Reader) (*matching.Snapshot, error) { return matching.Read(r) })
	}
	known, err := published.BestKnown()
	if err != nil {
		t.Fatal(err)
	}
	compared := 0
	for _, k := range known {
		if !slices.Contains([]string{"gap1-0", "a20100", "e05100", "d20400", "BPPC_5_5_1", "BPWC_2_7_2"}, k.Name) {
			continue
		}
		got, err := k.Snapshot(k.Best)
		if err != nil {
			t.Fatal(err)
		}
		file, bins := filepath.Join(folder, string(k.Family), k.Name), []string{}
		if k.Family == published.Packing {
			file, bins = file+".txt", []string{strconv.Itoa(k.Best)}
		}
		if want := convert(append([]string{string(k.Family), file}, bins...)...); hashOf(t, got) != hashOf(t, want) {
			t.Errorf("%s: not what to_snapshot.py makes of it", k.Name)
		}
		compared++
	}
	if compared != 6 {
		t.Errorf("%d of 6 instances compared", compared)
	}
	comparePanels(t)
}

// comparePanels makes the folder's snapshots of panels again from generated instances.
func comparePanels(t *testing.T) {
	for _, size := range []string{"S", "So", "M", "Mo"} {
		got := mustRead(t, string(published.Generated(t, size, 1)), published.Panel)
		if hashOf(t, got) != hashOf(t, published.Core(t, size, 1)) {
			t.Errorf("%s-1: not the snapshot of the folder", size)
		}
		soft := published.Soft(t, size, 1)
		if _, err := matching.New(soft); err != nil {
			t.Errorf("%s-1 soft: %v", size, err)
		}
	}
}

func TestBestKnown(t *testing.T) {
	t.Parallel()
	published.Need(t)
	known, err := published.BestKnown()
	if err != nil {
		t.Fatal(err)
	}
	files := map[published.Family]int{}
	for _, k := range known {
		if k.Bound > k.Best || k.Proven && k.Bound != k.Best {
			t.Errorf("%s: best known %d, bound %d, proven %v", k.Name, k.Best, k.Bound, k.Proven)
		}
		if !k.File {
			continue
		}
		files[k.Family]++
		s, err := k.Snapshot(max(k.Best, 1))
		if err != nil {
			t.Errorf("%s: %v", k.Name, err)
			continue
		}
		if _, err := matching.New(s); err != nil || len(s.Referrals) != k.Items || len(s.Groups) != k.Bins {
			t.Errorf("%s: %d referrals and %d groups, want %d and %d; %v", k.Name, len(s.Referrals), len(s.Groups), k.Items, k.Bins, err)
		}
	}
	if files[published.Assignment] != 91 || files[published.Packing] != 6 {
		t.Errorf("instances: %v, want 91 of assignment and 6 of packing", files)
	}
}

func mustRead(t *testing.T, text string, read func(io.Reader) (*matching.Snapshot, error)) *matching.Snapshot {
	t.Helper()
	s, err := read(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func hashOf(t *testing.T, s *matching.Snapshot) string {
	t.Helper()
	hash, err := s.Hash()
	if err != nil {
		t.Fatal(err)
	}
	return hash
}
