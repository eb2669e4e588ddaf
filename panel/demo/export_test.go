package demo

import "example.org/backontrack/panel/duty"

// Year is the school year of Thornmere.
func Year() duty.Year { return year }

// MiddleOf is where the pupils of an estate live on average, as the gazetteer has it.
func MiddleOf(l *Loaded, area string) [2]float64 { return l.middle[outcodeOf(area)] }
