package demo

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"strings"

	"example.org/backontrack/matching"
	"example.org/backontrack/panel"
)

// A referrer is an organisation that refers, with whoever writes its forms.
type referrer struct {
	id           panel.OrganisationID
	kind         string // as the form has it
	source       string
	organisation panel.OrganisationKind
	name         string
	laestab, urn string
	person       string
	role         string
	head         string
	provisionOf  map[matching.GroupID]panel.OrganisationID
}

func (r *referrer) staff() panel.PersonID { return panel.PersonID("staff-" + r.id) }

// referrers are who refers in Thornmere: schools, two units, and others than schools (D7).
var referrers = []referrer{
	{id: "ashmoor", kind: "academy", source: "school", name: "Ashmoor School", laestab: "9904001", urn: "900001", person: "Beatrix Lowell", head: "Desmond Achterberg"},
	{id: "brindlewick", kind: "maintained", source: "school", name: "Brindlewick School", laestab: "9904002", urn: "900002", person: "Cuthbert Marsh", head: "Winifred Ansah"},
	{id: "cranwater", kind: "academy", source: "school", name: "Cranwater School", laestab: "9904003", urn: "900003", person: "Dorothea Vance", head: "Percival Nunn"},
	{id: "dovermere", kind: "academy", source: "school", name: "Dovermere School", laestab: "9904004", urn: "900004", person: "Edmund Sallis", head: "Harriet Oyelaran"},
	{id: "elmscombe", kind: "maintained", source: "school", name: "Elmscombe School", laestab: "9904005", urn: "900005", person: "Fenella Crisp", head: "Ignatius Bell"},
	{id: "marlbeck", kind: "academy", source: "school", name: "Marlbeck School", laestab: "9904006", urn: "900006", person: "Gilbert Ames", head: "Geraint Mostyn"},
	{id: "medlar-lane", kind: "maintained", source: "school", name: "Medlar Lane Primary School", laestab: "9902001", urn: "900007", person: "Hyacinth Doyle", head: "Barnaby Thistlewood"},
	{id: "unit-north", kind: "pru", source: "pru", name: "Thornmere North Unit", laestab: "9901101", urn: "900008", person: "Isolde Grubb", head: "Augustin Prior"},
	{id: "unit-south", kind: "pru", source: "pru", name: "Thornmere South Unit", laestab: "9901102", urn: "900009", person: "Jocelyn Teague", head: "Cordelia Huxtable"},
	{id: "thornmere", kind: "authority", source: "authority_panel", organisation: panel.Authority, name: "Thornmere Authority", person: "Lavinia Stroud", head: "Lionel Brandreth"},
	{id: "youth-justice", kind: "agency", source: "youth_justice", organisation: panel.Agency, name: "Thornmere Youth Justice Service", person: "Montague Pell", head: "Keir Dunmore"},
	{id: "hospital-school", kind: "agency", source: "health", organisation: panel.Agency, name: "Children's Hospital Teaching Service", person: "Nerys Fairweather", head: "Imogen Trask"},
}

// refers is who refers each of the agenda.
var refers = map[matching.ReferralID]panel.OrganisationID{
	"r01": "ashmoor", "r02": "brindlewick", "r03": "cranwater", "r04": "dovermere", "r05": "elmscombe", "r06": "ashmoor", "r07": "brindlewick",
	"r08": "cranwater", "r09": "dovermere", "r10": "marlbeck", "r11": "unit-north", "r12": "unit-north", "r13": "unit-north", "r14": "unit-north",
	"r15": "unit-north", "r16": "unit-south", "r17": "unit-south", "r18": "unit-south", "r19": "elmscombe", "r20": "thornmere", "r21": "ashmoor",
	"r22": "brindlewick", "r23": "unit-north", "r24": "medlar-lane", "r25": "youth-justice", "r26": "hospital-school", "r27": "unit-south",
	"r28": "medlar-lane", "r29": "dovermere", "r30": "thornmere",
}

// A seat is one of those who work for the panel.
type seat struct {
	id         panel.PersonID
	name       string
	profession string
	grants     []panel.Grant
}

// Those who work for the panel.
const (
	coordinator panel.PersonID = "coordinator"
	chair       panel.PersonID = "chair"
	deputy      panel.PersonID = "deputy"
	health      panel.PersonID = "health"
	socialCare  panel.PersonID = "social-care"
	justice     panel.PersonID = "justice"
	psychology  panel.PersonID = "psychology"
	manager     panel.PersonID = "manager"
	approver    panel.PersonID = "approver"
	auditor     panel.PersonID = "auditor"
	admin       panel.PersonID = "admin"
)

