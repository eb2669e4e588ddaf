package docs_test

import (
	"cmp"
	"flag"
	"fmt"
	"go/ast"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write docs/reference/requirements.md")

// built is the last part that is built. Whoever builds the next one raises it, and
// from then on each of its rows needs a test.
const built = 3

var parts = []string{1: "the matching library", 2: "the joint plan", 3: "the panel", 4: "the API", 5: "the pages"}

type requirement struct {
	id    string
	part  int // that first serves it
	asked string
}

// requirements are the rows, in the order of the page.
var requirements = []requirement{
	{"R1", 1, "Never more pupils in a group at any session on any date than it has places"},
	{"R2", 1, "Adults suffice at every session; each pupil uses a share by level of need, and short staffing means fewer places"},
	{"R3", 1, "An extra adult for one-to-one work, where it is agreed and funded"},
	{"R4", 1, "Pupils from rival areas are not on the same site at the same time"},
	{"R5", 1, "Pupils from the same care home are not in the same group"},
	{"R6", 1, "Anxious school refusers do not attend at the same time and place as aggressive pupils"},
	{"R7", 1, "Pupils with a known history between them are kept apart by name"},
	{"R8", 1, "Separation works by time and by space: pupils may share a provision if they never meet"},
	{"R9", 1, "A deliberate, planned exception to R4 is possible"},
	{"R10", 1, "Not too many pupils with the highest needs in one group"},
	{"R11", 1, "A newcomer may be required to work apart from the group for a first period"},
	{"R12", 1, "A provision's own criteria are obeyed"},
	{"R13", 1, "The pupil is already somewhere at some sessions: a pattern may not clash"},
	{"S1", 1, "Fit of needs with what the provision is equipped for"},
	{"S2", 1, "The pupil's interests and aims, the family's wishes, the provision they chose"},
	{"S3", 1, "Continuity of subjects, and accreditation that leads somewhere"},
	{"S4", 1, "The journey"},
	{"S5", 1, "Not the only girl, or the only boy; friends together"},
	{"S6", 1, "Earlier starts score higher, statutory deadlines most"},
	{"S7", 1, "Share the load among providers"},
	{"S8", 1, "Return to the home school kept alive; time-limited means time-limited"},
	{"S9", 1, "Room to spare in adults and places"},
	{"S10", 4, "What similar pupils achieved there before, honestly"},
	{"Y1", 1, "Stevenage: Key Stage 3, fixed term, off-site, dual registered; Key Stage 4 for longer"},
	{"Y2", 1, "North Yorkshire: a designated worker per pupil, beside whatever else the week holds"},
	{"Y3", 1, "WPES: moves of 1–3 days between centres; respite as a block or as key days"},
	{"Y4", 1, "Nottingham: one pupil, a package of groups of several providers in one week"},
	{"Y5", 1, "Coventry: three commissioned providers, full-time Year 11"},
	{"Y6", 1, "Rotherham: partnerships with centres, full or part time; a unit for young mothers"},
	{"Y7", 1, "Herefordshire: 14 school-based centres, each with its own focus and staffing"},
	{"Y8", 1, "Oxfordshire: a 20-day course with set start dates; two days a week for eight weeks, Year 9 only"},
	{"Y9", 1, "Darlington: small groups on two craft sites"},
	{"Y10", 1, "Knowsley: three days in seven-week cycles; 22 weeks roll on roll off, ages 16–19"},
	{"Y11", 1, "Wakefield: two days themed study, two work-related, one of sport and core subjects"},
	{"Y12", 1, "Westminster: ages 11–16, hard to place, education with therapy"},
	{"Y13", 1, "Liverpool: two to four days a week, ages 14–16; a girls-only Year 9 group"},
	{"Y14", 1, "Haringey: an assessment area for the first week; primary and secondary centres"},
	{"Y15", 1, "Pan-London: placements across borders of authorities"},
	{"D1", 3, "The referral form in full"},
	{"D2", 1, "Referral information is graded, never trusted blindly: what is not known is never silently \"no\""},
	{"D3", 1, "What is missing is listed, and does not stop the ranking"},
	{"D4", 3, "Documents that must reach the centre before the start"},
	{"D5", 3, "Assessment instruments as baselines"},
	{"D6", 1, "Circumstances, several at once"},
	{"D7", 1, "Several referral routes and reasons"},
	{"D8", 1, "A provision states its criteria, format, curriculum, equipment, places, staff, sites and zones"},
	{"W1", 3, "One referral pathway: one panel that sees all provisions"},
	{"W2", 3, "The panel is multi-agency"},
	{"W3", 3, "The panel decides, and records why, above all when it departs from the ranking"},
	{"W4", 3, "The provision accepts or declines; the young person visits and has a say"},
	{"W5", 3, "Reviews after the start, and a final one before return"},
	{"W6", 2, "Re-direction within a provision to improve composition"},
	{"W7", 3, "Return: meeting, strategy sheet, restorative meeting, follow-up"},
	{"W8", 3, "Work from the home school is agreed before the start"},
	{"W9", 3, "A programme workbook, light or full by length"},
	{"W10", 3, "A provider's terms, agreed before the referral"},
	{"M1", 4, "Attendance and punctuality, monthly"},
	{"M2", 4, "Termly: attainment, incidents, engagement"},
	{"M3", 4, "Distance travelled from baseline to endpoint"},
	{"M4", 4, "Cohort figures like those published"},
	{"M5", 3, "Timescales kept"},
	{"M6", 3, "Destinations"},
	{"M7", 3, "Placements that broke down, with the reason"},
	{"M8", 4, "Quality and value of provision"},
}

// carried finds the ids in a test's name: TestR4_rivalsApart, TestR5_R7_careHomeFight.
var carried = regexp.MustCompile(`^Test((?:[A-Z][0-9]+_)+)[a-z]`)

// carriers are the tests of the module by the ids that they carry, each a link to
// its file.
func carriers(t *testing.T) map[string][]string {
	t.Helper()
	tests := map[string][]string{}
	for _, s := range sources(t) {
		if !s.test {
			continue
		}
		for _, decl := range s.file.Decls {
			f, ok := decl.(*ast.FuncDecl)
			if !ok || f.Recv != nil {
				continue
			}
			if found := carried.FindStringSubmatch(f.Name.Name); found != nil {
				for id := range strings.SplitSeq(strings.TrimSuffix(found[1], "_"), "_") {
					tests[id] = append(tests[id], fmt.Sprintf("[%s](../../%s)", f.Name.Name, s.path))
				}
			}
		}
	}
	for id := range tests {
		slices.Sort(tests[id])
	}
	return tests
}

func TestRequirementsCarried(t *testing.T) {
	t.Parallel()
	tests := carriers(t)
	for _, r := range requirements {
		if r.part <= built && len(tests[r.id]) == 0 {
			t.Errorf("%s (%s) has no test: name one Test%s_…", r.id, r.asked, r.id)
		}
		delete(tests, r.id)
	}
	for _, id := range slices.Sorted(maps.Keys(tests)) {
		t.Errorf("there is no requirement %s: %s", id, strings.Join(tests[id], ", "))
	}
}

func TestRequirementsPage(t *testing.T) {
	t.Parallel()
	const page = "docs/reference/requirements.md"
	want := requirementsPage(carriers(t))
	if *update {
		if err := os.WriteFile(filepath.Join(root, filepath.FromSlash(page)), []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if read(t, page) != want {
		t.Errorf("%s is not what the tests say; write it again with: go generate ./docs", page)
	}
}

func requirementsPage(tests map[string][]string) string {
	var b strings.Builder
	b.WriteString("# Requirements and their tests\n\n" +
		"Written by `go generate ./docs` from the names of the tests; don't edit. `R` is a hard rule, `S` a score, `Y` a\n" +
		"system that must be expressible, `D` data, `W` a step of the workflow, `M` monitoring. A test carries the ids that its\n" +
		"name begins with (`TestR4_rivalsApart`). Rows of later parts are listed with the part that first serves them.\n\n" +
		"| id | requirement | tests |\n|---|---|---|\n")
	for _, r := range requirements {
		none := "**none**"
		if r.part > built {
			none = "later: " + parts[r.part]
		}
		fmt.Fprintf(&b, "| %s | %s | %s |\n", r.id, r.asked, cmp.Or(strings.Join(tests[r.id], "<br>"), none))
	}
	return b.String()
}
