package panel

import "context"

// Policies are all versions that were published, with what put them in force.
type Policies struct {
	Published   []Policy     // in the order in which they were
	Activations []Activation // likewise
	InForce     Policy       // today; the default while none was activated
}

// Policies lists the policies.
func (s *Service) Policies(ctx context.Context) (Policies, error) {
	return read(ctx, s, NounPolicy, VerbList, func(w *work) (Policies, error) {
		var all Policies
		if err := w.may(about{}); err != nil {
			return all, err
		}
		var err error
		if all.Published, err = gather(w.Policies().List()); err != nil {
			return all, err
		}
		if all.Activations, err = gather(w.Activations().List()); err != nil {
			return all, err
		}
		all.InForce, err = policyInForce(w.Tx, w.day)
		return all, err
	})
}