// seats are people of several professions (W2). The chair is the head of a school that
// refers, and one member runs a provision: where either has an interest, they step out.
var seats = []seat{
	{coordinator, "Hester Quayle", "education", []panel.Grant{{Role: panel.RoleCoordinator}}},
	{chair, "Geraint Mostyn", "school_leader", []panel.Grant{{Role: panel.RoleChair}, {Role: panel.RoleSchool, Organisation: "marlbeck"}}},
	{deputy, "Adaeze Nwosu", "virtual_school", []panel.Grant{{Role: panel.RoleChair}}},
	{health, "Imogen Trask", "health", []panel.Grant{{Role: panel.RoleMember}}},
	{socialCare, "Bartholomew Finch", "social_care", []panel.Grant{{Role: panel.RoleMember}}},
	{justice, "Keir Dunmore", "youth_justice", []panel.Grant{{Role: panel.RoleMember}}},
	{psychology, "Philippa Sedgwick", "psychology", []panel.Grant{{Role: panel.RoleMember}}},
	{manager, "Odette Marchbanks", "provider", []panel.Grant{{Role: panel.RoleMember}, {Role: panel.RoleProvider, Organisation: "reset"}}},
	{approver, "Lionel Brandreth", "head_of_service", []panel.Grant{{Role: panel.RoleApprover}}},
	{auditor, "Verity Cope", "audit", []panel.Grant{{Role: panel.RoleAuditor}}},
	{admin, "Rosalind Thwaite", "it", []panel.Grant{{Role: panel.RoleAdmin}}},
}

// members are those who sit in the panel besides the chair and the deputy.
var members = []panel.PersonID{health, socialCare, justice, psychology, manager}

// providerStaff is who answers for a provision.
func providerStaff(o panel.OrganisationID) panel.PersonID { return panel.PersonID("at-" + o) }

// schools stores who refers, and their staff.
func (l *loading) schools(ctx context.Context) error {
	for _, r := range referrers {
		o := panel.Organisation{
			ID: r.id, Kind: cmp.Or(r.organisation, panel.School), Name: r.name, LAESTAB: r.laestab, URN: r.urn, Authority: authorityCode,
			Registered: r.laestab != "",
		}
		if _, err := l.s.SaveOrganisation(l.operator(ctx), o); err != nil {
			return err
		}
		staff := seat{r.staff(), r.person, "education", []panel.Grant{{Role: panel.RoleSchool, Organisation: r.id}}}
		if err := l.person(ctx, staff); err != nil {
			return err
		}
	}
	return nil
}

// Names of those who answer for provisions.
var (
	staffFirst = []string{"Albert", "Bettina", "Clement", "Drusilla", "Everard", "Florian", "Gwendolen"}
	staffLast  = []string{"Applegarth", "Birtwistle", "Cattermole", "Dunstable", "Entwhistle", "Featherstone"}
)

// panelPeople stores those who work for the panel, and somebody at each provision.
func (l *loading) panelPeople(ctx context.Context) error {
	for _, p := range seats {
		if err := l.person(ctx, p); err != nil {
			return err
		}
	}
	provisions := map[panel.OrganisationID]bool{}
	for _, o := range l.provisionOf {
		provisions[o] = true
	}
	for i, o := range slices.Sorted(maps.Keys(provisions)) {
		p := seat{
			providerStaff(o), staffFirst[i%len(staffFirst)] + " " + staffLast[i%len(staffLast)], "provider",
			[]panel.Grant{{Role: panel.RoleProvider, Organisation: o}},
		}
		if err := l.person(ctx, p); err != nil {
			return err
		}
	}
	return nil
}

func (l *loading) person(ctx context.Context, p seat) error {
	stored, err := l.s.SavePerson(l.operator(ctx), panel.PersonInput{
		ID: p.id, SignIn: strings.ToLower(string(p.id)) + "@thornmere.example", Name: p.name, Email: string(p.id) + "@thornmere.example", Profession: p.profession,
	})
	for _, g := range p.grants {
		if err != nil {
			return err
		}
		stored, err = l.s.Grant(l.operator(ctx), stored.ID, stored.Version, g)
	}
	return err
}
