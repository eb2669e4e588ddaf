package panel

import "slices"

// A Scope is which of the nouns of a kind a role reaches.
type Scope string

// The scopes.
const (
	All          Scope = "all"
	OwnSchools   Scope = "own_schools"   // referrals that the person's schools made, and what came of them
	OwnProviders Scope = "own_providers" // what is, or was, at the person's provisions; of a referral: while there is an offer or a placement
	Agenda       Scope = "agenda"        // what is before a meeting that the person sits in, but for an interest
	Presiding    Scope = "presiding"     // as agenda; and between meetings, but for their own schools, referrals that are ready, waiting or placed
	Asked        Scope = "asked"         // referrals of a waiver that waits for the person's approval, or had it
	Self         Scope = "self"          // oneself, and what one started
)

// An Access lets a role do something to those nouns of a kind that its scope reaches. What
// no row allows is forbidden.
type Access struct {
	Noun  Noun
	Verb  Verb
	Role  Role
	Scope Scope
}

// Nouns without states of their own, as access and the journal name them.
const (
	NounDocument     Noun = "document"
	NounPupil        Noun = "pupil"
	NounRanking      Noun = "ranking"
	NounDecision     Noun = "decision"
	NounReview       Noun = "review"
	NounOrganisation Noun = "organisation"
	NounSite         Noun = "site"
	NounGroup        Noun = "group"
	NounChange       Noun = "change"
	NounRegister     Noun = "register"
	NounPolicy       Noun = "policy"
	NounYear         Noun = "year"
	NounSettings     Noun = "settings"
	NounPerson       Noun = "person"
	NounToken        Noun = "token"
	NounJournal      Noun = "journal"
	NounDatabase     Noun = "database"
	NounReport       Noun = "report"
)

// rule is one line of the matrix: several verbs, and the scope of each role.
type rule struct {
	noun  Noun
	verbs []Verb
	roles map[Role]Scope
}

type scopes = map[Role]Scope

