package store

import (
	"encoding/json"
	"fmt"
	"iter"
	"maps"
	"slices"
	"strings"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"example.org/backontrack/panel"
)

// A noun says how one noun is kept. Its columns beside id, version or seq, and body are
// written from the noun itself, always together with its body.
type noun[ID ~string, N any] struct {
	table   string
	id      func(*N) ID
	version func(*N) *int // nil: a book, in which nothing changes
	columns func(*N) columns
	keys    keys
}

// columns are a row's values by column: string, int, or nil for no reference.
type columns map[string]any

// keys are the columns that a list can be narrowed by. Where there are several, one of
// them has to pass.
type keys map[panel.Key][]string

// A row is what is read of any noun's table.
type row struct {
	Seq     int64
	ID      string
	Version int
	Body    string
}

func (n noun[ID, N]) isBook() bool { return n.version == nil }

// row is the row of v: what is constrained and what is kept.
func (n noun[ID, N]) row(v *N) (columns, error) {
	body, err := json.Marshal(v)
	if err != nil {
		return nil, fmt.Errorf("%s: encode: %w", n.table, err)
	}
	c := n.columns(v)
	c["id"] = string(n.id(v))
	c["body"] = string(body)
	if !n.isBook() {
		c["version"] = *n.version(v)
	}
	return c, nil
}

// decode reads a body. What can't be read is damage, and no fault of who asks.
func (n noun[ID, N]) decode(r row) (N, error) {
	var v N
	if err := json.Unmarshal([]byte(r.Body), &v); err != nil {
		return v, panel.Errorf(panel.Corrupt, "the record %s of the %s can't be read", r.ID, words(n.table))
	}
	return v, nil
}

// A table is one noun's rows in one transaction.
type table[ID ~string, N any] struct {
	tx   *tx
	noun *noun[ID, N]
}

func (t table[ID, N]) query() *gorm.DB { return t.tx.db.Table(t.noun.table) }

func (t table[ID, N]) Get(id ID) (N, error) {
	var none N
	if err := t.tx.usable(false); err != nil {
		return none, err
	}
	var found row
	err := t.query().Select("id", "body").Where("id = ?", string(id)).Take(&found).Error
	if err != nil {
		return none, t.tx.missing(err, t.noun.table)
	}
	return t.noun.decode(found)
}

func (t table[ID, N]) Add(v *N) error {
	if err := t.tx.usable(true); err != nil {
		return err
	}
	if !t.noun.isBook() {
		*t.noun.version(v) = 1
	}
	c, err := t.noun.row(v)
	if err != nil {
		return err
	}
	if err := t.query().Create(map[string]any(c)).Error; err != nil {
		return t.tx.latch(err)
	}
	t.mark(t.noun.id(v), c)
	return nil
}

func (t table[ID, N]) Put(v *N) error {
	if err := t.tx.usable(true); err != nil {
		return err
	}
	changed := *v
	was := *t.noun.version(v)
	*t.noun.version(&changed) = was + 1
	c, err := t.noun.row(&changed)
	if err != nil {
		return err
	}
	id := string(t.noun.id(v))
	delete(c, "id")
	done := t.query().Where("id = ? AND version = ?", id, was).Updates(map[string]any(c))
	if done.Error != nil {
		return t.tx.latch(done.Error)
	}
	if done.RowsAffected == 1 {
		*t.noun.version(v) = was + 1
		t.mark(t.noun.id(v), c)
		return nil
	}
	var there int64
	if err := t.query().Where("id = ?", id).Count(&there).Error; err != nil {
		return t.tx.latch(err)
	}
	if there == 0 {
		return notFound(t.noun.table)
	}
	return stale(t.noun.table)
}

func (t table[ID, N]) Delete(id ID) error {
	if err := t.tx.usable(true); err != nil {
		return err
	}
	done := t.query().Where("id = ?", string(id)).Delete(nil)
	if done.Error != nil {
		return t.tx.latch(done.Error)
	}
	if done.RowsAffected == 0 {
		return notFound(t.noun.table)
	}
	t.tx.mark(t.noun.table, string(id), gone)
	return nil
}

// mark notes what a row has become.
func (t table[ID, N]) mark(id ID, c columns) {
	t.tx.mark(t.noun.table, string(id), rowHash(t.noun.table, string(id), fmt.Sprint(c["body"])))
}

// chunk is how many rows are held at once while a list is read.
const chunk = 500

// manyValues is from where values go as one JSON parameter: databases count parameters.
const manyValues = 200

func (t table[ID, N]) List(wheres ...panel.Where) iter.Seq2[N, error] {
	return func(yield func(N, error) bool) {
		var none N
		filter, left, after, err := t.filter(wheres)
		if err != nil {
			yield(none, err)
			return
		}
		for left != 0 {
			rows, err := t.read(filter, min(left, chunk), after)
			if err != nil {
				yield(none, err)
				return
			}
			for _, r := range rows {
				v, err := t.noun.decode(r)
				if !yield(v, err) || err != nil {
					return
				}
			}
			if len(rows) < min(left, chunk) {
				return
			}
			left -= len(rows)
			after = rows[len(rows)-1]
		}
	}
}

