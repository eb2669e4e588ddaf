// Package store keeps the panel's nouns in SQLite, in one file, or in PostgreSQL. It is
// the only package that knows a database; it is a [panel.Store], and passes no rule of
// its own but what a database holds better than a program: what is unique, what refers
// to what, and what nobody changes.
//
// [Migrate] makes or renews the tables, [Open] opens them and refuses what is not as it
// must be. Each noun is a table of columns that the database works with and the noun
// itself as JSON; docs/decisions/0013-records-as-columns-and-bodies.md says why.
//
// What is written is on the disk before an Update returns. SQLite has one writer, for
// whom all others wait in turn, and readers that see the state of the moment at which they
// began; PostgreSQL has locks on sites and pupils. Either way an Update that the database
// could not finish has stored nothing, and says so with a [panel.Kind].
package store