var rules = []rule{
	{NounReferral, []Verb{VerbDraft, VerbEdit, VerbSubmit, VerbSupplement, VerbWithdraw}, scopes{RoleSchool: OwnSchools, RoleCoordinator: All}},
	{NounReferral, []Verb{VerbReturn, VerbReady, VerbScreen, VerbSchedule, VerbUnschedule}, scopes{RoleCoordinator: All}},
	{NounReferral, []Verb{VerbRead, VerbList}, scopes{
		RoleSchool: OwnSchools, RoleProvider: OwnProviders, RoleMember: Agenda, RoleChair: Presiding, RoleCoordinator: All, RoleApprover: Asked, RoleAuditor: All,
	}},
	{NounDocument, []Verb{VerbRead, VerbList}, scopes{
		RoleSchool: OwnSchools, RoleProvider: OwnProviders, RoleMember: Agenda, RoleChair: Presiding, RoleCoordinator: All, RoleApprover: Asked, RoleAuditor: All,
	}},
	{NounDocument, []Verb{VerbAttach, VerbRemove}, scopes{RoleSchool: OwnSchools, RoleCoordinator: All}},
	{NounDocument, []Verb{VerbReceive}, scopes{RoleProvider: OwnProviders, RoleCoordinator: All}},
	{NounPupil, []Verb{VerbRead, VerbList}, scopes{RoleCoordinator: All, RoleAuditor: All}},
	{NounPupil, []Verb{VerbMerge, VerbHold, VerbErase}, scopes{RoleCoordinator: All}},
	{NounRanking, []Verb{VerbRank, VerbWhatIf, VerbRead}, scopes{RoleMember: Agenda, RoleChair: Presiding, RoleCoordinator: All}},
	{NounRanking, []Verb{VerbVerify}, scopes{RoleChair: Presiding, RoleCoordinator: All, RoleAuditor: All}},
	{NounMeeting, []Verb{VerbCall, VerbEdit, VerbAttend, VerbDeclare}, scopes{RoleCoordinator: All, RoleChair: Agenda}},
	{NounMeeting, []Verb{VerbDeclare}, scopes{RoleMember: Agenda}},
	{NounMeeting, []Verb{VerbRead, VerbList}, scopes{RoleMember: Agenda, RoleChair: Agenda, RoleCoordinator: All, RoleAuditor: All}},
	{NounMeeting, []Verb{VerbLean, VerbPlan, VerbNote}, scopes{RoleChair: Agenda, RoleCoordinator: All}},
	{NounMeeting, []Verb{VerbPlan}, scopes{RoleMember: Agenda}},
	{NounMeeting, []Verb{VerbOpen, VerbClose}, scopes{RoleChair: Agenda}},
	{NounDecision, []Verb{
		VerbPlace, VerbWait, VerbDefer, VerbDecline, VerbRedirect, VerbOutreach, VerbExtend, VerbEnd, VerbRatify,
	}, scopes{RoleChair: Presiding}},
	{NounDecision, []Verb{VerbRead, VerbList}, scopes{RoleMember: Agenda, RoleChair: Presiding, RoleCoordinator: All, RoleAuditor: All}},
	{NounWaiver, []Verb{VerbRequest}, scopes{RoleChair: Presiding}},
	{NounWaiver, []Verb{VerbApprove, VerbRefuse}, scopes{RoleApprover: All}},
	{NounWaiver, []Verb{VerbRead, VerbList}, scopes{
		RoleMember: Agenda, RoleChair: Presiding, RoleCoordinator: All, RoleApprover: All, RoleAuditor: All,
	}},
	{NounPlacement, []Verb{VerbAccept, VerbRefuse, VerbVisit}, scopes{RoleProvider: OwnProviders}},
	{NounPlacement, []Verb{VerbStart, VerbFollowUp}, scopes{RoleProvider: OwnProviders, RoleCoordinator: All}},
	{NounPlacement, []Verb{VerbRecord}, scopes{RoleCoordinator: All}},
	{NounPlacement, []Verb{VerbMove, VerbExtend, VerbEnd, VerbWithdraw, VerbVisit}, scopes{RoleCoordinator: All}},
	{NounPlacement, []Verb{VerbRead, VerbList}, scopes{
		RoleSchool: OwnSchools, RoleProvider: OwnProviders, RoleMember: Agenda, RoleChair: Presiding, RoleCoordinator: All, RoleAuditor: All,
	}},
	{NounReview, []Verb{VerbReview}, scopes{RoleProvider: OwnProviders, RoleCoordinator: All}},
	{NounReview, []Verb{VerbRead, VerbList}, scopes{
		RoleSchool: OwnSchools, RoleProvider: OwnProviders, RoleCoordinator: All, RoleAuditor: All,
	}},
	{NounOrganisation, []Verb{VerbRead, VerbList}, everyone()},
	{NounSite, []Verb{VerbRead, VerbList}, everyone()},
	{NounGroup, []Verb{VerbRead, VerbList}, everyone()},
	{NounOrganisation, []Verb{VerbEdit}, scopes{RoleCoordinator: All}},
	{NounSite, []Verb{VerbEdit}, scopes{RoleCoordinator: All}},
	{NounGroup, []Verb{VerbEdit}, scopes{RoleCoordinator: All}},
	{NounChange, []Verb{VerbRecord, VerbRemove, VerbRead, VerbList}, scopes{RoleProvider: OwnProviders, RoleCoordinator: All}},
	{NounChange, []Verb{VerbRead, VerbList}, scopes{RoleMember: All, RoleChair: All, RoleAuditor: All}},
	{NounRegister, []Verb{VerbRecord}, scopes{RoleCoordinator: All, RoleChair: All}},
	{NounRegister, []Verb{VerbRead, VerbList}, scopes{RoleCoordinator: All, RoleChair: All, RoleAuditor: All}},
	{NounPolicy, []Verb{VerbPublish, VerbActivate}, scopes{RoleCoordinator: All}},
	{NounPolicy, []Verb{VerbRead, VerbList}, scopes{RoleMember: All, RoleChair: All, RoleCoordinator: All, RoleApprover: All, RoleAuditor: All}},
	{NounYear, []Verb{VerbRecord}, scopes{RoleCoordinator: All}},
	{NounYear, []Verb{VerbRead, VerbList}, everyone()},
	{NounSettings, []Verb{VerbRecord}, scopes{RoleCoordinator: All, RoleAdmin: All}},
	{NounSettings, []Verb{VerbRead, VerbList}, everyone()},
	{NounPerson, []Verb{VerbEdit, VerbGrant, VerbRead, VerbList}, scopes{RoleAdmin: All}},
	{NounToken, []Verb{VerbGrant, VerbRemove, VerbRead, VerbList}, scopes{RoleAdmin: All}},
	{NounJournal, []Verb{VerbRead, VerbList, VerbVerify, VerbExport}, scopes{RoleCoordinator: All, RoleAuditor: All}},
	{NounDatabase, []Verb{VerbExport}, scopes{RoleCoordinator: All}},
	{NounDatabase, []Verb{VerbVerify}, scopes{RoleCoordinator: All, RoleAuditor: All, RoleAdmin: All}},
	{NounReport, []Verb{VerbRead}, scopes{RoleChair: All, RoleCoordinator: All, RoleAuditor: All}},
	{NounJob, []Verb{VerbRead, VerbStop}, scopes{RoleMember: Self, RoleChair: Self, RoleCoordinator: Self}},
}

func everyone() scopes {
	all := scopes{}
	for _, role := range Roles() {
		all[role] = All
	}
	return all
}

// Matrix is who may do what to which, in the order of the documentation. Code,
// documentation and tests share it.
func Matrix() []Access {
	var rows []Access
	for _, r := range rules {
		for _, verb := range r.verbs {
			for _, role := range Roles() {
				if scope, ok := r.roles[role]; ok {
					rows = append(rows, Access{r.noun, verb, role, scope})
				}
			}
		}
	}
	return rows
}

// reach is how far each of the roles goes with a verb: nothing means forbidden.
func reach(roles []Role, noun Noun, verb Verb) []Access {
	var rows []Access
	for _, r := range rules {
		if r.noun != noun || !slices.Contains(r.verbs, verb) {
			continue
		}
		for _, role := range roles {
			if scope, ok := r.roles[role]; ok {
				rows = append(rows, Access{noun, verb, role, scope})
			}
		}
	}
	return rows
}
