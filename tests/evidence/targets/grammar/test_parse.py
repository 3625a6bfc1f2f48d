"""Targets in plain words, form by form: what is read, with a twin that must be read otherwise or asked about."""

import time
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wardmote.evidence.targets.grammar import Understanding, parse_target
from wardmote.evidence.targets.grammar.describe import describe_target
from wardmote.evidence.targets.kinds import (
    Base,
    Benchmark,
    CohortShare,
    Compound,
    CountPerPeriod,
    Frequency,
    Milestone,
    NoChange,
    NoTarget,
    PointsChange,
    RelativeChange,
    Target,
    Threshold,
    Trajectory,
)

NOT_STATED = Base("not_stated")
SATISFACTION = "Satisfaction of victims with the response"
THEFTS = "Number of thefts"

# title, text, target, question codes
Case = tuple[str, str, Target, tuple[str, ...]]

THRESHOLDS: list[Case] = [
    (SATISFACTION, "85%", Threshold(">=", 85, "percent"), ()),
    ("Percentage of complaints answered", "95%", Threshold(">=", 95, "percent"), ()),
    (SATISFACTION, "85 per cent", Threshold(">=", 85, "percent"), ()),
    (SATISFACTION, "85", Threshold(">=", 85, "percent"), ()),
    (SATISFACTION, "85% or more", Threshold(">=", 85, "percent"), ()),
    (SATISFACTION, "more than 85%", Threshold(">", 85, "percent"), ()),
    (SATISFACTION, "a minimum of 85%", Threshold(">=", 85, "percent"), ()),
    (SATISFACTION, "≥ 85%", Threshold(">=", 85, "percent"), ()),
    (SATISFACTION, "80% (tbc)", Threshold(">=", 80, "percent"), ("provisional",)),
    ("Percentage who re-offend after completing", "50%", Threshold("<=", 50, "percent"), ()),
    ("Percentage who re-offend after completing", "< 50%", Threshold("<", 50, "percent"), ()),
    ("Percentage who re-offend after completing", "no more than 50%", Threshold("<=", 50, "percent"), ()),
    ("Percentage who re-offend after completing", "<p>&lt; 50%</p>", Threshold("<", 50, "percent"), ()),
    ("Increase the proportion of offenders in employment", "40%", Threshold(">=", 40, "percent"), ()),
    ("Reduce the repeat rate", "5%", Threshold("<=", 5, "percent"), ("level_or_change",)),
    ("Widgets", "85%", Threshold(">=", 85, "percent"), ("higher_or_lower",)),
    ("Repeat rate", "Below 28% ABC benchmark", Threshold("<", 28, "percent", "ABC benchmark"), ()),
    ("Feel safe by day and after dark", "90%", Threshold(">=", 90, "percent", "", True), ("part",)),
    ("Entrants", "< 275 young people rate per 100k", Threshold("<", 275, "per 100k"), ()),
    ("Answers to letters", "within 20 working days", Threshold("<=", 20, "working days"), ()),
    ("Spent on it", "up to £50,000", Threshold("<=", 50_000, "money"), ()),
    ("Spent on it", "£50,000", Threshold(">=", 50_000, "money"), ("higher_or_lower",)),
    ("Share of homes that are safe", "1 in 5", Threshold(">=", 20, "percent"), ()),
    ("Number of deaths", "zero", Threshold("<=", 0, "count"), ()),
    (SATISFACTION, "Maintain 95%", Threshold(">=", 95, "percent"), ()),
    (THEFTS, "Reduce to 100", Threshold("<=", 100, "count"), ()),
    (THEFTS, "50 fewer than the 2019/20 out-turn (500)", Threshold("<=", 450, "count"), ()),
]
CHANGES: list[Case] = [
    ("Reduction on the number of repeat victims", "5%", RelativeChange("decrease", 5, NOT_STATED), ("base",)),
    (THEFTS, "5% reduction", RelativeChange("decrease", 5, NOT_STATED), ("base",)),
    (THEFTS, "-5%", RelativeChange("decrease", 5, NOT_STATED), ("base",)),
    (THEFTS, "5%", RelativeChange("decrease", 5, NOT_STATED), ("base",)),
    ("Number of notices", "10% increase", RelativeChange("increase", 10, NOT_STATED), ("base",)),
    ("Number of notices", "10%", RelativeChange("increase", 10, NOT_STATED), ("higher_or_lower", "base")),
    (
        THEFTS,
        "five per cent less than the same quarter last year",
        RelativeChange("decrease", 5, Base("same_period_last_year", period="quarter")),
        (),
    ),
    (THEFTS, "Down 5% on last year", RelativeChange("decrease", 5, Base("previous_year")), ()),
    (THEFTS, "3% reduction each year", RelativeChange("decrease", 3, Base("previous_year")), ()),
    (
        "Reduce the number in care",
        "Reduce by 10% against 2013/14 out-turn (13%)",
        RelativeChange("decrease", 10, Base("outturn", 13, "2013-14", "percent")),
        ("percent_or_points",),
    ),
    (
        "Reduce the number in care",
        "Reduce by 10% against 2013/14 out-turn",
        RelativeChange("decrease", 10, Base("outturn", None, "2013-14")),
        ("base",),
    ),
    (THEFTS, "halve", RelativeChange("decrease", 50, NOT_STATED), ("base",)),
    (THEFTS, "Reduce by a quarter on last year", RelativeChange("decrease", 25, Base("previous_year")), ()),
    ("Number of visits", "double", RelativeChange("increase", 100, NOT_STATED), ("base",)),
    (THEFTS, "year on year reduction", RelativeChange("decrease", 0, Base("previous_year")), ("how_much",)),
    (
        "Percentage of users",
        "Increase by 2% from the 2013/14 baseline of 6.2%",
        RelativeChange("increase", 2, Base("baseline", 6.2, "2013-14", "percent")),
        ("percent_or_points",),
    ),
    (
        "Percentage of users",
        "Increase by 50% from the 2013/14 baseline of 6.2% i.e. 9.3%",
        RelativeChange("increase", 50, Base("baseline", 6.2, "2013-14", "percent")),
        (),
    ),
]
POINTS: list[Case] = [
    (
        "Percentage of users",
        "Increase by 3% from the 2015/16 baseline of 11.5% i.e. 14.5%",
        PointsChange(3, Base("baseline", 11.5, "2015-16", "percent"), 14.5),
        (),
    ),
    (
        "Percentage of users",
        "Increase by 2% from the 2013/14 baseline of 6.2% i.e. 9.9%",
        PointsChange(2, Base("baseline", 6.2, "2013-14", "percent"), 9.9),
        ("contradiction", "percent_or_points"),
    ),
    ("", "down 3 percentage points on last year", PointsChange(-3, Base("previous_year")), ()),
    ("", "+2 points", PointsChange(2, NOT_STATED), ("base",)),
    ("", "from 40% to 50%", PointsChange(10, Base("baseline", 40, unit="percent"), 50), ()),
    ("", "reduce from 40% to 50%", PointsChange(10, Base("baseline", 40, unit="percent"), 50), ("contradiction",)),
]
COUNTS: list[Case] = [
    ("Operation to seize motor bikes", "10 per year", CountPerPeriod(">=", 10), ()),
    ("Deliver training", "100 practitioners", CountPerPeriod(">=", 100, "practitioners"), ("span",)),
    ("Deliver training", "at least a dozen events a quarter", CountPerPeriod(">=", 12, "events", "quarter"), ()),
    ("Sessions", "Two programmes delivered", CountPerPeriod(">=", 2, "programmes"), ("span",)),
    (
        "Campaign. March - May",
        "1 campaign delivered",
        CountPerPeriod(">=", 1, "campaign", window="March-May"),
        ("span",),
    ),
    ("Number of referrals", "150 (Target figure from ABC)", CountPerPeriod(">=", 150), ("higher_or_lower", "span")),
    ("Number of fires", "no more than 10 a month", CountPerPeriod("<=", 10, span="month"), ()),
    ("Number of fires", "10", CountPerPeriod("<=", 10), ("span",)),
    ("", "10 burglaries a year", CountPerPeriod("<=", 10, "burglaries"), ()),
    ("Visits", "10 homes per academic year", CountPerPeriod(">=", 10, "homes", "academic_year"), ()),
]
OTHERS: list[Case] = [
    ("Deliver a play to pupils", "80% of year 12", CohortShare(">=", 80, "year 12"), ()),
    ("Deliver a play", "to more than 60% of all schools in the area", CohortShare(">", 60, "schools"), ()),
    ("Percentage of victims", "80% of victims", Threshold(">=", 80, "percent"), ("higher_or_lower",)),
    ("", 'Maintain "similar" rate to England average', Benchmark("similar", "England average"), ()),
    ("", "To fall in line with the predicted level", Benchmark("at_or_below", "predicted level"), ()),
    ("", "remain above England", Benchmark("at_or_above", "England"), ()),
    ("", "below the England average (8.1%)", Benchmark("at_or_below", "England average", 8.1), ()),
    ("", "top quartile", Benchmark("at_or_above", "top quartile"), ("comparator",)),
    (THEFTS, "top quartile of similar forces", Benchmark("at_or_below", "top quartile of similar forces"), ()),
    (
        "",
        "no increase on the 2014-15 out-turn (426 per 100k)",
        NoChange("no_increase", Base("outturn", 426, "2014-15", "per 100k")),
        (),
    ),
    ("", "maintain", NoChange("maintain", NOT_STATED), ("base",)),
    ("", "Maintain or improve on last year", NoChange("no_decrease", Base("previous_year")), ()),
    (THEFTS, "+/- 5% on last year", NoChange("maintain", Base("previous_year"), 5), ()),
    (THEFTS, "no more than 5% increase on last year", NoChange("no_increase", Base("previous_year"), 5), ()),
    ("", "A quarterly discussion", Frequency(1, "discussion", "quarter"), ()),
    ("", "a discussion each month", Frequency(1, "discussion", "month"), ()),
    ("", "Panel twice a year", Frequency(2, "Panel", "financial_year"), ()),
    ("", "Awaiting figure from ABC, due in May 2014", NoTarget("pending"), ()),
    ("", "On-going", NoTarget("ongoing"), ()),
    ("", "TBC", NoTarget("pending"), ()),
    ("", "n/a", NoTarget("not_set"), ()),
    ("", "", NoTarget("not_set"), ()),
    ("", "–", NoTarget("not_set"), ()),
    (
        "",
        "Scheme launched with its evaluation in place.",
        Milestone(
            "Scheme launched with its evaluation in place",
            ("Scheme launched", "its evaluation in place"),
        ),
        (),
    ),
    ("Service", "Ongoing support agreed", Milestone("Ongoing support agreed"), ()),
    ("Strategy", "Agreed by 31 March 2026", Milestone("Strategy: Agreed", due=date(2026, 3, 31)), ()),
    ("Adopt the strategy", "by March 2026", Milestone("Adopt the strategy", due=date(2026, 3, 31)), ("done_when",)),
    ("Adopt the strategy", "by 2025/26", Milestone("Adopt the strategy", due=date(2026, 3, 31)), ("done_when",)),
    (
        "",
        "Deliver training in line with national guidance",
        Milestone("Deliver training in line with national guidance"),
        (),
    ),
    (
        "",
        "licences: 65%, orders: at least 75%",
        Compound((("licences", Threshold(">=", 65, "percent")), ("orders", Threshold(">=", 75, "percent")))),
        ("higher_or_lower",),
    ),
    (
        "Percentage completing licences and orders",
        "65%/75% respectively",
        Compound((("licences", Threshold(">=", 65, "percent")), ("orders", Threshold(">=", 75, "percent")))),
        ("part",),
    ),
    (
        "",
        "between 40% and 50%",
        Compound((("lower end", Threshold(">=", 40, "percent")), ("upper end", Threshold("<=", 50, "percent")))),
        (),
    ),
    (
        "",
        "40% reduction based on the 2004/08 average of 85.2 by 2020",
        Trajectory(85.2, "2004-2008 average", 2020, 51.12, baseline_start=2004, baseline_end=2008),
        ("shape",),
    ),
    (
        "Reduce it to 48 by 2020 (a 40% reduction on the baseline average for 2005 to 2009)",
        "A reduction of 5 casualties a year",
        Trajectory(80, "2005-2009 average", 2020, 48, baseline_start=2005, baseline_end=2009, annual_step=-5),
        ("shape",),
    ),
    ("", "from 120 to 100 by 2026", Trajectory(120, "", 2026, 100), ("shape", "base")),
    ("", "Reduce by half by 2030 from 80", Trajectory(80, "", 2030, 40), ("shape", "base")),
]


