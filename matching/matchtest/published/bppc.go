package published

import (
	"bufio"
	"fmt"
	"io"
	"strings"

	"example.org/backontrack/matching"
)

// BPPC reads an instance of bin packing with conflicts in the format of Muritiba, Iori,
// Malaguti and Toth: the number of items and the capacity of a bin, then on a line each an item, its
// size, and the items that it may not share a bin with. It becomes the question how many items go
// into so many bins: bins are groups, items referrals that score 1 and have no bonus, conflicts are
// pairs to keep apart. A plan's objective is the number of items placed.
func BPPC(r io.Reader, bins int) (*matching.Snapshot, error) {
	s, err := readPacking(r, bins)
	if err != nil {
		return nil, fmt.Errorf("read packing instance: %w", err)
	}
	return s, nil
}

const longestLine = 1 << 24 // bytes

func readPacking(r io.Reader, bins int) (*matching.Snapshot, error) {
	s := frame(0)
	s.Sites = oneSite()
	scanner := bufio.NewScanner(r)
	scanner.Buffer(nil, longestLine)
	line, apart := 0, map[[2]int]bool{}
	for scanner.Scan() {
		line++
		row, err := integers(strings.NewReader(scanner.Text()))
		switch {
		case err != nil:
			return nil, fmt.Errorf("line %d: %w", line, err)
		case len(row) == 0:
		case len(row) < 2:
			return nil, fmt.Errorf("line %d: expected two numbers or more", line)
		case s.Groups == nil:
			for i := range bins {
				g := bin(i, row[1])
				g.Site = s.Sites[0].ID
				s.Groups = append(s.Groups, g)
			}
			if s.Groups == nil {
				return nil, fmt.Errorf("expected at least 1 bin")
			}
		default:
			packed(s, row, bins, apart)
		}
	}
	return s, scanner.Err()
}

// packed adds an item: its number, its size, and its conflicts, each of which may come from either side.
func packed(s *matching.Snapshot, row []int, bins int, apart map[[2]int]bool) {
	given := make(map[matching.GroupID]matching.Given, bins)
	for i := range bins {
		given[groupID(i)] = matching.Given{Score: 1, AdultDemand: new(row[1])}
	}
	item(s, row[0], given)
	for _, other := range row[2:] {
		pair := [2]int{min(row[0], other), max(row[0], other)}
		if apart[pair] {
			continue
		}
		apart[pair] = true
		s.KeepApart = append(s.KeepApart, matching.KeepApart{
			Pupils: []matching.PupilID{pupilID(pair[0]), pupilID(pair[1])}, Scope: matching.InGroup, Reason: "conflict",
		})
	}
}
