package demo

import "example.org/backontrack/matching"

// Names of the pupils. They are made up, and of the kinds that real ones are: with
// apostrophes, hyphens, blanks and marks, in several scripts, and of one part only.
var (
	girlsNames = []string{
		"Chloé", "Siân", "Zofia", "Aisha", "Maeve", "Inés", "Priya", "Tamsin", "Yasmin", "Caitlín", "Ewa", "Bronwen", "Mirela", "Thị Hoa",
		"Saoirse", "Leilani", "Folasade", "Anneliese", "Mary-Kate", "Şükran",
	}
	boysNames = []string{
		"Mateusz", "Rhys", "Oisín", "Kofi", "Tariq", "Jean-Luc", "Björn", "Callum", "Emre", "Ifan", "Joaquín", "Kieran", "Musa", "Łukasz",
		"Devonte", "Đorđe", "Søren", "Ioan", "Hamza", "Kwabena", "Elliot", "Piotr", "Zachariah",
	}
	surnames = []string{
		"D'Souza", "Nguyễn", "García Márquez", "Ó Briain", "van der Berg", "Al-Hassan", "Smith-Jones", "Wójcik", "Ferreira", "Okonkwo",
		"Papadopoulos", "Müller", "Thackeray", "Begum", "Desrosiers", "Llewellyn", "Østergaard", "Petrović", "Ștefănescu", "Yıldız",
		"Haddad", "Tanaka", "Fitzgerald", "Mac Giolla", "Szczepański", "Adeyemi", "Kaczmarek", "Ravenscroft", "Bhattacharya", "Penhaligon",
		"Osei-Bonsu",
	}
)

// named are pupils of the agenda whose names put a program to the test.
var named = map[matching.PupilID][2]string{ // surname, forename
	"p001": {"O'Neil", "Róisín"},
	"p003": {"Wiśniewski", "Łukasz"},
	"p005": {"李", "小龙"},
	"p007": {"", "Suhartono"},
	"p009": {"Trần", "Thị Ánh Nguyệt"},
	"p010": {"Mac an tSaoir", "Cormac"},
	"p013": {"Ngũgĩ", "Wanjikũ"},
	"p020": {"الحسن", "ياسر"},
	"p022": {"Fotheringay-Phipps", "J. P."},
	"p025": {"Иванов", "Алексей"},
	"p030": {"N’Diaye", "Ousmane"},
}

// name is what the pupil of a number and a sex is called.
func name(id matching.PupilID, n int, sex matching.Sex) (surname, forename string) {
	if chosen, ok := named[id]; ok {
		return chosen[0], chosen[1]
	}
	first := boysNames
	if sex == matching.Female {
		first = girlsNames
	}
	return surnames[n*7%len(surnames)], first[n%len(first)]
}
