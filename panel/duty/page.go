package duty

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"example.org/backontrack/matching/calendar"
)

// Markdown is the part of docs/reference/duties.md that comes from the code: the
// settings with their sources, the deadlines, the reviews and who has which.
func Markdown() string {
	var b strings.Builder
	writeSettings(&b, Defaults())
	b.WriteString("\n## Deadlines\n\n| code | whose | setting | due |\n|---|---|---|---|\n")
	for _, r := range rows {
		fmt.Fprintf(&b, "| `%s` | %s | `%s` | %s |\n", r.code, r.who, r.key, r.due)
	}
	b.WriteString("\n## Reviews\n\n| kind | held by | setting | due |\n|---|---|---|---|\n")
	for _, k := range kinds {
		fmt.Fprintf(&b, "| `%s` | %s | `%s` | %s |\n", k.kind, k.who, k.key, k.due)
	}
	writeCadences(&b)
	return b.String()
}

func writeSettings(b *strings.Builder, settings Settings) {
	b.WriteString("## Settings\n\n| rule | key | value | in force | what it is | status | source |\n|---|---|---|---|---|---|---|\n")
	for _, d := range catalogue {
		for _, s := range settings.History(d.Key) {
			fmt.Fprintf(b, "| %s | `%s` | %d %s | %s | %s | %s | %s |\n",
				d.Rule, d.Key, s.Value, counted(s.Value, s.Unit), inForce(s.From, s.To), d.Means, s.Status, s.Source)
		}
	}
}

// counted is a unit as it stands after a number: "1 week", "4 sessions a week".
func counted(n int, u Unit) string {
	noun, per, _ := strings.Cut(string(u), " a ")
	if n == 1 && u != People {
		noun = strings.TrimSuffix(noun, "s")
	}
	if per != "" {
		return noun + " a " + per
	}
	return noun
}

func inForce(from, to calendar.Date) string {
	switch {
	case from == Always && to == Open:
		return "always"
	case to == Open:
		return "from " + from.String()
	case from == Always:
		return "until " + to.String()
	default:
		return from.String() + " to " + to.String()
	}
}

// writeCadences has a row for each group of routes that are reviewed in the same way.
func writeCadences(b *strings.Builder) {
	b.WriteString("\n## Which stays have which\n\n" +
		"| routes | tier | meetings with parents | weekly | panel | half-termly | final | return | follow-up |\n" +
		"|---|---|---|---|---|---|---|---|---|\n")
	for _, tier := range Tiers() {
		for _, group := range alike(tier) {
			c := CadenceOf(group.routes[0], tier)
			fmt.Fprintf(b, "| %s | `%s` | %s |\n", group.names(), tier, strings.Join([]string{
				tick(c.Meetings), tick(c.Weekly), tick(c.Panel), tick(c.HalfTermly), tick(c.Final), tick(c.Return), tick(c.FollowUp),
			}, " | "))
		}
	}
}

// routesAlike are routes with one cadence.
type routesAlike struct {
	cadence Cadence
	routes  []Route
	others  bool // the largest group of its tier: "all others"
}

// alike groups the routes of a tier, the largest group last.
func alike(tier Tier) []routesAlike {
	var groups []routesAlike
	for _, route := range Routes() {
		c := CadenceOf(route, tier)
		i := slices.IndexFunc(groups, func(g routesAlike) bool { return g.cadence == c })
		if i < 0 {
			i = len(groups)
			groups = append(groups, routesAlike{cadence: c})
		}
		groups[i].routes = append(groups[i].routes, route)
	}
	slices.SortStableFunc(groups, func(a, b routesAlike) int { return cmp.Compare(len(a.routes), len(b.routes)) })
	groups[len(groups)-1].others = true
	return groups
}

func (g routesAlike) names() string {
	if g.others {
		return "all others"
	}
	names := make([]string, len(g.routes))
	for i, route := range g.routes {
		names[i] = "`" + string(route) + "`"
	}
	return strings.Join(names, ", ")
}

func tick(yes bool) string {
	if yes {
		return "yes"
	}
	return "–"
}
