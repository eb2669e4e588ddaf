package paneltest

import (
	"errors"
	"strings"

	"example.org/backontrack/panel"
)

// A Sample is one of each noun, filled in every field, that refer to each other as they
// may.
type Sample struct {
	Organisation  panel.Organisation
	Site          panel.Site
	Group         panel.Group
	Change        panel.Change
	Outcode       panel.Outcode
	Person        panel.Person
	Token         panel.Token
	Pupil         panel.Pupil
	Other         panel.Pupil // into whose record Merged goes
	Merged        panel.Pupil
	Policy        panel.Policy
	Activation    panel.Activation
	Year          panel.Year
	Settings      panel.Settings
	Meeting       panel.Meeting
	Referral      panel.Referral
	Document      panel.Document
	Tentative     panel.Tentative
	Ranking       panel.Ranking
	Decision      panel.Decision
	Second        panel.Decision // of the same referral: it extends the placement
	Waiver        panel.Waiver
	Placement     panel.Placement
	Next          panel.Placement // moved from it
	Review        panel.Review
	Ratification  panel.Ratification
	RegisterEntry panel.RegisterEntry
	Job           panel.Job
	Hold          panel.Hold
	Erasure       panel.Erasure

	Snapshot, Answer, Content []byte // of the ranking, and of the document
}

// NewSample makes a sample. Two with different names have no id and nothing unique in
// common.
func NewSample(name string) *Sample {
	s := &Sample{}
	Fill(s)
	s.ids(name)
	s.Pupil.Merged, s.Other.Merged = "", ""
	s.organisations()
	s.people(name)
	s.referral()
	s.meeting()
	s.decision(name)
	s.placement()
	s.records()
	s.versions()
	return s
}

func (s *Sample) ids(name string) {
	s.Organisation.ID, s.Site.ID, s.Group.ID = panel.OrganisationID(name+"-org"), panel.SiteID(name+"-site"), panel.GroupID(name+"-group")
	s.Change.ID, s.Outcode.ID = panel.ChangeID(name+"-change"), panel.OutcodeID(name+"-outcode")
	s.Person.ID, s.Token.ID = panel.PersonID(name+"-person"), panel.TokenID(name+"-token")
	s.Pupil.ID, s.Other.ID, s.Merged.ID = panel.PupilID(name+"-pupil-a"), panel.PupilID(name+"-pupil-b"), panel.PupilID(name+"-pupil-c")
	s.Policy.ID, s.Activation.ID = panel.PolicyID(name+"-policy"), panel.ActivationID(name+"-activation")
	s.Year.ID, s.Settings.ID = panel.YearID(name+"-year"), panel.SettingsID(name+"-settings")
	s.Meeting.ID, s.Referral.ID = panel.MeetingID(name+"-meeting"), panel.ReferralID(name+"-referral")
	s.Document.ID, s.Tentative.ID = panel.DocumentID(name+"-document"), panel.TentativeID(name+"-tentative")
	s.Ranking.ID = panel.Digest(name + "-ranking")
	s.Decision.ID, s.Second.ID = panel.DecisionID(name+"-decision"), panel.DecisionID(name+"-second")
	s.Waiver.ID, s.Placement.ID, s.Next.ID = panel.WaiverID(name+"-waiver"), panel.PlacementID(name+"-placement"), panel.PlacementID(name+"-next")
	s.Review.ID, s.Ratification.ID = panel.ReviewID(name+"-review"), panel.RatificationID(name+"-ratification")
	s.RegisterEntry.ID, s.Job.ID = panel.EntryID(name+"-entry"), panel.JobID(name+"-job")
	s.Hold.ID, s.Erasure.ID = panel.HoldID(name+"-hold"), panel.ErasureID(name+"-erasure")
	s.Organisation.URN, s.Policy.Name = name+"-urn", name
	s.Snapshot, s.Answer = []byte(name+" snapshot"), []byte(name+" answer")
	s.Content = []byte(name + " content")
}

func (s *Sample) organisations() {
	s.Organisation.Kind = panel.Provision
	s.Site.Organisation = s.Organisation.ID
	s.Group.Organisation, s.Group.Site = s.Organisation.ID, s.Site.ID
	s.Change.Site, s.Change.Group = s.Site.ID, s.Group.ID
	s.Change.To = s.Change.From + 7
	s.Activation.Policy = s.Policy.ID
}

func (s *Sample) people(name string) {
	s.Person.SignIn = strings.ToLower(name)
	s.Token.Person, s.Token.Hash = s.Person.ID, panel.Digest(name+"-hash")
	for i, p := range []*panel.Pupil{&s.Pupil, &s.Other, &s.Merged} {
		mark := name + string(rune('a'+i))
		p.Pseudonym, p.UPN, p.MatchKey, p.LooksLike = panel.Pseudonym(mark+"-pseudonym"), mark+"-upn", mark+"-match", mark+"-looks"
	}
	s.Merged.Merged = s.Other.ID
}

func (s *Sample) referral() {
	s.Referral.Pupil, s.Referral.School, s.Referral.State, s.Referral.Meeting = s.Pupil.ID, s.Organisation.ID, panel.Placed, s.Meeting.ID
	s.Document.Referral, s.Document.Pupil = s.Referral.ID, s.Pupil.ID
}

