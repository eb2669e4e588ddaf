package form

// senProvisionCodes are stages of special educational provision (DfE Common Basic Data Set, May 2026).
const senProvisionCodes = `
N No special educational need
K SEN support
E Education, health and care plan
`

// senTypeCodes are types of special educational need (DfE Common Basic Data Set, May 2026).
const senTypeCodes = `
SPLD Specific Learning Difficulty
MLD Moderate Learning Difficulty
SLD Severe Learning Difficulty
PMLD Profound & Multiple Learning Difficulty
SEMH Social, Emotional and Mental Health
SLCN Speech, Language and Communication Needs
HI Hearing Impairment
VI Vision Impairment
MSI Multi-Sensory Impairment
PD Physical Disability
ASD Autistic Spectrum Disorder
DS Down Syndrome
OTH Other Difficulty/Disability
NSA SEN support but no specialist assessment of type of need
`

// exclusionTypeCodes are kinds of exclusion (DfE Common Basic Data Set, May 2026).
const exclusionTypeCodes = `
PERM Permanent
LNCH Lunchtime
SUSP Suspension
`

// exclusionReasonCodes are reasons of exclusions (DfE Common Basic Data Set, May 2026).
const exclusionReasonCodes = `
PP Physical assault against a pupil
PA Physical assault against an adult
VP Verbal abuse/threatening behaviour against a pupil
VA Verbal abuse/threatening behaviour against an adult
OW Use or threat of use of an offensive weapon or prohibited item
BW Found to have brought a weapon or prohibited item into school
BU Bullying
TB Cyber-bullying or threatening behaviour online
RA Racist abuse including bullying
LG Abuse against sexual orientation and gender identity including bullying
DS Abuse relating to disability including bullying
SM Sexual misconduct
SB Harmful sexual behaviour
MB Misogynistic behaviour
AB Misandry Behaviour
DR Drug related
AR Alcohol Related
SR Smoking Related
VR Vape Related
DA Drug and alcohol related
DM Damage to property
TH Theft
LD Persistent disruptive behaviour - low level disruption
CB Persistent disruptive behaviour – challenging behaviour
DB Persistent or general disruptive behaviour
MT Inappropriate use of social media or online technology
MP Use of Mobile Phone
OS Misbehaviour outside of school
PH Wilful and repeated transgression of protective measures in place to protect public health
`

// reviewResultCodes are what a review of an exclusion came to (DfE Common Basic Data Set, May 2026).
const reviewResultCodes = `
ANO After initial consideration governing board decided that pupil should not be reinstated and no request for an Independent Review Panel was made (pupil not offered reinstatement)
BRE The governing board has decided that the pupil should be reinstated, and the relevant person has not declined reinstatement, but the pupil has not yet resumed attendance at the school; (pupil offered reinstatement)
CNO The governing board has decided the pupil should be reinstated but the relevant person has declined reinstatement (pupil is not offered reinstatement);
DNO The governing board has decided that the pupil should not be reinstated, the time for an application for a review has not yet expired, and the relevant person has not yet given notice in writing that they do not intend to apply for a review; (pupil not offered reinstatement)
EON Parents made representations where the governing board is required to consider reinstatement, (review ongoing)
FRE Pupil offered reinstatement after initial governing board (pupil offered reinstatement)
GNO Pupil not offered reinstatement after initial governing board, a request for an Independent Review Panel was made but not determined (pupil not offered reinstatement)
HWD Withdrawn
INO Independent review panel upheld governing board’s initial decision that pupil should not be reinstated (pupil not offered reinstatement)
JRE Pupil offered reinstatement after independent review panel recommended governing board to reconsider reinstatement (pupil offered reinstatement)
KRE Pupil offered reinstatement after independent review panel directed governing board to reconsider reinstatement (pupil offered reinstatement)
LNO Pupil not offered reinstatement after independent review panel recommended governing board to reconsider reinstatement (pupil not offered reinstatement)
MNO Pupil not offered reinstatement after independent review panel directed governing board to reconsider reinstatement (pupil not offered reinstatement)
NOG Ongoing (no decision yet)
`

// attendanceCodes are the register codes since 19 August 2024.
const attendanceCodes = `
/ Present (AM)
\ Present (PM)
L Arrived after the register has started but before it has closed
B Educated off site (not K, V, P or W)
K Attending provision arranged by the local authority under Section 19 of the EA 1996
P Sporting activity with prior agreement from school
V Educational visit or trip supervised by school staff
W Work experience under arrangements by the school or local authority
C Exceptional circumstance, agreed by the headteacher
C1 Regulated performance / undertaking regulated employment abroad
C2 Part-time timetable, agreed by the headteacher and parent(s)/carer(s)
D Dual registered
E Suspended or permanently excluded; no alternative provision made
I Illness (physical or mental health; not medical/dental appointments)
J1 Job, school or college interview
M Medical or dental appointment
Q Unable to attend because of a lack of access arrangements
R Religious observance (1 day; further days coded C if agreed)
S Study leave
T Parent travelling for occupational purposes
X Non-compulsory school age pupil not required to attend
Y1 Unable to attend due to transport provided not being available
Y2 Unable to attend due to widespread transport disruption
Y3 Unable to attend due to part of the school premises being unexpectedly closed
Y4 Unable to attend due to unexpected whole school closure
Y5 Unable to attend; pupil is in criminal justice detention
Y6 Unable to attend in accordance with public health guidance or law
Y7 Unable to attend due to other unavoidable cause (must affect the pupil)
G Holiday or absence for leisure-related purposes (not agreed by the headteacher)
N Reason for absence not yet established (must be corrected within 5 days)
O Absent in other or unknown circumstances
U Late after the register has closed
Z Prospective pupil not yet on register
# Planned whole school closure (e.g. holidays, INSETs, polling station days)
`

// enrolmentCodes are ways of being on a roll (DfE Common Basic Data Set, May 2026).
const enrolmentCodes = `
C Current (single registration at this school)
M Current Main (dual registration)
S Current Subsidiary (dual registration)
F FE College
O Other Provider
G Guest (pupil not registered at this school but attending some lessons or sessions)
P Previous
`

// settingCodes are settings of alternative provision without a URN or UKPRN.
const settingCodes = `
NFE Non-maintained further education provision
OOT One-on-one tuition
OTH Other unregistered provider
WBP Work-based placement
`

// establishmentCodes are establishment types of the national register that offer alternative provision.
const establishmentCodes = `
14 Pupil referral unit
42 Academy alternative provision converter
43 Academy alternative provision sponsor led
38 Free schools alternative provision
10 Other independent special school
11 Other independent school
18 Further education
49 Online provider
`
