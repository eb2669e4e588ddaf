package panel

import (
	"context"
	"encoding/json"
	"slices"
	"strings"

	"example.org/backontrack/matching"
	"example.org/backontrack/matching/calendar"
)

// A Ranked referral is what the panel looks at, and how it is found again.
type Ranked struct {
	Record   Ranking
	Answer   []byte // JSON, as panel rank --json has its ranking and rejected
	Leanings int    // how many other referrals of the meeting count as if they were decided
}

// Rank ranks the groups for a referral on the agenda of a meeting, as if the meeting's
// tentative choices for the others were decided, and keeps what was seen: the snapshot
// and the answer among the evidence, the rest in the record. Without a meeting it ranks
// for the panel's officer, on the day of asking.
func (s *Service) Rank(ctx context.Context, meeting MeetingID, referral ReferralID) (Ranked, error) {
	asked, err := read(ctx, s, NounRanking, VerbRank, func(w *work) (*question, error) {
		q, err := w.question(meeting, referral)
		if err != nil {
			return nil, err
		}
		q.snapshot, err = bridge(w.Tx, q.brief())
		return q, err
	})
	if err != nil {
		return Ranked{}, err
	}
	answer, err := asked.answer() // outside any transaction
	if err != nil {
		return Ranked{}, err
	}
	return do(ctx, s, NounRanking, VerbRank, func(w *work) (Ranked, error) {
		record, err := w.keepRanking(asked, answer)
		return Ranked{Record: record, Answer: answer.json, Leanings: len(asked.leaning)}, err
	})
}

// A question is one referral before one meeting, with all that its answer hangs on.
type question struct {
	meeting  *Meeting // nil: between meetings
	referral Referral
	pupil    Pupil
	policy   Policy
	papers   Digest
	horizon  calendar.Date
	day      calendar.Date
	leaning  []Tentative
	snapshot *matching.Snapshot
}

// question finds the referral and checks that the caller may ask about it.
func (w *work) question(meeting MeetingID, referral ReferralID) (*question, error) {
	q := &question{day: w.day}
	r, err := w.Referrals().Get(referral)
	if err != nil {
		return nil, w.away(err)
	}
	q.referral = r
	a := about{referral: &q.referral, school: r.School}
	if meeting != "" {
		m, err := w.Meetings().Get(meeting)
		if err != nil {
			return nil, w.away(err)
		}
		q.meeting, a.meeting = &m, &m
	}
	if err := w.may(a); err != nil {
		return nil, err
	}
	return q, w.complete(q)
}

// complete fills what follows from the referral and the meeting.
func (w *work) complete(q *question) (err error) {
	if q.meeting != nil {
		elsewhere := q.referral.State == OnAgenda && q.referral.Meeting != q.meeting.ID
		if elsewhere || !slices.Contains(q.meeting.Agenda, q.referral.ID) {
			return absent(w.noun)
		}
		q.day, q.horizon = q.meeting.Date, q.meeting.Horizon
		all, err := gather(w.Tentatives().List(Is(ByMeeting, q.meeting.ID)))
		if err != nil {
			return err
		}
		q.leaning = slices.DeleteFunc(all, func(t Tentative) bool { return t.Referral == q.referral.ID })
	}
	if q.horizon == 0 {
		q.horizon = horizon(q.day)
	}
	if q.pupil, err = livingRecord(w.Tx, q.referral.Pupil); err != nil {
		return err
	}
	if q.policy, err = w.policyOf(q.meeting, q.day); err != nil {
		return err
	}
	q.papers, err = paperDigest(w.Tx, &q.referral)
	return err
}

// policyOf is the policy that an open meeting has fixed, or else the one in force.
func (w *work) policyOf(m *Meeting, day calendar.Date) (Policy, error) {
	if m != nil && m.Policy != "" {
		return policyNamed(w.Tx, m.Policy)
	}
	return policyInForce(w.Tx, day)
}

func (q *question) brief() brief {
	return brief{day: q.day, horizon: q.horizon, policy: q.policy, open: []Referral{q.referral}, leaning: q.leaning}
}

// answered is a ranking with the bytes that are kept of it.
type answered struct {
	ranking  *matching.Ranking
	json     []byte
	snapshot []byte
}

func (q *question) answer() (*answered, error) {
	e, err := engine(q.snapshot)
	if err != nil {
		return nil, err
	}
	a := &answered{}
	if a.ranking, err = e.Rank(q.referral.ID); err != nil {
		return nil, err
	}
	if a.json, err = json.Marshal(a.ranking); err != nil {
		return nil, err
	}
	a.snapshot, err = encoded(q.snapshot)
	return a, err
}

func encoded(s *matching.Snapshot) ([]byte, error) {
	var b strings.Builder
	err := s.Encode(&b)
	return []byte(b.String()), err
}

