"""Every warning rule on a row it must warn of and on its twin that it must leave alone."""

from datetime import date

import pytest

from evidence.targets.drawn_plans import plan, quarter, row, share, stretch, year
from wardmote.evidence.targets.kinds import (
    Base,
    CountPerPeriod,
    Milestone,
    NoChange,
    NoTarget,
    PointsChange,
    RelativeChange,
    TargetVersion,
    Threshold,
)
from wardmote.evidence.targets.plan import Value
from wardmote.evidence.targets.warnings import find_warnings, list_rules

FLOOR = Threshold(">=", 60, "percent")
LAST_YEAR = RelativeChange("decrease", 5, Base("same_period_last_year"))
APRIL = date(2015, 4, 1)
TOLD = "Seven schools took part and all of them sent their accounts to the board in time."


def told(label, narrative, **more):
    return quarter(label, 1, narrative=narrative, **more)


def percent(label, number, **more):
    return quarter(label, number, shape="percent", **more)


def versions(old, new, **more):
    return (TargetVersion(old, valid_to=date(2015, 3, 31)), TargetVersion(new, valid_from=APRIL, **more))


# rule, rows that it must warn of (the first is asked), rows that it must not warn of
TWINS = [
    ("part_larger_than_whole", [row([share("2015-16 Q1", 62, 54)])], [row([share("2015-16 Q1", 54, 54)])]),
    (
        "printed_percent_differs",
        [row([share("2015-16 Q2", 15, 52, printed_percent=19)])],
        [row([share("2015-16 Q2", 15, 52, printed_percent=29), share("2015-16 Q1", 14, 99, printed_percent=14.2)])],
    ),
    (
        "year_below_its_parts",
        [row([quarter("2014-15 Q3", 117), quarter("2014-15 Q4", 120), year("2014-15", 200)])],
        [row([quarter("2014-15 Q3", 117), quarter("2014-15 Q4", 59), year("2014-15", 450)])],
    ),
    (
        "year_below_its_parts",
        [row([stretch(date(2014, 4, 1), date(2014, 12, 31), 300), year("2014-15", 200)])],
        [row([quarter("2014-15 Q3", 300, measure="calls"), year("2014-15", 200, measure="visits")])],
    ),
    (
        "running_total_falls",
        [row([stretch(APRIL, date(2015, 6, 30), 20), stretch(APRIL, date(2015, 9, 30), 19)])],
        [row([stretch(date(2014, 4, 1), date(2015, 3, 31), 90), stretch(APRIL, date(2015, 6, 30), 20)])],
    ),
    (
        "year_share_outside_quarters",
        [row([percent("2014-15 Q3", 62.4), percent("2014-15 Q4", 68.03), year("2014-15", 89, shape="percent")])],
        [row([percent("2014-15 Q3", 62.4), percent("2014-15 Q4", 68.03), year("2014-15", 75, shape="percent")])],
    ),
    (
        "year_share_outside_quarters",
        [row([*(percent(f"2014-15 Q{n}", 60 + n) for n in (1, 2, 3, 4)), year("2014-15", 66, shape="percent")])],
        [row([*(percent(f"2014-15 Q{n}", 60 + n) for n in (1, 2, 3, 4)), year("2014-15", 63, shape="percent")])],
    ),
    ("unit_differs_from_target", [row([quarter("2015-16 Q1", 7)], FLOOR)], [row([share("2015-16 Q1", 7, 9)], FLOOR)]),
    (
        "unit_differs_from_target",
        [row([percent("2015-16 Q1", 7)], CountPerPeriod(">=", 10, "schools"))],
        [row([quarter("2015-16 Q1", 7)], CountPerPeriod(">=", 10, "schools"))],
    ),
    (
        "relative_target_without_base",
        [row([quarter("2015-16 Q1", 70)], LAST_YEAR)],
        [row([quarter("2015-16 Q1", 70)], RelativeChange("decrease", 5, Base("outturn", 80)))],
    ),
    (
        "relative_target_without_base",
        [row([quarter("2014-15 Q4", 80), quarter("2015-16 Q1", 70)], LAST_YEAR)],
        [
            row([quarter("2015-16 Q1", 70)], LAST_YEAR, series_key="tips"),
            row([quarter("2014-15 Q1", 80)], id="R-0", series_key="tips"),
        ],
    ),
    (
        "compared_with_wrong_base",
        [row([quarter("2015-16 Q2", 146, change_pct=64, change_base="previous quarter")], LAST_YEAR)],
        [row([quarter("2015-16 Q2", 146, change_pct=1, change_base="same quarter last year")], LAST_YEAR)],
    ),
    (
        "bases_mixed_in_row",
        [
            row(
                [
                    quarter("2015-16 Q1", 89, change_pct=-31, change_base="same quarter last year"),
                    quarter("2015-16 Q2", 146, change_pct=64, change_base="the previous quarter"),
                ]
            )
        ],
        [
            row(
                [
                    quarter("2015-16 Q1", 89, change_pct=-31, change_base="same quarter last year"),
                    quarter("2015-16 Q2", 146, change_pct=1, change_base="same period last year"),
                ]
            )
        ],
    ),
    (
        "target_eased",
        [row(targets=versions(Threshold(">=", 100, "percent"), Threshold(">=", 95, "percent")))],
        [row(targets=versions(Threshold("<", 50, "percent"), Threshold("<", 20, "percent")))],
    ),
    (
        "target_eased",
        [
            row([quarter("2015-16 Q1", 89)], RelativeChange("increase", 5, Base("previous_year")), series_key="fpn"),
            row(
                [year("2014-15", 450)], RelativeChange("increase", 10, Base("previous_year")), id="A", series_key="fpn"
            ),
        ],
        [
            row([quarter("2015-16 Q1", 89)], RelativeChange("increase", 5, Base("previous_year")), series_key="fpn"),
            row(
                [year("2014-15", 450)], RelativeChange("decrease", 10, Base("previous_year")), id="A", series_key="fpn"
            ),
        ],
    ),
    (
        "target_changed_silently",
        [row(targets=versions(FLOOR, Threshold(">=", 70, "percent")))],
        [row(targets=versions(FLOOR, Threshold(">=", 70, "percent"), reason_for_change="agreed by the board"))],
    ),
    (
        "target_changed_silently",
        [row(targets=versions(FLOOR, NoTarget("dropped")))],
        [row(targets=versions(NoTarget("pending"), FLOOR))],
    ),
    (
        "text_copied",
        [row([told("2015-16 Q1", f"Q1 - {TOLD}"), told("2015-16 Q2", f"Q2 – {TOLD.upper()}")])],
        [row([told("2015-16 Q1", "No update."), told("2015-16 Q2", "No update.")])],
    ),
    (
        "text_copied",
        [
            row(
                [
                    told("2015-16 Q1", "A rate of 312. In all 4 of the 18 young people seen in the quarter were new."),
                    told("2015-16 Q2", "A rate of 320. In all 4 of the 18 young people seen in the quarter were new."),
                ]
            )
        ],
        [
            row(
                [
                    told("2015-16 Q1", "The teams dealt with 820 fly tips and removed 568 of them within one day."),
                    told("2015-16 Q2", "The teams dealt with 706 fly tips and removed 584 of them within one day."),
                ]
            )
        ],
    ),
    (
        "number_in_two_rows",
        [row([quarter("2015-16 Q1", 468)]), row([quarter("2015-16 Q1", 468)], id="R-2", title="Pupils seen")],
        [row([quarter("2015-16 Q1", 450)]), row([quarter("2015-16 Q1", 450)], id="R-2", title="Pupils seen")],
    ),
    (
        "number_in_two_rows",
        [row([quarter("2015-16 Q1", 468)]), row([quarter("2015-16 Q1", 468)], id="R-2", title="Pupils seen")],
        [row([quarter("2015-16 Q1", 468)]), row([quarter("2015-16 Q2", 468)], id="R-2", title="Pupils seen")],
    ),
    (
        "number_in_two_measures",
        [
            row(
                [
                    told(
                        "2015-16 Q1",
                        "Road safety visits: 16 classes (468 pupils).\nScooter skills: 16 schools (468 pupils).",
                    )
                ]
            )
        ],
        [row([told("2015-16 Q1", "Road safety visits: 468 pupils were seen. Of these 468 pupils, 90 had scooters.")])],
    ),
    (
        "number_in_two_measures",
        [row([quarter("2015-16 Q1", 894, measure="children"), quarter("2015-16 Q1", 894, measure="parents")])],
        [row([quarter("2015-16 Q1", 894, measure="children"), quarter("2015-16 Q1", 51, measure="parents")])],
    ),
    (
        "target_without_reach",
        [row([year("2014-15", 455)], CountPerPeriod(">=", 100, "people"), polarity="higher")],
        [row([year("2014-15", 264)], CountPerPeriod(">=", 100, "people"), polarity="higher")],
    ),
    (
        "target_without_reach",
        [row([share("2014-15 Q3", 2, 31)], Threshold("<", 50, "percent"))],
        [row([quarter("2014-15 Q3", 10)], CountPerPeriod("<=", 50, "calls"))],
    ),
    (
        "target_without_reach",
        [row([quarter("2014-15 Q3", 420)], CountPerPeriod(">=", 100, "hours", span="quarter"), polarity="higher")],
        [
            row(
                [quarter(f"2014-15 Q{number}", 110) for number in (1, 2, 3, 4)],
                CountPerPeriod(">=", 100, "hours", span="quarter"),
                polarity="higher",
            )
        ],
    ),
    (
        "percent_out_of_range",
        [row([percent("2015-16 Q1", 103)], FLOOR)],
        [row([percent("2015-16 Q1", 100)], FLOOR)],
    ),
    (
        "percent_out_of_range",
        [row([percent("2015-16 Q1", -6)], FLOOR)],
        [row([percent("2015-16 Q1", -6)], LAST_YEAR)],
    ),
    (
        "breakdown_does_not_add_up",
        [row([quarter("2015-16 Q1", shape="breakdown", parts=(("safe", 60), ("neither", 16), ("unsafe", 18)))])],
        [row([quarter("2015-16 Q1", shape="breakdown", parts=(("safe", 60), ("neither", 16), ("unsafe", 23)))])],
    ),
    (
        "breakdown_does_not_add_up",
        [row([quarter("2015-16 Q1", shape="breakdown", parts=(("day: safe", 90), ("day: not", 20)))])],
        [row([quarter("2015-16 Q1", shape="parts", parts=(("day", 94), ("evening", 47)))])],
    ),
    (
        "projection_below_actual",
        [row([stretch(APRIL, date(2015, 12, 31), 788), year("2015-16", 768, state="projected")])],
        [row([stretch(APRIL, date(2015, 12, 31), 700), year("2015-16", 768, state="projected")])],
    ),
    (
        "dated_outside_period",
        [row([told("2015-16 Q1", "The campaign ran from May to the end of June 2014 with 20 boards.")])],
        [row([told("2015-16 Q1", "The campaign ran from May to the end of June 2015 with 20 boards.")])],
    ),
    (
        "dated_outside_period",
        [row([told("2015-16 Q1", "Boards stood at 20 sites in June 2014.")])],
        [
            row(
                [
                    told(
                        "2015-16 Q1",
                        "Fewer boards stood there than in June 2014. From 01/10/14 to 24/06/15 miles fell.",
                    )
                ]
            )
        ],
    ),
    (
        "dated_outside_period",
        [row([told("2015-16 Q1", "Boards stood at 20 sites in June 2014.")])],
        [row([told("2015-16 Q1", "The cohort of April 2012 to March 2013 re-offended less.", lag="two years")])],
    ),
    (
        "target_forms_disagree",
        [row(targets=(TargetVersion(NoChange("no_increase", Base("outturn", 426)), also=(Threshold("<", 275),)),))],
        [
            row(
                targets=(
                    TargetVersion(Threshold("<", 275), also=(RelativeChange("decrease", 5, Base("outturn", 289.5)),)),
                )
            )
        ],
    ),
    (
        "target_forms_disagree",
        [row(target=PointsChange(2, Base("outturn", 6.2), resulting=9.2))],
        [row(target=PointsChange(2, Base("outturn", 6.2), resulting=8.2))],
    ),
    (
        "several_measures",
        [row([quarter("2015-16 Q1", 8, measure="engaged"), quarter("2015-16 Q1", 6, measure="screened")], FLOOR)],
        [row([quarter("2015-16 Q1", 8, measure="engaged"), quarter("2015-16 Q2", 6, measure="engaged")], FLOOR)],
    ),
    (
        "several_measures",
        [row([quarter(f"2015-16 Q{n}", n, measure=name) for n in (1, 2) for name in ("a", "b")])],
        [row([quarter("2015-16 Q1", 8, measure="bids"), quarter("2015-16 Q1", 6, measure="funds")], Milestone("done"))],
    ),
    (
        "contested_wording",
        [row([told("2015-16 Q1", "Referrals fell to 107, an encouraging result.")], polarity="contested")],
        [row([told("2015-16 Q1", "Referrals fell to 107, an encouraging result.")], polarity="lower")],
    ),
    (
        "contested_wording",
        [row([told("2015-16 Q1", "Performance improved: 30% were repeats.")], polarity="contested")],
        [row([told("2015-16 Q1", "Improved sharing with 3 agencies; lighting improvements.")], polarity="contested")],
    ),
    (
        "definition_changed",
        [row([quarter("2015-16 Q1", 820, measure="tips and bags"), quarter("2015-16 Q2", 706, measure="tips")])],
        [row([quarter("2015-16 Q1", 820, measure="tips"), quarter("2015-16 Q2", 706, measure="Tips")])],
    ),
    (
        "definition_changed",
        [row([told("2015-16 Q2", "A dip, owing to changes in the calculation and the cohort.")])],
        [row([told("2015-16 Q2", "A new way of working and changes in staff.")])],
    ),
    (
        "polarity_against_target",
        [row(targets=(TargetVersion(Threshold("<", 28, "percent"), "below 28%"),), polarity="higher")],
        [row(targets=(TargetVersion(Threshold("<", 28, "percent"), "below 28%"),), polarity="lower")],
    ),
    (
        "polarity_against_target",
        [row(target=Threshold(">=", 80, "percent"), polarity="lower")],
        [row(target=Threshold(">=", 80, "percent"), polarity="contested")],
    ),
    (
        "polarity_against_target",
        [row(target=RelativeChange("decrease", 5, Base("outturn", 10)), polarity="higher")],
        [row(target=NoChange("no_increase", Base("outturn", 10)), polarity="higher")],
    ),
    ("small_numbers", [row([share("2015-16 Q1", 1, 19)])], [row([share("2015-16 Q1", 48, 57)])]),
    (
        "small_numbers",
        [row([quarter("2015-16 Q1", 55, shape="rate", count=4)])],
        [row([quarter("2015-16 Q1", 426, shape="rate", count=115)])],
    ),
    (
        "value_suppressed",
        [row([quarter("2015-16 Q1", state="suppressed")])],
        [row([quarter("2015-16 Q1", state="missing")])],
    ),
    (
        "value_repeats",
        [row([quarter("2015-16 Q1", 468), quarter("2015-16 Q2", 468)])],
        [row([percent("2015-16 Q1", 100), percent("2015-16 Q2", 100)])],
    ),
    (
        "value_repeats",
        [row([percent("2015-16 Q1", 35.37), percent("2015-16 Q2", 35.37)])],
        [row([quarter("2015-16 Q1", 468), quarter("2015-16 Q3", 468)])],
    ),
]
NAMES = [f"{twin[0]}-{number}" for number, twin in enumerate(TWINS)]


