package form

// sourceCodes are who may refer (D7).
const sourceCodes = `
school School
pru Pupil referral unit
authority_panel Authority-wide panel
youth_justice Youth justice
social_care Social care
health Health
other_agency Another agency
self Self-referral
`

// routeCodes are the routes of a referral.
const routeCodes = `
prevent_pex To prevent a permanent exclusion
day6_pex Sixth day after a permanent exclusion
suspension_day6 Sixth day of a suspension
offsite_direction Off-site direction (section 29A)
reintegration Reintegration from alternative provision
fair_access In-year fair access
medical Medical
no_school_place New to the area, or no school place
respite Respite
managed_move_support Support of a managed move
advice Advice only
`

// reasonCodes are the reasons by which groups select; see [Reason].
const reasonCodes = `
prevent_exclusion To prevent an exclusion
permanently_excluded Permanently excluded
suspended Suspended
anxious_refusal Anxious school refusal
reintegration_failed A return to school failed
pru_transfer Transfer from a pupil referral unit
medical Medical
pregnant_or_parent Pregnant, or a parent
new_arrival New arrival
not_in_education Not in education
fair_access Fair access
respite Respite
consequence Consequence of an incident
safety Safety while risk is assessed
community_safety Safety in the community
managed_move Managed move
advice Advice
`

// circumstanceCodes are circumstances, of which several may hold at once (D6).
const circumstanceCodes = `
excluded Excluded
at_risk_of_exclusion At risk of exclusion
persistent_absence Persistent absence
anxious_refusal Anxious school refusal
gaps_in_education Gaps in education
sen_with_plan Special needs with a statement or plan
sen_without_plan Special needs without a statement or plan
new_arrival New arrival
young_carer Young carer
pregnant Pregnant
parent A parent
physical_health Physical health
mental_health Mental health
substance_misuse Substance misuse
looked_after Looked after
offending Offending
`

// tierCodes are the three tiers of alternative provision.
const tierCodes = `
outreach Targeted support in school (tier 1)
time_limited Time-limited placement, with a return (tier 2)
transitional Transitional placement (tier 3)
`

// aimCodes are the aims of a placement, as the matching knows them.
const aimCodes = `
reintegration Reintegration
qualification Qualification
transition Transition
respite Respite
assessment Assessment
`

// priorityCodes are the priorities that a policy prices by default.
const priorityCodes = `
statutory Statutory
urgent Urgent
routine Routine
`

// durationCodes are durations that may be asked for.
const durationCodes = `
days Some school days
weeks Some weeks
one_term One term
two_terms Two terms
one_year One year
`

// rollCodes are roll arrangements.
const rollCodes = `
single Single registration
dual_main Dual registration, the home school as main
dual_subsidiary Dual registration, the home school as subsidiary
guest Guest
`

// organisationCodes are kinds of referring organisation.
const organisationCodes = `
academy Academy
maintained Maintained school
special Special school
pru Pupil referral unit
authority Local authority
agency Agency
other Other
`

// impactCodes say how much a concern affects the pupil.
const impactCodes = `
little A little
quite_a_lot Quite a lot
great_deal A great deal
`

// behaviourCodes are behaviour concerns.
const behaviourCodes = `
threatening_staff Threatening to staff
threatening_peers Threatening to peers
verbal_staff Verbal abuse of staff
verbal_peers Verbal abuse of peers
physical_staff Physical to staff
physical_peers Physical to peers
gang Gangs
disruptive Persistent disruption
self_harm Self-harm
damage Damage
truancy Truancy
theft Theft
racist Racist
sexualised Sexualised
bullying Bullying
withdrawn Depressed or withdrawn
running_out Running out
other Other
`

// frequencyCodes say how often something happens.
const frequencyCodes = `
daily Daily
weekly Weekly
monthly Monthly
`

// immigrationCodes are immigration statuses.
const immigrationCodes = `
asylum Seeking asylum
refugee Refugee
leave Leave to remain
settled Settled
other Other
`
