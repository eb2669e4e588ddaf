// Package solve chooses options: it is the planner's solver, and knows nothing of
// pupils or places.
//
// Items each take at most one of their options. Options use rows, which have
// capacities, hold marks, some of which exclude each other, and seat their item in
// rooms, whose company is worth something. The sum of values is maximised.
//
// The method: [Solver] prices the rows (Lagrangian relaxation by subgradients), then
// prices only the items and solves what is left exactly, block by block, where a
// block is what rows, marks and rooms connect (Dantzig-Wolfe bound, by subgradients); searches
// for good choices by annealing with ejections, guided by the prices; and closes what gap is left by
// fixing options and by branching. Integers only in whatever is compared, in fixed point.
package solve

// A Problem is what to solve. It must not change while it is being solved.
type Problem struct {
	Items   int
	Options []Option // by item

	Rows     []Row
	Pools    []int64   // by pool: how much its rows may together exceed their capacities
	Uses     [][]Use   // lists that options refer to; a row at most once in a list
	Marks    [][]int32 // lists of marks that options refer to
	Rivals   [][]int32 // by mark: the marks that no other item may hold with it; both ways, sorted; maybe itself
	MarkMost []int32   // by mark: how many items can hold it at once
	Rest     []int64   // by item: what options that are left out could be worth, for bounds; nil: none are
	Rooms    int
	Company  Company // nil: rooms are worth nothing
}

// An Option is one choice for an item, of at least one part. Its parts are checked one by one: no two of
// them use one row or rows of one pool, sit in one room, or hold marks that are rivals. Nor does a list use two
// rows of a pool, or hold two rivals.
type Option struct {
	Item  int32
	Value int64
	Parts []Part
}

// A Part is what an option takes at one place. The indexes are into Problem.Uses,
// Marks and Rooms (-1: no room); Seat is what Company knows it by.
type Part struct {
	Uses, Marks, Room, Seat int32
}

// A Use is an amount, above 0, of a row.
type Use struct{ Row, Amount int32 }

// A Row is a capacity. One that is short of it may draw on a pool (-1: it has none, and its capacity is at least
// 0). A capacity below 0 draws on the pool with nothing taken; a pool has what its rows draw so, or more. A row that
// is Global connects no blocks: it is priced, and never solved for within a block.
type Row struct {
	Capacity int64
	Pool     int32
	Global   bool
}

// Company is what sharing a room is worth.
type Company interface {
	// Value is what a room is worth with those seats more than with none.
	Value(room int32, seats []int32) int64
	// Most bounds what a seat adds: no set of seats is worth more than the sum of
	// their bounds.
	Most(room, seat int32) int64
	// Ceiling bounds Value of seats and any of more, less the Most of the latter. It is
	// at most the sum of Most of seats.
	Ceiling(room int32, seats, more []int32) int64
}