func (s *Sample) meeting() {
	s.Meeting.State, s.Meeting.Policy, s.Meeting.Chair, s.Meeting.Deputy = panel.Open, s.Policy.ID, s.Person.ID, s.Person.ID
	s.Meeting.Agenda = []panel.ReferralID{s.Referral.ID}
	s.Tentative.Meeting, s.Tentative.Referral, s.Tentative.Pupil = s.Meeting.ID, s.Referral.ID, s.Pupil.ID
	s.Ranking.Meeting, s.Ranking.Referral, s.Ranking.Pupil, s.Ranking.Policy = s.Meeting.ID, s.Referral.ID, s.Pupil.ID, s.Policy.ID
}

func (s *Sample) decision(name string) {
	d := &s.Decision
	d.Meeting, d.Referral, d.Pupil, d.Outcome = s.Meeting.ID, s.Referral.ID, s.Pupil.ID, panel.Place
	d.By, d.Policy, d.Ranking, d.RequestKey = s.Person.ID, s.Policy.ID, s.Ranking.ID, name+"-1"
	d.Placement, d.Supersedes = "", ""
	second := &s.Second
	second.Meeting, second.Referral, second.Pupil, second.Outcome = s.Meeting.ID, s.Referral.ID, s.Pupil.ID, panel.Extend
	second.By, second.Policy, second.Ranking, second.RequestKey = s.Person.ID, s.Policy.ID, s.Ranking.ID, name+"-2"
	second.Placement, second.Supersedes = s.Placement.ID, d.ID
	w := &s.Waiver
	w.Meeting, w.Referral, w.Pupil, w.State, w.Decision = s.Meeting.ID, s.Referral.ID, s.Pupil.ID, panel.Used, d.ID
	s.Ratification.Decision, s.Ratification.Meeting = d.ID, s.Meeting.ID
}

func (s *Sample) placement() {
	p := &s.Placement
	p.Referral, p.Pupil, p.Decision, p.State = s.Referral.ID, s.Pupil.ID, s.Decision.ID, panel.Moved
	p.Organisation, p.Site, p.Group, p.MovedFrom = s.Organisation.ID, s.Site.ID, s.Group.ID, ""
	n := &s.Next
	n.Referral, n.Pupil, n.Decision, n.State = s.Referral.ID, s.Pupil.ID, s.Decision.ID, panel.Started
	n.Organisation, n.Site, n.Group, n.MovedFrom = s.Organisation.ID, s.Site.ID, s.Group.ID, p.ID
	s.Review.Placement, s.Review.Pupil = p.ID, s.Pupil.ID
}

func (s *Sample) records() {
	e := &s.RegisterEntry
	e.Subject, e.Kind, e.Act = string(e.ID), panel.KeepApartRegister, panel.OpenEntry
	e.Pupils, e.Areas = []panel.PupilID{s.Pupil.ID, s.Other.ID}, nil
	s.Job.Meeting, s.Job.State = s.Meeting.ID, panel.Done
	s.Hold.Pupil, s.Erasure.Pupil = s.Pupil.ID, panel.PupilID(string(s.Pupil.ID)+"-before")
}

// versions are what they are once everything has been added.
func (s *Sample) versions() {
	for _, v := range []*int{
		&s.Organisation.Version, &s.Site.Version, &s.Group.Version, &s.Change.Version, &s.Outcode.Version, &s.Person.Version,
		&s.Token.Version, &s.Pupil.Version, &s.Other.Version, &s.Merged.Version, &s.Meeting.Version, &s.Referral.Version,
		&s.Document.Version, &s.Tentative.Version, &s.Waiver.Version, &s.Placement.Version, &s.Next.Version, &s.Review.Version,
		&s.Job.Version, &s.Hold.Version,
	} {
		*v = 1
	}
}

// AddTo adds everything, each after what it refers to.
func (s *Sample) AddTo(tx panel.Tx) error {
	if err := s.addEvidence(tx); err != nil {
		return err
	}
	return errors.Join(
		tx.Organisations().Add(&s.Organisation), tx.Sites().Add(&s.Site), tx.Groups().Add(&s.Group), tx.Changes().Add(&s.Change),
		tx.Outcodes().Add(&s.Outcode), tx.People().Add(&s.Person), tx.Tokens().Add(&s.Token),
		tx.Pupils().Add(&s.Pupil), tx.Pupils().Add(&s.Other), tx.Pupils().Add(&s.Merged),
		tx.Policies().Add(&s.Policy), tx.Activations().Add(&s.Activation), tx.Years().Add(&s.Year), tx.Settings().Add(&s.Settings),
		tx.Meetings().Add(&s.Meeting), tx.Referrals().Add(&s.Referral),
		tx.Documents().Add(&s.Document), tx.Contents().Add(s.Document.ID, s.Content),
		tx.Tentatives().Add(&s.Tentative), tx.Rankings().Add(&s.Ranking), tx.Decisions().Add(&s.Decision),
		tx.Waivers().Add(&s.Waiver), tx.Placements().Add(&s.Placement), tx.Placements().Add(&s.Next), tx.Decisions().Add(&s.Second),
		tx.Reviews().Add(&s.Review), tx.Ratifications().Add(&s.Ratification), tx.Register().Add(&s.RegisterEntry),
		tx.Jobs().Add(&s.Job), tx.Holds().Add(&s.Hold), tx.Erasures().Add(&s.Erasure),
	)
}

func (s *Sample) addEvidence(tx panel.Tx) (err error) {
	if s.Ranking.Snapshot, err = tx.Evidence().Add(s.Snapshot); err != nil {
		return err
	}
	if s.Ranking.Answer, err = tx.Evidence().Add(s.Answer); err != nil {
		return err
	}
	s.Decision.Snapshot, s.Second.Snapshot = s.Ranking.Snapshot, s.Ranking.Snapshot
	return nil
}
