package paneltest

import (
	"fmt"
	"reflect"
	"time"

	"example.org/backontrack/matching"
	"example.org/backontrack/matching/calendar"
)

// Fill gives every field of a value something that is not its zero: the same each time,
// and different in every field. Maps and lists have two items.
func Fill[T any](v *T) {
	n := 0
	fill(reflect.ValueOf(v).Elem(), &n)
}

var (
	noon    = time.Date(2026, 11, 23, 12, 0, 0, 1000, time.UTC)
	someDay = calendar.NewDate(2026, 11, 23)
)

func fill(v reflect.Value, n *int) {
	*n++
	switch v.Interface().(type) {
	case time.Time:
		v.Set(reflect.ValueOf(noon.Add(time.Duration(*n) * time.Second)))
		return
	case calendar.Date:
		v.Set(reflect.ValueOf(someDay + calendar.Date(*n)))
		return
	case calendar.Session:
		v.Set(reflect.ValueOf(calendar.Session(*n % calendar.PerWeek)))
		return
	case calendar.Sessions:
		v.Set(reflect.ValueOf(calendar.Sessions(*n) & calendar.Week))
		return
	case matching.Weekday:
		v.Set(reflect.ValueOf(matching.Weekday(1 + *n%5)))
		return
	}
	switch v.Kind() {
	case reflect.String:
		v.SetString(fmt.Sprintf("s%d", *n))
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		v.SetInt(int64(*n))
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		v.SetUint(uint64(*n % 256))
	case reflect.Float64:
		v.SetFloat(float64(*n) + 0.5)
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		fill(v.Elem(), n)
	case reflect.Struct:
		for _, field := range v.Fields() {
			fill(field, n)
		}
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 2, 2))
		fallthrough
	case reflect.Array:
		for i := range v.Len() {
			fill(v.Index(i), n)
		}
	case reflect.Map:
		v.Set(reflect.MakeMap(v.Type()))
		for range 2 {
			key, value := reflect.New(v.Type().Key()).Elem(), reflect.New(v.Type().Elem()).Elem()
			fill(key, n)
			fill(value, n)
			v.SetMapIndex(key, value)
		}
	default:
		panic(fmt.Sprintf("paneltest.Fill: a %s can't be stored", v.Type()))
	}
}
