package matching

import "context"

// firstEffort is what each of several plans gets before any of them gets more.
const firstEffort = 1 << 21

// shared plans several times. Where the effort is limited, each plan gets an equal share of it. Where it is not, each
// gets a little first, so that a deadline leaves something for all; then those that are not proven yet get, one
// after the other, as much as they take.
func shared(ctx context.Context, effort, plans int, plan func(n, effort int) (proven bool, err error)) error {
	first := firstEffort
	if effort > 0 {
		first = max(effort/max(plans, 1), 1)
	}
	var open []int
	for n := range plans {
		proven, err := plan(n, first)
		if err != nil {
			return err
		}
		if !proven {
			open = append(open, n)
		}
	}
	if effort > 0 {
		return nil
	}
	for _, n := range open {
		if ctx.Err() != nil {
			return nil
		}
		if _, err := plan(n, 0); err != nil {
			return err
		}
	}
	return nil
}
