package paneltest

import (
	"fmt"
	"hash/fnv"
	"reflect"
	"strconv"
	"strings"
	"time"

	"example.org/backontrack/matching"
	"example.org/backontrack/matching/calendar"
)

// Fill gives every field of a value something that is not its zero, and that depends on the
// names of the fields that lead there alone: another field changes no other's value. Maps
// and lists have two items.
func Fill[T any](v *T) { fill(reflect.ValueOf(v).Elem(), "") }

// number is a number from 1 to 1000 for a place; those of two items of a list follow each other.
func number(place string) int {
	list, item := strings.TrimRight(place, "01"), 0
	if strings.HasSuffix(place, "1") {
		item = 1
	}
	h := fnv.New32a()
	_, _ = h.Write([]byte(list)) // it can't fail
	return 1 + 2*int(h.Sum32()%499) + item
}

var (
	noon    = time.Date(2026, 11, 23, 12, 0, 0, 1000, time.UTC)
	someDay = calendar.NewDate(2026, 11, 23)
)

func fill(v reflect.Value, place string) {
	n := number(place)
	switch v.Interface().(type) {
	case time.Time:
		v.Set(reflect.ValueOf(noon.Add(time.Duration(n) * time.Second)))
		return
	case calendar.Date:
		v.Set(reflect.ValueOf(someDay + calendar.Date(n)))
		return
	case calendar.Session:
		v.Set(reflect.ValueOf(calendar.Session(n % calendar.PerWeek)))
		return
	case calendar.Sessions:
		v.Set(reflect.ValueOf(calendar.Sessions(n) & calendar.Week))
		return
	case matching.Weekday:
		v.Set(reflect.ValueOf(matching.Weekday(1 + n%5)))
		return
	}
	switch v.Kind() {
	case reflect.String:
		v.SetString(strings.TrimPrefix(place, "."))
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		v.SetInt(int64(n))
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		v.SetUint(uint64(n % 256))
	case reflect.Float64:
		v.SetFloat(float64(n) + 0.5)
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		fill(v.Elem(), place)
	case reflect.Struct:
		for f, field := range v.Fields() {
			fill(field, place+"."+f.Name)
		}
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 2, 2))
		fallthrough
	case reflect.Array:
		for i := range v.Len() {
			fill(v.Index(i), place+strconv.Itoa(i%2))
		}
	case reflect.Map:
		v.Set(reflect.MakeMap(v.Type()))
		for i := range 2 {
			key, value := reflect.New(v.Type().Key()).Elem(), reflect.New(v.Type().Elem()).Elem()
			fill(key, place+"key"+strconv.Itoa(i))
			fill(value, place+strconv.Itoa(i))
			v.SetMapIndex(key, value)
		}
	default:
		panic(fmt.Sprintf("paneltest.Fill: a %s can't be stored", v.Type()))
	}
}
