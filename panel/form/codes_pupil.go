package form

// sexCodes are legal sex in the school census; U stands for unknown.
const sexCodes = `
F Female
M Male
U Unknown
`

// yearCodes are the year groups, and Year 14, which special schools and 16 to 19 programmes have.
const yearCodes = `
N1 Nursery 1
N2 Nursery 2
R Reception
1 Year 1
2 Year 2
3 Year 3
4 Year 4
5 Year 5
6 Year 6
7 Year 7
8 Year 8
9 Year 9
10 Year 10
11 Year 11
12 Year 12
13 Year 13
14 Year 14
`

// ethnicityCodes are ethnicities (DfE Common Basic Data Set, May 2026).
const ethnicityCodes = `
WBRI White - British
WIRI White - Irish
WIRT White - Irish Traveller
WOTH Any Other White Background
WROM Gypsy / Roma
MWBC White and Black Caribbean
MWBA White and Black African
MWAS White and Asian
ABRI Asian - British
AWEL Asian - Welsh
MOTH Any Other Mixed Background
AIND Indian
APKN Pakistani
ABAN Bangladeshi
AOTH Any Other Asian Background
BBRI Black - British
BWEL Black - Welsh
BCRB Black Caribbean
BAFR Black - African
BOTH Any Other Black Background
CHNE Chinese
OOTH Any Other Ethnic Group
REFU Refused
NOBT Information Not Yet Obtained
`

// religionCodes are religions (DfE Common Basic Data Set, May 2026).
const religionCodes = `
BA Baptist
BU Buddhist
CE Church of England
CH Christian
CO Congregational
EC Christian (Ecumenical)
FR Free Church
GR Greek Orthodox
HI Hindu
JE Jewish
JW Jehovah's Witness
ME Methodist
MU Muslim
NR No Religion
QU Quaker
RC Roman Catholic
RU Russian Orthodox
SA Salvation Army
SD Seventh Day Adventist
SI Sikh
UR United Reform Church
OF Other Faith
`

// englishCodes are stages of English as an additional language (DfE Common Basic Data Set, May 2026).
const englishCodes = `
A New to English
B Early Acquisition
C Developing competence
D Competent
E Fluent
N Not yet assessed
`

// fsmCodes are kinds of free school meals (DfE Common Basic Data Set, May 2026).
const fsmCodes = `
TFSM Targeted FSM
EFSM Expanded FSM
OFSM Other FSM
`

// premiumCodes are kinds of pupil premium (DfE Common Basic Data Set, May 2026).
const premiumCodes = `
DPP Deprivation Pupil Premium
SCP Service Child Premium
LAP Looked After Premium
AFC Adopted from Care Premium
EYP Early Years Pupil Premium
`

// serviceCodes tell of a parent in the armed forces (DfE Common Basic Data Set, May 2026).
const serviceCodes = `
Y Yes
N No
U Unknown
R Refused
`

// carerCodes tell who identified a young carer (DfE Common Basic Data Set, May 2026).
const carerCodes = `
P Identified as a young carer by parent or guardian
S Identified as a young carer by school
N Not declared (default value)
`

// kinshipCodes are arrangements of kinship care (DfE Common Basic Data Set, May 2026).
const kinshipCodes = `
ND Not declared (default)
KF Kinship identified (formal arrangements)
KI Kinship identified (informal arrangements)
KU Kinship identified (unknown under what arrangements)
`

// postCareCodes tell how being looked after ended (DfE Common Basic Data Set, May 2026).
const postCareCodes = `
N Not declared
A Ceased to be looked after through adoption from England and Wales
G Ceased to be looked after through a special guardianship order (SGO) from England and Wales
R Ceased to be looked after through a residence order (RO) from England and Wales
C Ceased to be looked after through a child arrangement order (CAO) from England and Wales
O Ceased to be looked after through adoption from state care outside of England and Wales
`

// disabilityCodes are disabilities (DfE Common Basic Data Set, May 2026).
const disabilityCodes = `
NCOL Not collected (the default value)
NONE No disability
MOB Mobility
HAND Hand function
PC Personal care
EAT Eating & drinking
MED Medication
INC Incontinence
COMM Communication
LD Learning
HEAR Hearing
VIS Vision
BEH Behaviour
CON Consciousness
AUT ASD/Asperger's
DDA Palliative care needs
OTH Other Disability
`

// relationshipCodes are what a contact is to the pupil (DfE Common Basic Data Set, May 2026).
const relationshipCodes = `
CAR Carer
CHM Childminder
DOC Doctor
FAM Other family member
FOF Foster Father
FOM Foster Mother
HTC Head Teacher
OTH Other Contact
PAF Father
PAM Mother
REL Other Relative
RLG Religious/Spiritual Contact
STF Step Father
STM Step Mother
SWR Social Worker
TCH Teacher
`

// upnMissingCodes are reasons for having no UPN (DfE Common Basic Data Set, May 2026).
const upnMissingCodes = `
UN1 Child is aged under 6 years old and is not yet assigned a UPN.
UN2 Child has never attended a maintained school in England and has not been assigned a UPN.
UN3 Child is educated outside England and has not been assigned a UPN.
UN4 Child is newly in need (one week before end of collection period) and the UPN was not yet known at the time of the CIN census annual statistical return.
UN5 Sources collating UPNs reflect discrepancy/ies for the child's name and/or surname and/or date of birth therefore preventing reliable matching (e.g. duplicated UPN).
UN6 Child is not looked after, and the authority is unable to obtain the UPN.
UN7 Child Referred but No Further Action taken.
UN8 Person is new to LA (one week before the end of the collection period) and the UPN or ULN is not yet known at the time of the SEN2 return
UN9 Young person has never attended a maintained school or further education setting in England and has not been assigned a UPN or ULN
UN10 Request for assessment resulted in no further action before UPN or ULN known
`
