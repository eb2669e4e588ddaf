package store

import "example.org/backontrack/panel"

var decisions = &noun[panel.DecisionID, panel.Decision]{
	table: "decisions",
	id:    func(d *panel.Decision) panel.DecisionID { return d.ID },
	columns: func(d *panel.Decision) columns {
		return columns{
			"meeting_id": ref(d.Meeting), "referral_id": ref(d.Referral), "pupil_id": ref(d.Pupil), "placement_id": ref(d.Placement),
			"outcome": string(d.Outcome), "by_id": ref(d.By), "request_key": d.RequestKey, "day": d.Day.String(),
			"policy_id": ref(d.Policy), "ranking": ref(d.Ranking), "snapshot": ref(d.Snapshot), "supersedes": ref(d.Supersedes),
		}
	},
	keys: keys{
		panel.ByMeeting: {"meeting_id"}, panel.ByReferral: {"referral_id"}, panel.ByPupil: {"pupil_id"},
		panel.ByPlacement: {"placement_id"}, panel.ByKind: {"outcome"}, panel.ByPerson: {"by_id"},
		panel.ByRequestKey: {"request_key"}, panel.ByFirstDay: {"day"}, panel.ByLastDay: {"day"},
		panel.ByDecision: {"supersedes"},
	},
}

var ratifications = &noun[panel.RatificationID, panel.Ratification]{
	table: "ratifications",
	id:    func(r *panel.Ratification) panel.RatificationID { return r.ID },
	columns: func(r *panel.Ratification) columns {
		return columns{"decision_id": ref(r.Decision), "meeting_id": ref(r.Meeting)}
	},
	keys: keys{panel.ByDecision: {"decision_id"}, panel.ByMeeting: {"meeting_id"}},
}

var register = &noun[panel.EntryID, panel.RegisterEntry]{
	table: "register_entries",
	id:    func(e *panel.RegisterEntry) panel.EntryID { return e.ID },
	columns: func(e *panel.RegisterEntry) columns {
		var pair [2]panel.PupilID // fewer or more than two are refused by the table's checks
		copy(pair[:], e.Pupils)
		return columns{
			"subject": ref(e.Subject), "kind": string(e.Kind), "act": string(e.Act), "pupil_a": ref(pair[0]), "pupil_b": ref(pair[1]),
			"last_day": lastDay(e.Until), "review_on": e.ReviewOn.String(),
		}
	},
	keys: keys{
		panel.BySubject: {"subject"}, panel.ByKind: {"kind"}, panel.ByPupil: {"pupil_a", "pupil_b"},
		panel.ByLastDay: {"last_day"}, panel.ByDue: {"review_on"},
	},
}

var policies = &noun[panel.PolicyID, panel.Policy]{
	table: "policies",
	id:    func(p *panel.Policy) panel.PolicyID { return p.ID },
	columns: func(p *panel.Policy) columns {
		return columns{"name": p.Name, "number": p.Number}
	},
	keys: keys{panel.ByName: {"name"}},
}

var activations = &noun[panel.ActivationID, panel.Activation]{
	table: "activations",
	id:    func(a *panel.Activation) panel.ActivationID { return a.ID },
	columns: func(a *panel.Activation) columns {
		return columns{"policy_id": ref(a.Policy), "first_day": a.From.String()}
	},
	keys: keys{panel.ByFirstDay: {"first_day"}},
}

var years = &noun[panel.YearID, panel.Year]{
	table: "years",
	id:    func(y *panel.Year) panel.YearID { return y.ID },
	columns: func(y *panel.Year) columns {
		return columns{"authority": y.Year.Authority}
	},
	keys: keys{panel.ByOrganisation: {"authority"}},
}

var settings = &noun[panel.SettingsID, panel.Settings]{
	table:   "settings",
	id:      func(s *panel.Settings) panel.SettingsID { return s.ID },
	columns: func(*panel.Settings) columns { return columns{} },
}

var rankings = &noun[panel.Digest, panel.Ranking]{
	table: "rankings",
	id:    func(r *panel.Ranking) panel.Digest { return r.ID },
	columns: func(r *panel.Ranking) columns {
		return columns{
			"meeting_id": ref(r.Meeting), "referral_id": ref(r.Referral), "pupil_id": ref(r.Pupil), "answer": ref(r.Answer),
			"snapshot": ref(r.Snapshot), "policy_id": ref(r.Policy),
		}
	},
	keys: keys{
		panel.ByMeeting: {"meeting_id"}, panel.ByReferral: {"referral_id"}, panel.ByPupil: {"pupil_id"}, panel.ByHash: {"answer"},
	},
}

var erasures = &noun[panel.ErasureID, panel.Erasure]{
	table: "erasures",
	id:    func(e *panel.Erasure) panel.ErasureID { return e.ID },
	columns: func(e *panel.Erasure) columns {
		return columns{"pupil_id": string(e.Pupil), "reason": e.Reason}
	},
	keys: keys{panel.ByPupil: {"pupil_id"}, panel.ByKind: {"reason"}},
}

// kinds are all nouns, in an order in which each comes after what it refers to, but for
// the decision that extends a placement.
var kinds = []kind{
	organisations, sites, groups, changes, outcodes, people, tokens, pupils, policies, activations, years, settings, meetings, referrals,
	documents, tentatives, rankings, decisions, waivers, placements, reviews, ratifications, register, jobs, holds, erasures,
}
