package published

import (
	"bufio"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"example.org/backontrack/matching"
)

// A Family is a kind of published instance.
type Family string

// The families of published instances, named as the folders are that hold them.
const (
	Assignment Family = "gap"
	Packing    Family = "bppc"
)

// Known is what is known of an instance.
type Known struct {
	Name   string
	Family Family
	Items  int  // jobs, or items
	Bins   int  // agents of an assignment; of a packing it is Best
	Best   int  // the least cost, or number of bins, that anybody has found; 0: none is stated
	Bound  int  // none can be less
	Proven bool // Best is the optimum
	File   bool // the folder holds the instance
}

// BestKnown lists what the folder says of its instances, in the order of its tables:
// first assignment, then packing. The error is that of a missing folder or table, or of a line that does not fit.
func BestKnown() ([]Known, error) {
	folder, found := Dir()
	if !found {
		return nil, fmt.Errorf("no published instances: %w", os.ErrNotExist)
	}
	var all []Known
	for _, family := range []Family{Assignment, Packing} {
		table := filepath.Join(folder, string(family), string(family)+"_best_known.tsv")
		rows, err := readTable(table)
		if err != nil {
			return nil, err
		}
		for n, row := range rows {
			k, err := knownOf(family, row)
			if err != nil {
				return nil, fmt.Errorf("%s: row %d: %w", filepath.Base(table), n+1, err)
			}
			_, err = os.Stat(k.path(folder))
			k.File = err == nil
			all = append(all, k)
		}
	}
	return all, nil
}

// readTable gives each row below the heading as a map from column to cell.
func readTable(path string) ([]map[string]string, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer file.Close() //nolint:errcheck // it was only read
	var columns []string
	var rows []map[string]string
	scanner := bufio.NewScanner(file)
	for scanner.Scan() {
		cells := strings.Split(scanner.Text(), "\t")
		if columns == nil {
			columns = cells
			continue
		}
		row := map[string]string{}
		for i, cell := range cells[:min(len(cells), len(columns))] {
			row[columns[i]] = cell
		}
		rows = append(rows, row)
	}
	return rows, scanner.Err()
}

func knownOf(family Family, row map[string]string) (Known, error) {
	k := Known{Name: row["instance"], Family: family, Proven: strings.HasPrefix(row["proven"], "yes")}
	var err error
	number := func(column string) int {
		if row[column] == "" {
			return 0
		}
		n, wrong := strconv.Atoi(row[column])
		if wrong != nil && err == nil {
			err = fmt.Errorf("%s: expected an integer", column)
		}
		return n
	}
	switch family {
	case Assignment:
		k.Items, k.Bins, k.Best, k.Bound = number("jobs"), number("agents"), number("best_known"), number("best_bound")
		if row["sense"] != "min" {
			err = fmt.Errorf("sense: expected min")
		}
	case Packing:
		k.Items, k.Best = number("items"), number("best_known_bins")
		k.Bins = k.Best
		if k.Proven {
			k.Bound = k.Best
		}
	}
	if k.Name == "" {
		err = fmt.Errorf("instance: expected a name")
	}
	return k, err
}

func (k *Known) path(folder string) string {
	name := k.Name
	if k.Family == Packing {
		name += ".txt"
	}
	return filepath.Join(folder, string(k.Family), name)
}

// Snapshot reads the instance from the folder, in so many bins where it is one of packing.
func (k *Known) Snapshot(bins int) (*matching.Snapshot, error) {
	folder, found := Dir()
	if !found {
		return nil, fmt.Errorf("no published instances: %w", os.ErrNotExist)
	}
	file, err := os.Open(k.path(folder))
	if err != nil {
		return nil, err
	}
	defer file.Close() //nolint:errcheck // it was only read
	if k.Family == Packing {
		return BPPC(file, bins)
	}
	return GAP(file)
}