def codes(understanding: Understanding) -> tuple[str, ...]:
    return tuple(question.code for question in understanding.questions)


@pytest.mark.parametrize(("title", "text", "target", "asked"), [*THRESHOLDS, *CHANGES, *POINTS, *COUNTS, *OTHERS])
def test_parse_target_form_by_form(title: str, text: str, target: Target, asked: tuple[str, ...]) -> None:
    understanding = parse_target(text, title=title)
    assert understanding.target == target
    assert codes(understanding) == asked
    assert understanding.outcome == ("asked" if asked else "understood")
    assert understanding.text == text


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("soon", "no number"),
        ("a lot better", "no number"),
        ("???", "no words"),
        ("A reduction of 5 casualties a year", "the level that it starts from"),
        ("5% below the England average", "a distance from another's figure"),
        ("reduce from 100 to 120", "the words say decrease"),
    ],
)
def test_parse_target_refused_says_why(text: str, why: str) -> None:
    understanding = parse_target(text)
    assert understanding.outcome == "refused"
    assert understanding.target is None
    assert why in understanding.why


def test_parse_target_with_two_promises_asks_which_governs() -> None:
    understanding = parse_target("5% (< 275 young people rate per 100k)", title="By triage, reduction in entrants")
    assert understanding.target == RelativeChange("decrease", 5, NOT_STATED)
    assert understanding.also == (Threshold("<", 275, "per 100k"),)
    question = next(question for question in understanding.questions if question.code == "which_governs")
    assert question.options[1] == "below 275 per 100k"


