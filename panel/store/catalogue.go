package store

import (
	"context"
	_ "embed"
	"slices"
)

// schema is what the migrations make on PostgreSQL, as postgresCatalogue lists it: there is
// no empty server at hand to try them on. A test keeps it equal.
//
//go:embed migrations/postgres/schema.txt
var schema string

// postgresCatalogue lists columns, constraints, indexes and triggers by name, and what
// every version of the server says of them alike.
func postgresCatalogue(ctx context.Context, from asker) ([]string, error) {
	var all []string
	for _, query := range []string{
		`SELECT 'column ' || table_name || '.' || column_name || ' ' || data_type || ' ' || coalesce(collation_name, '-') || ' ' || is_nullable
			FROM information_schema.columns WHERE table_schema = current_schema()`,
		`SELECT 'constraint ' || conrelid::regclass::text || ' ' || conname || ' ' || contype::text || ' ' || confdeltype::text || ' ' || convalidated
			FROM pg_constraint WHERE connamespace = current_schema()::regnamespace AND contype IN ('c', 'f', 'p', 'u')`,
		`SELECT 'index ' || indexname FROM pg_indexes WHERE schemaname = current_schema()`,
		`SELECT 'trigger ' || tgrelid::regclass::text || ' ' || tgname || ' ' || tgenabled::text || ' ' || tgfoid::regproc::text
			FROM pg_trigger WHERE NOT tgisinternal AND tgrelid IN (SELECT oid FROM pg_class WHERE relnamespace = current_schema()::regnamespace)`,
	} {
		lines, err := column(ctx, from, query)
		if err != nil {
			return nil, err
		}
		all = append(all, lines...)
	}
	slices.Sort(all)
	return all, nil
}