def warned(rule, rows):
    return [warning for warning in find_warnings(plan(*rows), rows[0]) if warning.rule == rule]


@pytest.mark.parametrize(("rule", "bad", "good"), TWINS, ids=NAMES)
def test_rule_warns_of_one_twin_and_not_of_the_other(rule, bad, good):
    (warning,) = warned(rule, bad)
    assert warning.sentence.endswith(".")
    assert warned(rule, good) == []


def test_every_rule_has_twins_a_question_and_an_example():
    rules = list_rules()
    assert {rule.name for rule in rules} == {rule for rule, _, _ in TWINS}
    assert all(rule.question.endswith("?") and rule.example.endswith(".") for rule in rules)


@pytest.mark.parametrize(
    "values", [[], [Value("2016 (undated)", number=25.4, shape="percent")], [Value("?", state="missing", shape="text")]]
)
@pytest.mark.parametrize("target", [FLOOR, LAST_YEAR, CountPerPeriod(">=", 4), NoTarget(), Milestone()])
def test_rules_say_nothing_of_rows_that_hold_nothing_odd(values, target):
    odd = {warning.rule for warning in find_warnings(plan(), row(values, target, polarity="none"))}
    assert odd <= {"unit_differs_from_target"}


def test_eased_target_of_a_contested_measure_is_only_called_moved():
    moved = row(targets=versions(Threshold("<", 25, "percent"), Threshold("<", 28, "percent")), polarity="contested")
    (warning,) = warned("target_eased", [moved])
    assert warning.sentence == "The target was moved: below 28%, after below 25%."
