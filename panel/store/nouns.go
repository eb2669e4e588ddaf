package store

import (
	"example.org/backontrack/matching/calendar"
	"example.org/backontrack/panel"
)

// ref is a reference, or NULL for none.
func ref[S ~string](id S) any {
	if id == "" {
		return nil
	}
	return string(id)
}

// forGood is the last day of what has none, so that days compare as they are written.
const forGood = "9999-12-31"

func lastDay(d calendar.Date) string {
	if d == 0 {
		return forGood
	}
	return d.String()
}

var organisations = &noun[panel.OrganisationID, panel.Organisation]{
	table:   "organisations",
	id:      func(o *panel.Organisation) panel.OrganisationID { return o.ID },
	version: func(o *panel.Organisation) *int { return &o.Version },
	columns: func(o *panel.Organisation) columns {
		return columns{"kind": string(o.Kind), "urn": o.URN}
	},
	keys: keys{panel.ByKind: {"kind"}, panel.ByURN: {"urn"}},
}

var sites = &noun[panel.SiteID, panel.Site]{
	table:   "sites",
	id:      func(s *panel.Site) panel.SiteID { return s.ID },
	version: func(s *panel.Site) *int { return &s.Version },
	columns: func(s *panel.Site) columns {
		return columns{"organisation_id": ref(s.Organisation)}
	},
	keys: keys{panel.ByOrganisation: {"organisation_id"}},
}

var groups = &noun[panel.GroupID, panel.Group]{
	table:   "groups",
	id:      func(g *panel.Group) panel.GroupID { return g.ID },
	version: func(g *panel.Group) *int { return &g.Version },
	columns: func(g *panel.Group) columns {
		return columns{"organisation_id": ref(g.Organisation), "site_id": ref(g.Site)}
	},
	keys: keys{panel.ByOrganisation: {"organisation_id"}, panel.BySite: {"site_id"}},
}

var changes = &noun[panel.ChangeID, panel.Change]{
	table:   "changes",
	id:      func(c *panel.Change) panel.ChangeID { return c.ID },
	version: func(c *panel.Change) *int { return &c.Version },
	columns: func(c *panel.Change) columns {
		return columns{
			"site_id": ref(c.Site), "group_id": ref(c.Group),
			"first_day": c.From.String(), "last_day": lastDay(c.To),
		}
	},
	keys: keys{
		panel.BySite: {"site_id"}, panel.ByGroup: {"group_id"},
		panel.ByFirstDay: {"first_day"}, panel.ByLastDay: {"last_day"},
	},
}

var outcodes = &noun[panel.OutcodeID, panel.Outcode]{
	table:   "outcodes",
	id:      func(o *panel.Outcode) panel.OutcodeID { return o.ID },
	version: func(o *panel.Outcode) *int { return &o.Version },
	columns: func(*panel.Outcode) columns { return columns{} },
}

var people = &noun[panel.PersonID, panel.Person]{
	table:   "people",
	id:      func(p *panel.Person) panel.PersonID { return p.ID },
	version: func(p *panel.Person) *int { return &p.Version },
	columns: func(p *panel.Person) columns {
		return columns{"sign_in": p.SignIn}
	},
	keys: keys{panel.ByName: {"sign_in"}},
}

var tokens = &noun[panel.TokenID, panel.Token]{
	table:   "tokens",
	id:      func(t *panel.Token) panel.TokenID { return t.ID },
	version: func(t *panel.Token) *int { return &t.Version },
	columns: func(t *panel.Token) columns {
		return columns{"person_id": ref(t.Person), "hash": string(t.Hash)}
	},
	keys: keys{panel.ByPerson: {"person_id"}, panel.ByHash: {"hash"}},
}

var pupils = &noun[panel.PupilID, panel.Pupil]{
	table:   "pupils",
	id:      func(p *panel.Pupil) panel.PupilID { return p.ID },
	version: func(p *panel.Pupil) *int { return &p.Version },
	columns: func(p *panel.Pupil) columns {
		return columns{
			"pseudonym": string(p.Pseudonym), "upn": p.UPN,
			"match_key": p.MatchKey, "looks_like": p.LooksLike, "merged_into": ref(p.Merged),
		}
	},
	keys: keys{
		panel.ByPseudonym: {"pseudonym"}, panel.ByUPN: {"upn"}, panel.ByMerged: {"merged_into"},
		// Who asks with a name as it is written finds letters that only look alike, too.
		panel.ByMatchKey: {"match_key", "looks_like"},
	},
}

var referrals = &noun[panel.ReferralID, panel.Referral]{
	table:   "referrals",
	id:      func(r *panel.Referral) panel.ReferralID { return r.ID },
	version: func(r *panel.Referral) *int { return &r.Version },
	columns: func(r *panel.Referral) columns {
		return columns{
			"pupil_id": ref(r.Pupil), "school_id": ref(r.School), "state": string(r.State), "meeting_id": ref(r.Meeting),
			"received": r.Received.String(), "review_on": r.ReviewOn.String(),
		}
	},
	keys: keys{
		panel.ByPupil: {"pupil_id"}, panel.BySchool: {"school_id"}, panel.ByState: {"state"}, panel.ByMeeting: {"meeting_id"},
		panel.ByFirstDay: {"received"}, panel.ByDue: {"review_on"},
	},
}

var documents = &noun[panel.DocumentID, panel.Document]{
	table:   "documents",
	id:      func(d *panel.Document) panel.DocumentID { return d.ID },
	version: func(d *panel.Document) *int { return &d.Version },
	columns: func(d *panel.Document) columns {
		return columns{
			"referral_id": ref(d.Referral), "pupil_id": ref(d.Pupil), "kind": string(d.Kind), "digest": string(d.Digest),
		}
	},
	keys: keys{
		panel.ByReferral: {"referral_id"}, panel.ByPupil: {"pupil_id"}, panel.ByKind: {"kind"}, panel.ByHash: {"digest"},
	},
}

