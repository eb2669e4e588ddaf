// Package faults_test does to a store what machines do: it kills the program, fills the
// disk, takes the lock and never gives it back, restarts the database, cancels
// everything. After each, what was acknowledged is there, what is there is whole, and
// the journal says what was done (AC-8). docs/reference/storage.md has the figures.
package faults_test
