// Package panel is the domain of a placement panel: what a referral, a provision, a
// meeting, a decision and a placement are, who may do what with them, and what has to
// hold before and after. It asks package matching what is possible, and writes down
// why the people decided as they did.
//
// # Nouns and verbs
//
// A noun ([Referral], [Meeting], [Placement], …) is a plain value. It holds no tags and
// knows no database. A verb is a method of [Service]: it opens one transaction, finds
// out who asks, looks up whether that person may ([Access]) and whether the noun is in
// a state that allows it ([Transitions]), changes what it changes, and writes one entry
// of the journal in the same transaction. Either all of that is stored, or nothing.
//
// A read of a child's record is journalled before the record is returned; when the
// journal can't be written, there is no answer.
//
// # Deciding
//
// [Service.Rank] keeps what the panel saw: the snapshot, the policy and the ranking, by
// their hashes. [Service.Decide] runs every hard rule again inside the transaction that
// writes the decision, after the rows of the sites concerned are locked, so that two
// panels which decide at once can't over-fill a group or put rivals together. What
// departs from the first rank has a reason; what departs from a rule has a waiver, and
// only where the policy in force allows one.
//
// # Storage
//
// [Store] is what the domain needs of a database; package panel/store keeps it in
// SQLite or PostgreSQL. Errors have a [Kind], which says what the caller can do about
// them, and never a value out of a child's record.
package panel
