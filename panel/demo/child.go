package demo

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"example.org/backontrack/matching"
	"example.org/backontrack/matching/calendar"
	"example.org/backontrack/panel/form"
)

// A child is a pupil of the snapshot with what a form asks besides. All of it is made
// from the pupil's number, and so is the same each time.
type child struct {
	n                 int
	facts             matching.Pupil
	surname, forename string
	born              calendar.Date
	upn               string
	postcode          string
	address           string
}

func newChild(facts matching.Pupil) child {
	n, _ := strconv.Atoi(strings.TrimPrefix(string(facts.ID), "p"))
	c := child{n: n, facts: facts, upn: upn(n)}
	c.surname, c.forename = name(facts.ID, n, facts.Sex)
	// A pupil of Year 9 was thirteen on the last day of August before the school year.
	c.born = calendar.NewDate(2021-facts.Year, time.September, 1) + calendar.Date(n*53%365)
	if len(facts.Areas) > 0 {
		c.postcode = outcodeOf(facts.Areas[0]) + " " + strconv.Itoa(1+n%8) + inward(n)
	}
	c.address = fmt.Sprintf("%d %s\nThornmere", 3+n*11%90, streets[n%len(streets)])
	return c
}

var streets = []string{"Withy Lane", "Tannery Row", "Cooper's Yard", "Long Acre", "Sallow Walk", "Fuller's Rise"}

// inward is the last two letters of a postcode.
func inward(n int) string {
	const letters = "ABDEFGHJLNPQRSTUWXYZ"
	return string(letters[n%20]) + string(letters[n/20%20])
}

// upn is a number of the right form in an authority that there is not, so that it is no
// real child's.
func upn(n int) string {
	digits := fmt.Sprintf("%s4%03d15%03d", authorityCode, 100+n%17, n)
	for _, letter := range "ABCDEFGHJKLMNPQRTUVWXYZ" {
		if u, err := form.ParseUPN(string(letter) + digits); err == nil {
			return string(u)
		}
	}
	return "" // one of the 23 letters always fits
}

// pick chooses from a list by the child and a number that tells one question from another.
func (c *child) pick(salt int, from ...string) string {
	return from[(c.n*31+salt*17+c.n*c.n*salt)%len(from)]
}

// between is a number from low to high, by the child and a number that tells one question from another.
func (c *child) between(salt, low, high int) int {
	return low + (c.n*37+salt*29+c.n*c.n*salt)%(high-low+1)
}

func (c *child) has(trait string) bool { return slices.Contains(c.facts.Traits, trait) }

// lacks tells whether nobody knows a fact of the child.
func (c *child) lacks(fact matching.Fact) bool { return slices.Contains(c.facts.Unknown, fact) }

// keyStage4 tells whether the child works towards exams.
func (c *child) keyStage4() bool { return c.facts.Year == 10 || c.facts.Year == 11 }