def test_parse_target_with_a_result_keeps_it_beside_the_change() -> None:
    understanding = parse_target("2% reduction (to 300)", title="Number of fires")
    assert understanding.also == (Threshold("<=", 300, "count"),)
    assert "which_governs" in codes(understanding)


def test_parse_target_from_to_without_a_year_keeps_the_change_beside_the_level() -> None:
    understanding = parse_target("from 120 to 90", title=THEFTS)
    assert understanding.target == Threshold("<=", 90, "count")
    assert understanding.also == (RelativeChange("decrease", 25, Base("baseline", 120, unit="count")),)
    assert codes(understanding) == ("by_when",)


def test_parse_target_with_a_figure_left_over_asks_about_it() -> None:
    understanding = parse_target("95% within 5 days, 80% within 2 days", title=SATISFACTION)
    assert codes(understanding) == ("which_governs",)
    assert any("80 %" in words or "80%" in words for words in understanding.not_understood)


def test_parse_target_yearly_step_against_its_figures_asks() -> None:
    title = "To achieve a 40% reduction based on the 2004/08 average of 85.2 by 2020"
    understanding = parse_target("5.71% reduction per year from 51 to 56 (+9.8%)", title=title)
    assert isinstance(understanding.target, Trajectory)
    assert understanding.target.annual_step == pytest.approx(-85.2 * 0.0571)
    assert codes(understanding) == ("shape", "contradiction")


