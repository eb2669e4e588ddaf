package store

import (
	"context"
	"log/slog"
	"time"

	"gorm.io/gorm/logger"
)

// slow is from when on a statement is worth a line in the log.
const slow = 200 * time.Millisecond

// quiet is gorm's logger. Statements are logged without their values and errors by their
// code, so that no log holds what is kept of a child.
type quiet struct{ to *slog.Logger }

var (
	_ logger.Interface = quiet{}
	_ interface {
		ParamsFilter(context.Context, string, ...any) (string, []any)
	} = quiet{}
)

func (q quiet) LogMode(logger.LogLevel) logger.Interface      { return q }
func (q quiet) Info(context.Context, string, ...any)          {}
func (q quiet) Warn(context.Context, string, ...any)          {}
func (q quiet) Error(ctx context.Context, _ string, _ ...any) {}

// ParamsFilter keeps values out of what Trace is given.
func (q quiet) ParamsFilter(_ context.Context, sql string, _ ...any) (string, []any) { return sql, nil }

func (q quiet) Trace(ctx context.Context, begin time.Time, statement func() (string, int64), err error) {
	if q.to == nil {
		return
	}
	if took := time.Since(begin); took >= slow {
		sql, rows := statement()
		q.to.WarnContext(ctx, "slow statement", "sql", sql, "rows", rows, "took", took)
	}
	if err == nil {
		return
	}
	if kind, code := classify(err); code != "no row" {
		q.to.WarnContext(ctx, "statement failed", "code", code, "kind", string(kind))
	}
}
