// Package duty is replaced by the branch that builds it.
package duty

// Year is a year.
type Year struct{ Authority string }

// Setting is a setting.
type Setting struct{ Key string }