@pytest.mark.parametrize(("polarity", "operator"), [("higher", ">="), ("lower", "<=")])
def test_parse_target_with_the_plans_polarity_asks_nothing(polarity: str, operator: str) -> None:
    understanding = parse_target("85%", title="Widgets", polarity=polarity)  # type: ignore[arg-type]
    assert understanding.target == Threshold(operator, 85, "percent")  # type: ignore[arg-type]
    assert understanding.outcome == "understood"


def test_parse_target_of_a_contested_measure_asks_the_way() -> None:
    assert codes(parse_target("85%", title=SATISFACTION, polarity="contested")) == ("higher_or_lower",)


def test_parse_target_with_a_unit_hint_reads_a_bare_number_in_it() -> None:
    assert parse_target("85", title="Cleared", unit_hint="percent").target == Threshold(">=", 85, "percent")
    assert parse_target("85", title="Cleared", unit_hint="count").target == CountPerPeriod(">=", 85)


def test_parse_target_says_which_words_it_read() -> None:
    understanding = parse_target("80% of year 12 to students", title="Deliver a play")
    assert understanding.understood == ("80% of year 12",)
    assert understanding.not_understood == ("to students",)


@given(st.text(), st.text())
def test_parse_target_of_any_text_answers(text: str, title: str) -> None:
    understanding = parse_target(text, title=title)
    assert (understanding.target is None) == (understanding.outcome == "refused") == bool(understanding.why)
    if understanding.target is not None:
        assert describe_target(understanding.target)


