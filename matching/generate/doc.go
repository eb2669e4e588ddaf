// Package generate writes placement snapshots of any size, from a few referrals
// up to the whole of England: for demonstrations, for load tests, and for trying a
// policy before there is anything real to try it on.
//
// Every pupil is synthetic. Who they are follows national tables (see shares.go
// for each figure's source); where the sites are is made up, unless a register of
// establishments is given: then groups meet at those places, without their names.
//
// The snapshot is sound: standing placements obey every hard rule of the matching
// library together, as if all of them were on the same days.
package generate