// keepRanking stores what was seen. The same thing seen twice is one record.
func (w *work) keepRanking(q *question, a *answered) (Ranking, error) {
	if err := keepPolicy(w.Tx, q.policy); err != nil {
		return Ranking{}, err
	}
	snapshot, err := w.Evidence().Add(a.snapshot)
	if err != nil {
		return Ranking{}, err
	}
	answer, err := w.Evidence().Add(a.json)
	if err != nil {
		return Ranking{}, err
	}
	record := Ranking{
		Referral: q.referral.ID, Pupil: q.referral.Pupil, Answer: answer, Snapshot: snapshot, Policy: q.policy.ID,
		Engine: matching.Version, Papers: q.papers, By: w.person.ID, At: w.Now(),
	}
	record.Meeting = q.meetingID()
	for _, t := range q.leaning {
		record.Leanings = append(record.Leanings, Leaning{t.Referral, t.Stays})
	}
	record.ID = digestOf([]byte(strings.Join([]string{
		string(record.Meeting), string(record.Referral), string(record.Answer), string(record.Snapshot), string(record.Policy),
		record.Engine, string(record.Papers),
	}, "\n")))
	w.note(VerbRank, NounRanking, string(record.ID), []Pseudonym{q.pupil.Pseudonym})
	stored, err := w.Rankings().Get(record.ID)
	if KindOf(err) == NotFound {
		return record, w.Rankings().Add(&record)
	}
	return stored, err
}

// current tells whether a ranking still is of what lies before the panel: the same papers,
// the same policy, and the same tentative choices, but for those that were decided since.
func (w *work) current(record *Ranking, q *question) (bool, error) {
	if record.Papers != q.papers || record.Policy != q.policy.ID {
		return false, nil
	}
	for _, t := range q.leaning {
		if !slices.ContainsFunc(record.Leanings, func(l Leaning) bool { return l.Referral == t.Referral && slices.Equal(l.Stays, t.Stays) }) {
			return false, nil
		}
	}
	for _, l := range record.Leanings {
		if slices.ContainsFunc(q.leaning, func(t Tentative) bool { return t.Referral == l.Referral }) {
			continue
		}
		r, err := w.Referrals().Get(l.Referral)
		if err != nil && KindOf(err) != NotFound {
			return false, err
		}
		if err != nil || r.State == OnAgenda {
			return false, nil
		}
	}
	return true, nil
}

// absentOr is absent for what the store does not find, and the error for all else.
func absentOr(noun Noun, err error) error {
	if KindOf(err) == NotFound {
		return absent(noun)
	}
	return err
}

// Recompute ranks again what a decision's panel saw, from the stored snapshot, and tells
// whether the answer is the same, byte for byte. An engine of another version may answer
// differently; the record says which one it was.
func (s *Service) Recompute(ctx context.Context, ranking Digest) (same bool, err error) {
	kept, err := read(ctx, s, NounRanking, VerbVerify, func(w *work) (keptRanking, error) {
		record, err := w.Rankings().Get(ranking)
		if err != nil {
			return keptRanking{}, w.away(err)
		}
		r, err := w.Referrals().Get(record.Referral)
		if err != nil {
			return keptRanking{}, w.away(err)
		}
		if err := w.may(about{referral: &r, school: r.School}); err != nil {
			return keptRanking{}, err
		}
		pupil, err := livingRecord(w.Tx, r.Pupil)
		if err != nil {
			return keptRanking{}, err
		}
		w.note(VerbVerify, NounRanking, string(ranking), []Pseudonym{pupil.Pseudonym})
		return keptOf(w.Tx, record)
	})
	if err != nil {
		return false, err
	}
	return kept.holds()
}

// keptRanking is a record with its evidence.
type keptRanking struct {
	record           Ranking
	snapshot, answer []byte
}

func keptOf(tx Tx, record Ranking) (k keptRanking, err error) {
	k.record = record
	if k.snapshot, err = tx.Evidence().Get(record.Snapshot); err != nil {
		return k, err
	}
	k.answer, err = tx.Evidence().Get(record.Answer)
	return k, err
}

// holds tells whether the snapshot still gives the answer.
func (k *keptRanking) holds() (bool, error) {
	snapshot, err := matching.Read(strings.NewReader(string(k.snapshot)))
	if err != nil {
		return false, &Error{Kind: Corrupt, Detail: "a stored snapshot cannot be read", Err: err}
	}
	again, err := (&question{referral: Referral{ID: k.record.Referral}, snapshot: snapshot}).answer()
	if err != nil {
		return false, err
	}
	return string(again.json) == string(k.answer), nil
}

// place is where a set of stays stands in a stored answer, from 1 (0 when it is not there),
// and of how many.
func (k *keptRanking) place(stays []matching.Stay) (rank, options int, err error) {
	var answer struct {
		Ranking []struct {
			Stays []matching.Stay `json:"stays"`
		} `json:"ranking"`
	}
	if err := json.Unmarshal(k.answer, &answer); err != nil {
		return 0, 0, &Error{Kind: Corrupt, Detail: "a stored ranking cannot be read", Err: err}
	}
	wanted := inOrder(stays)
	for i, option := range answer.Ranking {
		if slices.Equal(inOrder(option.Stays), wanted) {
			return i + 1, len(answer.Ranking), nil
		}
	}
	return 0, len(answer.Ranking), nil
}

// inOrder is a package in the order of its groups.
func inOrder(stays []matching.Stay) []matching.Stay {
	sorted := slices.Clone(stays)
	slices.SortFunc(sorted, func(a, b matching.Stay) int { return strings.Compare(string(a.Group), string(b.Group)) })
	return sorted
}