// read reads the next rows after one, in order.
func (t table[ID, N]) read(filter []clause.Expression, limit int, after row) ([]row, error) {
	if err := t.tx.usable(false); err != nil {
		return nil, err
	}
	var rows []row
	q := t.query().Limit(limit)
	if t.noun.isBook() {
		q = q.Select("seq", "id", "body").Where("seq > ?", after.Seq).Order("seq")
	} else {
		q = q.Select("id", "body").Where("id > ?", after.ID).Order("id")
	}
	for _, e := range filter {
		q = q.Where(e)
	}
	return rows, t.tx.latch(q.Find(&rows).Error)
}

// filter makes conditions of wheres: how many rows at most, and after which.
func (t table[ID, N]) filter(wheres []panel.Where) (filter []clause.Expression, limit int, after row, err error) {
	limit = 1 << 62
	for _, w := range wheres {
		if w.Key != "" {
			e, err := t.condition(w)
			if err != nil {
				return nil, 0, row{}, err
			}
			filter = append(filter, e)
			continue
		}
		if w.Limit < 0 || len(w.Values) > 1 {
			return nil, 0, row{}, fmt.Errorf("store: a page of the %s has a limit, and at most one id to go on after", words(t.noun.table))
		}
		limit = w.Limit
		if len(w.Values) == 1 {
			if after, err = t.place(w.Values[0]); err != nil {
				return nil, 0, row{}, err
			}
		}
	}
	return filter, limit, after, nil
}

// place finds where an id stands in the order of the list.
func (t table[ID, N]) place(id string) (row, error) {
	if !t.noun.isBook() {
		return row{ID: id}, nil
	}
	if err := t.tx.usable(false); err != nil {
		return row{}, err
	}
	var found row
	err := t.query().Select("seq").Where("id = ?", id).Take(&found).Error
	return found, t.tx.missing(err, t.noun.table)
}

func (t table[ID, N]) condition(w panel.Where) (clause.Expression, error) {
	names, known := t.noun.keys[w.Key]
	if w.Key == panel.ByID {
		names, known = []string{"id"}, true
	}
	if !known {
		return nil, fmt.Errorf("store: the %s have no key %q", words(t.noun.table), w.Key)
	}
	var any []clause.Expression
	for _, name := range names {
		column := clause.Column{Name: name}
		switch {
		case w.Test == panel.Equals:
			any = append(any, t.equals(column, w.Values)...)
		case w.Test == panel.AtLeast && len(w.Values) == 1:
			any = append(any, clause.Gte{Column: column, Value: w.Values[0]})
		case w.Test == panel.AtMost && len(w.Values) == 1:
			any = append(any, clause.Lte{Column: column, Value: w.Values[0]})
		default:
			return nil, fmt.Errorf("store: key %q has no test %q of %d values", w.Key, w.Test, len(w.Values))
		}
	}
	return clause.And(clause.Or(any...)), nil
}

// equals is what passes when the column has one of the values. No reference is kept as
// NULL, and asked for as "".
func (t table[ID, N]) equals(column clause.Column, values []string) []clause.Expression {
	in := []clause.Expression{clause.IN{Column: column, Values: anys(values)}}
	if len(values) > manyValues {
		list, _ := json.Marshal(values) // of strings: it can't fail
		in = []clause.Expression{clause.Expr{SQL: t.tx.store.dialect.inJSON, Vars: []any{column, string(list)}}}
	}
	if slices.Contains(values, "") {
		in = append(in, clause.Eq{Column: column, Value: nil})
	}
	return in
}

func anys(values []string) []any {
	out := make([]any, len(values))
	for i, v := range values {
		out[i] = v
	}
	return out
}

// A kind of row is what the checks need of a noun, whatever its type.
type kind interface {
	name() string
	columnNames() []string
	differences(body string, stored map[string]any) ([]string, error)
}

func (n *noun[ID, N]) name() string { return n.table }

// columnNames are all columns of the table, in alphabetical order.
func (n *noun[ID, N]) columnNames() []string {
	names := slices.Collect(maps.Keys(n.columns(new(N))))
	names = append(names, "id", "body")
	if n.isBook() {
		names = append(names, "seq")
	} else {
		names = append(names, "version")
	}
	slices.Sort(names)
	return names
}

// differences names the columns of a stored row that are not what its body says.
func (n *noun[ID, N]) differences(body string, stored map[string]any) ([]string, error) {
	var v N
	strict := json.NewDecoder(strings.NewReader(body))
	strict.DisallowUnknownFields() // what no field takes would be lost at the next Put
	if err := strict.Decode(&v); err != nil {
		return []string{"body"}, nil
	}
	want, err := n.row(&v)
	if err != nil {
		return nil, err
	}
	var names []string
	for name, value := range want {
		if name != "body" && fmt.Sprint(stored[name]) != fmt.Sprint(value) {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names, nil
}