KNOWN_WORDS = (
    "5% 10 2% 2013/14 2020 1999/00 31 Feb February £5 from to by of per a year quarter reduction increase no more than "
    "at least within < ( ) / - , ; : and i.e. average baseline out-turn 100k points respectively maintain similar "
    "England quartile top halve + ± two dozen hundred one in Q3 99.99.2020 31/02/2020 tbc launched twice each"
)
PIECES = st.sampled_from(sorted(KNOWN_WORDS.split()))


@given(st.lists(PIECES, max_size=14), st.lists(PIECES, max_size=10))
def test_parse_target_of_any_known_words_answers(text: list[str], title: list[str]) -> None:
    understanding = parse_target(" ".join(text), title=" ".join(title))
    if understanding.target is not None:
        assert describe_target(understanding.target)
    assert (understanding.outcome == "asked") == (understanding.target is not None and bool(understanding.questions))


@pytest.mark.parametrize(
    "piece", ["5% ", "9", "a", "<a", "( ", "from 5 to 6 ", "no more than ", "1,", "2013/14 ", "- "]
)
def test_parse_target_time_grows_with_the_text_and_no_faster(piece: str) -> None:
    parse_target(piece)
    times = []
    for length in (2_000, 8_000, 32_000):
        text = (piece * length)[:length]
        best = min(_time(text) for _ in range(2))
        times.append(best)
    # Four times the text in about four times the time: a square would take sixteen.
    assert all(longer < 10 * shorter + 0.05 for shorter, longer in pairwise(times)), times


def _time(text: str) -> float:
    start = time.perf_counter()
    parse_target(text)
    return time.perf_counter() - start


@pytest.mark.parametrize(
    "text",
    ["At least 80% and below 70%", "below 70% and at least 80%", "over 80%, but under 70%", "at least 8 and below 8"],
)
def test_bounds_that_exclude_each_other_are_refused_as_a_contradiction(text):
    found = parse_target(text, title="Share of cases")
    assert (found.target, found.outcome) == (None, "refused")
    assert "contradict each other: nothing can be both" in found.why


@pytest.mark.parametrize("text", ["at least 80% and at most 90%", "no more than 90% and at least 80%"])
def test_bounds_that_leave_room_are_a_range_and_both_count(text):
    parts = (("lower end", Threshold(">=", 80, "percent")), ("upper end", Threshold("<=", 90, "percent")))
    assert parse_target(text).target == Compound(parts)


def test_a_floor_and_a_ceiling_on_two_things_are_no_contradiction():
    assert "contradict" not in parse_target("more than 60% attend, fewer than 10% drop out").why


@pytest.mark.parametrize(
    ("text", "direction", "percent", "base", "period"),
    [
        ("halve from 100", "decrease", 50, 100, ""),
        ("double the 2019 figure of 50", "increase", 100, 50, "2019"),
        ("reduce by 5% from 200", "decrease", 5, 200, ""),
        ("reduce by 50% from 100 in 2019", "decrease", 50, 100, "2019"),
        ("halve the 2019/20 total of 350", "decrease", 50, 350, "2019-20"),
    ],
)
def test_the_base_in_the_words_is_read_with_its_year(text, direction, percent, base, period):
    found = parse_target(text, title="Number of fly tips")
    assert found.target == RelativeChange(direction, percent, Base("baseline", base, period))
    assert found.outcome == "understood"


@pytest.mark.parametrize("text", ["halve", "halve the 2019 figure", "5% fewer from 3 estates"])
def test_a_base_that_is_not_in_the_words_is_not_made_up(text):
    found = parse_target(text, title="Number of fly tips")
    assert isinstance(found.target, RelativeChange)
    assert found.target.base.value is None
    assert "base" in [question.code for question in found.questions]
