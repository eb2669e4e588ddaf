package form

// planCodes are stages of an education, health and care plan.
const planCodes = `
none None
requested Requested
assessing Being assessed
issued Issued
`

// needLevelCodes are levels of an area of need.
const needLevelCodes = `
not No need
support SEN support
plan_started Plan started
plan Plan
`

// supportCodes are levels of adult support that a policy prices by default.
const supportCodes = `
standard Standard
enhanced Enhanced
intensive Intensive
one_to_one One to one
`

// diagnosisCodes are diagnoses that forms name.
const diagnosisCodes = `
adhd ADHD
asd Autism
odd Oppositional defiant disorder
cd Conduct disorder
attachment Attachment disorder
dyslexia Dyslexia
language Language disorder
other Other
`

// offerCodes are subjects and programmes, as groups state them in what they offer.
const offerCodes = `
english English
maths Maths
science Science
functional_skills Functional skills
ict ICT
pshe Personal, social and health education
humanities Humanities
languages Languages
art Art
drama Drama
music Music
performing_arts Performing arts
pottery Pottery
sport Sport
outdoor Outdoor education
construction Construction
woodwork Woodwork
green_woodwork Green woodwork
blacksmithing Blacksmithing
motor_vehicle Motor vehicle
catering Catering
cookery Cookery
baking Baking
hair_beauty Hair and beauty
animal_care Animal care
horticulture Horticulture
land_based Land-based
childcare Childcare
parenting Parenting
retail Retail
first_aid First aid
mentoring Mentoring
work_experience Work experience
`

// approachCodes are ways of working, as groups state them.
const approachCodes = `
small_group Small group
practical Practical
structured Structured
outdoor Outdoor
therapeutic Therapeutic
academic Academic
mentoring Mentoring
creative Creative
advocacy Advocacy
restorative Restorative
`

// respondentCodes are who answered a questionnaire.
const respondentCodes = `
teacher Teacher
parent Parent
self The pupil
`

// instrumentCodes are instruments of assessment (D5).
const instrumentCodes = `
pbas Pupil Behaviour Assessment System (PBAS)
pass Pupil Attitudes to Self and School (PASS)
elat Emotional Literacy Assessment Tool (ELAT)
thrive Thrive
boxall Boxall profile
reading Reading
number Number
spelling Spelling
gcse_predictor GCSE predictor
other Other
`

// socialCareCodes are levels of social care, from the lowest.
const socialCareCodes = `
none None
early_help Early help
cin In need (section 17)
cp Protection plan (section 47)
lac Looked after
`

// agencyStatusCodes are statuses with an agency; what is not known is graded so.
const agencyStatusCodes = `
none None
past Past
current Current
`

// carePlacementCodes are where a looked-after pupil lives.
const carePlacementCodes = `
foster Foster care
care_home Care home
kinship With relatives
with_parents With parents
semi_independent Semi-independent
secure Secure
other Other
`

// agencyCodes are kinds of worker.
const agencyCodes = `
social_worker Social worker
family_worker Family support worker
youth_justice Youth justice worker
virtual_school Virtual school
camhs CAMHS worker
gp General practitioner
psychologist Educational psychologist
therapist Therapist
nurse Nurse
police Police
housing Housing
mentor Mentor
other Other
`

// riskLevelCodes are levels of risk; what is not known is graded so.
const riskLevelCodes = `
none None
low Low
medium Medium
high High
`

// riskBasisCodes say whether a risk was seen or is said.
const riskBasisCodes = `
actual Reported or actual
alleged Alleged
`

// riskLastCodes say how often or how lately.
const riskLastCodes = `
over_a_year More than a year ago
occasional Occasional
weekly Weekly
several_a_week Several times a week
daily Daily
`

// riskWhereCodes are places of a risk.
const riskWhereCodes = `
home Home
community Community
school School
pru Pupil referral unit
transport Transport
`

// riskCompanyCodes say in what company.
const riskCompanyCodes = `
alone Alone
with_others With others
both Both
`

// apartReasonCodes are reasons for keeping two pupils apart.
const apartReasonCodes = `
fight A fight
victim Victim of the other
perpetrator Harmed the other
gang_rivalry Rivalry of gangs
family Family or a court order
bail Bail condition
witness Witness
relationship Relationship
co_defendant Co-defendant
other Other
`

// apartSeverityCodes say how far apart.
const apartSeverityCodes = `
never_same_site Never on the same site
never_same_group Never in the same group
supervised_only Together only under supervision
`

// affiliationCodes are ties to an area.
const affiliationCodes = `
lives_there Lives there
family Family
associate Associate
member Member
at_risk At risk
`

// adultSexCodes are adults who work best.
const adultSexCodes = `
female Women
male Men
either Either
`

// accessCodes are access needs, as sites state what they have.
const accessCodes = `
step_free Step-free
accessible_toilet Accessible toilet
changing_place Changing place
hoist Hoist
lift Lift
hearing_loop Hearing loop
visual_marking Visual marking
quiet_room Quiet room
low_sensory Low sensory load
medical_room Medical room
nursery Nursery
`

// travelCodes are ways of travelling.
const travelCodes = `
walk On foot
bicycle Bicycle
bus Bus or train
taxi Taxi
parent Parent
la_transport Authority's transport
`

// willingCodes say whether the pupil wants to attend.
const willingCodes = `
yes Yes
unsure Unsure
no No
`