var meetings = &noun[panel.MeetingID, panel.Meeting]{
	table:   "meetings",
	id:      func(m *panel.Meeting) panel.MeetingID { return m.ID },
	version: func(m *panel.Meeting) *int { return &m.Version },
	columns: func(m *panel.Meeting) columns {
		return columns{
			"day": m.Date.String(), "state": string(m.State), "policy_id": ref(m.Policy),
			"chair_id": ref(m.Chair), "deputy_id": ref(m.Deputy),
		}
	},
	keys: keys{panel.ByState: {"state"}, panel.ByFirstDay: {"day"}, panel.ByLastDay: {"day"}},
}

var tentatives = &noun[panel.TentativeID, panel.Tentative]{
	table:   "tentatives",
	id:      func(t *panel.Tentative) panel.TentativeID { return t.ID },
	version: func(t *panel.Tentative) *int { return &t.Version },
	columns: func(t *panel.Tentative) columns {
		return columns{"meeting_id": ref(t.Meeting), "referral_id": ref(t.Referral), "pupil_id": ref(t.Pupil)}
	},
	keys: keys{panel.ByMeeting: {"meeting_id"}, panel.ByReferral: {"referral_id"}, panel.ByPupil: {"pupil_id"}},
}

var waivers = &noun[panel.WaiverID, panel.Waiver]{
	table:   "waivers",
	id:      func(w *panel.Waiver) panel.WaiverID { return w.ID },
	version: func(w *panel.Waiver) *int { return &w.Version },
	columns: func(w *panel.Waiver) columns {
		return columns{
			"meeting_id": ref(w.Meeting), "referral_id": ref(w.Referral), "pupil_id": ref(w.Pupil), "rule": string(w.Rule),
			"state": string(w.State), "review_by": w.ReviewBy.String(), "decision_id": ref(w.Decision),
		}
	},
	keys: keys{
		panel.ByMeeting: {"meeting_id"}, panel.ByReferral: {"referral_id"}, panel.ByPupil: {"pupil_id"}, panel.ByKind: {"rule"},
		panel.ByState: {"state"}, panel.ByDue: {"review_by"}, panel.ByDecision: {"decision_id"},
	},
}

var placements = &noun[panel.PlacementID, panel.Placement]{
	table:   "placements",
	id:      func(p *panel.Placement) panel.PlacementID { return p.ID },
	version: func(p *panel.Placement) *int { return &p.Version },
	columns: func(p *panel.Placement) columns {
		return columns{
			"referral_id": ref(p.Referral), "pupil_id": ref(p.Pupil), "decision_id": ref(p.Decision),
			"organisation_id": ref(p.Organisation), "site_id": ref(p.Site), "group_id": ref(p.Group), "state": string(p.State),
			"first_day": p.From.String(), "last_day": lastDay(p.To), "answer_by": p.AnswerBy.String(), "moved_from": ref(p.MovedFrom),
		}
	},
	keys: keys{
		panel.ByReferral: {"referral_id"}, panel.ByPupil: {"pupil_id"}, panel.ByDecision: {"decision_id"},
		panel.ByOrganisation: {"organisation_id"}, panel.BySite: {"site_id"}, panel.ByGroup: {"group_id"}, panel.ByState: {"state"},
		panel.ByFirstDay: {"first_day"}, panel.ByLastDay: {"last_day"}, panel.ByDue: {"answer_by"}, panel.ByPlacement: {"moved_from"},
	},
}

var reviews = &noun[panel.ReviewID, panel.Review]{
	table:   "reviews",
	id:      func(r *panel.Review) panel.ReviewID { return r.ID },
	version: func(r *panel.Review) *int { return &r.Version },
	columns: func(r *panel.Review) columns {
		return columns{
			"placement_id": ref(r.Placement), "pupil_id": ref(r.Pupil), "kind": r.Kind,
			"due": r.Due.String(), "held": r.Held.String(),
		}
	},
	keys: keys{
		panel.ByPlacement: {"placement_id"}, panel.ByPupil: {"pupil_id"}, panel.ByKind: {"kind"},
		panel.ByDue: {"due"}, panel.ByFirstDay: {"held"},
	},
}

var jobs = &noun[panel.JobID, panel.Job]{
	table:   "jobs",
	id:      func(j *panel.Job) panel.JobID { return j.ID },
	version: func(j *panel.Job) *int { return &j.Version },
	columns: func(j *panel.Job) columns {
		return columns{"kind": j.Kind, "meeting_id": ref(j.Meeting), "by_id": string(j.By), "state": string(j.State)}
	},
	keys: keys{
		panel.ByKind: {"kind"}, panel.ByMeeting: {"meeting_id"}, panel.ByPerson: {"by_id"}, panel.ByState: {"state"},
	},
}

var holds = &noun[panel.HoldID, panel.Hold]{
	table:   "holds",
	id:      func(h *panel.Hold) panel.HoldID { return h.ID },
	version: func(h *panel.Hold) *int { return &h.Version },
	columns: func(h *panel.Hold) columns {
		return columns{"pupil_id": ref(h.Pupil), "review_on": h.Review.String(), "last_day": lastDay(h.Lifted)}
	},
	keys: keys{panel.ByPupil: {"pupil_id"}, panel.ByDue: {"review_on"}, panel.ByLastDay: {"last_day"}},
}
