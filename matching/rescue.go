package matching

import "sync"

// A rescue carries a panic, which can only be an extension's, from the library's
// goroutines to the caller's, who may know what to do about it.
type rescue struct {
	once  sync.Once
	value any
}

// run calls f, and keeps its panic.
func (r *rescue) run(f func()) {
	defer func() {
		if value := recover(); value != nil {
			r.once.Do(func() { r.value = value })
		}
	}()
	f()
}

// rethrow panics with what was kept, once all goroutines have ended.
func (r *rescue) rethrow() {
	if r.value != nil {
		panic(r.value)
	}
}
