package intake

import (
	"strings"

	"example.org/backontrack/panel/form"
)

// yesNo are the ways in which spreadsheets and people write yes and no, in lower case.
var yesNo = map[string]string{"yes": "yes", "y": "yes", "true": "yes", "no": "no", "n": "no", "false": "no"}

// noneOfThem is how rows and lists say that there are none.
const noneOfThem = "none"

// values are those of a cell, in the spelling of the form where a spreadsheet has another.
// What is in neither spelling stays as it is, for the form's own check to refuse; where a
// label is that of several codes, none is taken, and sound is false.
func (r *referring) values(line int, c column, cell string) (list []string, sound bool) {
	switch c.field.Kind {
	case form.Date:
		if d, ok := civilDay(cell); ok {
			cell = d.String()
		}
	case form.YesNo:
		if plain, ok := yesNo[strings.ToLower(cell)]; ok {
			cell = plain
		}
	case form.Percentage:
		cell = percentage(cell)
	case form.LongText:
		cell = strings.ReplaceAll(cell, "\r\n", "\n")
	case form.Rows:
		cell = noneInCase(cell)
	case form.OneCode, form.YearGroup:
		return r.coded(line, c, []string{cell})
	case form.SomeCodes:
		return r.coded(line, c, parts(cell))
	case form.Sessions:
		return parts(strings.ToLower(cell)), true
	case form.References:
		return parts(cell), true
	default: // one value, as it is
	}
	return []string{cell}, true
}

// parts are the values of a cell that has several.
func parts(cell string) (list []string) {
	for part := range strings.SplitSeq(cell, between) {
		if part = strings.TrimSpace(part); part != "" {
			list = append(list, noneInCase(part))
		}
	}
	return list
}

func noneInCase(s string) string {
	if strings.EqualFold(s, noneOfThem) {
		return noneOfThem
	}
	return s
}

// coded has the codes of what is a code in another case, or a label.
func (r *referring) coded(line int, c column, list []string) ([]string, bool) {
	for i, s := range list {
		switch codes := form.FindCodes(c.field.Codes, s); len(codes) {
		case 0: // the form's check says so
		case 1:
			list[i] = codes[0]
		default:
			r.faults.add(line, c.name, "several_codes", "the code: several of the list "+c.field.Codes+" are called this ("+strings.Join(codes, ", ")+")")
			return nil, false
		}
	}
	return list, true
}

// percentage takes away the sign, and noughts that a spreadsheet puts behind the first decimal.
func percentage(cell string) string {
	number, signed := strings.CutSuffix(cell, "%")
	if !signed {
		return cell
	}
	number = strings.TrimSpace(number)
	if whole, decimals, dotted := strings.Cut(number, "."); dotted {
		if decimals = strings.TrimRight(decimals, "0"); decimals == "" {
			return whole
		}
		return whole + "." + decimals
	}
	return number
}
