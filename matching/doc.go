// Package matching finds the groups of alternative provision that suit a pupil
// who was excluded, or has stopped going to school, puts them in order, and says
// of every one why it is where it is: what its score is made of, or each reason
// that rules it out and what would lift that.
//
// Give it what was known on the day of a panel, and ask:
//
//	snapshot, err := matching.Read(file) // or a Snapshot written in Go
//	if err != nil {
//		return err // everything that is wrong with it, with JSON pointers
//	}
//	engine, err := matching.New(snapshot)
//	if err != nil {
//		return err
//	}
//	ranking, err := engine.Rank("r1")
//	if err != nil {
//		return err // there is no such referral
//	}
//	for _, option := range ranking.Ranking {
//		fmt.Println(option.Total, option.Stays, option.Contributions)
//	}
//	for _, option := range ranking.Rejected {
//		fmt.Println(option.Stays, option.Reasons)
//	}
//
// # The contract
//
// A [Snapshot] goes in: places, adults, pupils, standing placements, open
// referrals, and the policy in force. Answers come out, as plain values that
// encode to JSON. In between there is nothing: no clock, no randomness, no
// network, no file, no state. "Today" is the snapshot's AsOf. The same snapshot
// and the same [Version] give the same bytes on any machine, and the order in
// which a snapshot lists things changes nothing. An [Engine] never changes
// either; any number of goroutines may ask it at once.
//
// An [Option] is a referral's stay in one group, with one [Pattern] of sessions,
// from a start to an end. It is feasible when no rule refuses it, on any date
// and session of the stay. No rule stops another from being looked at, so a
// refused option has all its reasons. A [Reason] carries the numbers, the first
// date and session, how often, who blocks (ids only), a [Class] that says what
// could lift it, and the date on which it clears by itself, if it does.
//
// Everything that is counted is an integer. Scores are points, of which 1000 is
// the most that the weights can give. Adult time is in thousandths of an adult,
// so that 125 is an eighth; journeys are whole minutes, money is pence, lengths
// of stays are weeks or school days. Days are civil dates ([calendar.Date]),
// both ends included; a session is a half day of the week. What is divided is
// rounded down once, and the points of a score's contributions add up to it
// exactly.
//
// Unknown is not no. A fact that is left out is known, and is "none" (but for
// coordinates, which are then not known); one that nobody has given yet is
// listed in the pupil's Unknown. No rule refuses for an
// unknown fact: it passes, and is listed in the option's Unchecked. A score that
// hangs on one is taken at its expected value, with the range that answers could
// make of it.
//
// An error means that the question could not be asked: [Faults] in what went in,
// a [*NotFoundError], or [ErrForeignOption] about an option of another engine. That
// nothing fits is an answer. Answers are written as JSON; of them a [Plan] can be read back.
//
// # Questions, and the calls that answer them
//
//   - Which groups suit this pupil best, and why not the others? [Engine.Rank]
//   - What are all the options, in a fixed order? [Engine.Options]
//   - Who should have this free place? [Engine.ForGroup]
//   - Why not this group, and what would it take? [Engine.WhyNot]
//   - Which smallest sets of changes would make it possible? [Engine.Unlocks]
//   - Who, or what, stands in the way? [Engine.Blockers]
//   - When could it begin? [Engine.Earliest]
//   - Why is this one above that one, and at what weights would they swap? [Engine.Compare]
//   - How far can the first rank be leant on? [Ranking.Firmness]
//   - What is worth asking before deciding? [Engine.Questions]
//   - What if these facts were different? [Engine.WhatIf], [Engine.WhatIfJSON]
//   - What does it change for those who are there already, and on which day? [Engine.Effects]
//   - What fits whom, in bulk, for a program? [Engine.Matches], [Engine.EachMatch]
//
// # Planning the whole agenda
//
// [Engine.Plan] places all referrals at once: every hard rule holds for the placed and the standing together, and the
// objective is the highest that was found. Its Bound is proven, so that a plan says how far from the best it can be.
// Effort, a count of work, ends the search on every machine at the same place; a context ends it by the clock, and the best
// plan so far comes back; but preparing an agenda ([Engine.Planner]) and the step under way are not interrupted, which at 1,000
// referrals and 300 groups takes about two seconds. A [Planner] plans one agenda several times, and is what these are asked of, or an engine:
//
//   - What does each choice for this referral cost, and whom? [Planner.Regrets]
//   - Which few good plans are really different? [Planner.Alternatives], [Planner.Figures], [DiffPlans]
//   - Whose only place is this one? [Planner.LastPlaces]
//   - What if the panel has decided something? [PlanOptions] has Fixed, Barred and Aim
//   - What keeps this referral out, and what would let it in? [Planner.Explain]
//   - Which missing capability kept how many out? [Engine.Register]
//   - What would a place, adult time or another timetable be worth? [Engine.Worth], [Engine.Investments]
//   - Who should change groups within a provision? [Engine.Regroup]
//
// [ReadPlan] reads a plan back. Package verify checks one by code that shares nothing with the search, and package lint
// looks for what is probably wrong with a snapshot before anybody plans.
//
// # Making a snapshot
//
// In Go a snapshot is a literal. What is left out has the meaning that the
// field's comment gives, which for most is "none" or "not limited"; [Every]
// writes one number for all sessions, and [calendar.MustDate] a date. Start a
// policy from [DefaultPolicy], since the zero [Policy] is not a sound one; a nil
// one is the default.
//
//	group := matching.Group{
//		ID: "return", Site: "mill",
//		Timetable: calendar.OnDays(time.Monday, time.Tuesday),
//		Accepts:   matching.Accepts{Years: []int{7, 8, 9}},
//		Places:    matching.Every(8),
//		Adults:    matching.Every(2000), // two
//		Weeks:     &matching.Length{Min: 4, Usual: 6, Max: 12},
//	}
//
// From JSON, [Read] takes the format placement-snapshot/1 and nothing else: keys
// that are unknown or given twice, wrong types, ids that lead nowhere and
// numbers out of range are faults, all of them reported; encoding/json can't read
// it. [New] checks what was written in Go in the
// same way. [Snapshot.Encode] writes the canonical form, and [Snapshot.Hash]
// names it.
//
// # Rules of your own
//
// A program adds to the rules without touching ours: a [Rule] decides whether a
// pupil and a group go together at all, a [Separation] which two pupils may not
// meet, a [Resource] is something of which there is only so much at a session,
// and a [Criterion] values an option. Each says its code, and is passed to
// [New], and to [Read], by [WithRule], [WithSeparation], [WithResource] or
// [WithCriterion]. What it says then appears in reasons, unlocks, contributions
// and comparisons like the rest. Package matchtest checks that it keeps the
// contract; our own rules pass the same suite. Ours can't be taken away. What an
// authority may settle is in its [Policy].
//
// # Cost
//
// [New] takes time and memory in proportion to the placements, and to the groups
// times their sessions and weeks until the horizon. Make one engine and ask it
// often. [Engine.Rank] grows with the groups and their patterns, and allocates
// for what it answers; [Engine.Matches] stops at the first rule that refuses,
// and hardly allocates. What-ifs and questions rank again, once for each answer
// that is tried; unlocks rebuild a small world around one group. Packages grow
// with the groups to the power of the policy's MaxGroups. A plan matches all referrals
// once, and then costs what its effort or its deadline allows.
//
// # What it does not do
//
// It decides nothing: a panel may depart from any ranking, and a reason of class
// waiver says that a person may accept it, or from any plan. A ranking is of one
// referral at a time, as if it were the only one: two options may want the same
// last place, which a plan gives to one of them. It keeps no names and no history, and predicts no outcomes. Journeys are estimated from
// straight lines, not timetables.
//
// # More
//
// In docs/reference: words.md has the vocabulary, rules.md how each rule is
// read, scores.md what each criterion measures, answers.md what each question
// gives back, format.md the contract itself, plans.md what a plan is,
// questions-of-a-plan.md what is asked of one, commissioning.md what keeps referrals
// out and what a change is worth, regrouping.md how pupils change groups, lint.md
// what the linter finds, and requirements.md which tests show which requirement.
package matching
