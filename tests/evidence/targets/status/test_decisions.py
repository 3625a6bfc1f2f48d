"""What each kind of target makes of a value, drawn as tables.

A line reads: the value, the target, the colour (with the reason of a grey one), the kind of reasoning.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

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
    Polarity,
    RelativeChange,
    Target,
    TargetVersion,
    Threshold,
    Trajectory,
)
from wardmote.evidence.targets.plan import Indicator, Override, Value
from wardmote.evidence.targets.status import judge_indicator
from wardmote.evidence.targets.statuses import PeriodStatus, Settings

Q1, Q2, Q3, Q4 = (
    (date(2014, 4, 1), date(2014, 6, 30)),
    (date(2014, 7, 1), date(2014, 9, 30)),
    (date(2014, 10, 1), date(2014, 12, 31)),
    (date(2015, 1, 1), date(2015, 3, 31)),
)
YEAR = (date(2014, 4, 1), date(2015, 3, 31))


def quarter(number: float | None, at: tuple[date, date] = Q3, **others: object) -> Value:
    no = [Q1, Q2, Q3, Q4].index(at) + 1
    return replace(Value(f"2014-15 Q{no}", *at, number=number), **others)  # type: ignore[arg-type]


def whole_year(number: float | None, **others: object) -> Value:
    return replace(Value("2014-15", *YEAR, "year_total", number=number), **others)  # type: ignore[arg-type]


def row(target: Target, *values: Value, polarity: Polarity = "higher", **others: object) -> Indicator:
    made = Indicator("X", "a measure", polarity, (TargetVersion(target),), values)
    return replace(made, **others)  # type: ignore[arg-type]


def judge(target: Target, *values: Value, polarity: Polarity = "higher", as_at: date | None = None) -> PeriodStatus:
    """The answer for the last value given."""
    found = judge_indicator(row(target, *values, polarity=polarity), as_at=as_at)
    return next(one for one in found.periods if one.period == values[-1].period)


def answer(status: PeriodStatus) -> str:
    return " ".join(word for word in (status.status, status.reason_code or "", status.why_code) if word)


def read_table(text: str) -> list[tuple[str, ...]]:
    lines = [line for line in text.strip().splitlines() if line.strip() and not line.strip().startswith("-")]
    return [tuple(cell.strip() for cell in line.split("|")) for line in lines]


def check_table(text: str, judge_line: Callable[..., PeriodStatus]) -> None:
    """Every line's colour at once, so that a change of the rules shows all that it moves."""
    lines = read_table(text)
    found = [(*cells, answer(judge_line(*cells))) for *cells, _ in lines]
    assert lines
    assert found == [tuple(line) for line in lines]


def test_levels_are_met_nearly_met_or_missed() -> None:
    def judge_line(value: str, target: str) -> PeriodStatus:
        operator, level = target.split()
        return judge(Threshold(operator, float(level), "percent"), quarter(float(value), shape="percent"))  # type: ignore[arg-type]

    check_table(
        """
        77.8    | >= 85 | red
        80.75   | >= 85 | amber
        80.7499 | >= 85 | red
        84.9999 | >= 85 | amber
        85      | >= 85 | green
        85      | > 85  | amber
        25.4    | < 25  | amber
        25      | < 25  | amber
        25      | <= 25 | green
        26.25   | <= 25 | amber
        26.2501 | <= 25 | red
        0       | <= 0  | green
        0.1     | <= 0  | red
        100     | >= 100| green
        """,
        judge_line,
    )


def test_a_share_is_derived_from_its_counts_and_never_from_print() -> None:
    almost = quarter(None, shape="x_of_y", part=599, whole=800, printed_percent=75)
    status = judge(Threshold(">=", 75, "percent"), almost)
    assert answer(status) == "amber"
    assert status.value == 74.875
    assert status.why == "74.88% against at least 75%: short by 0.12 points (0.2% of the target)"


def test_figures_are_shown_so_that_they_prove_the_colour() -> None:
    status = judge(Threshold(">=", 75, "percent"), quarter(74.9996, shape="percent"))
    assert status.why == "74.9996% against at least 75%: short by 0.0004 points (less than 0.1% of the target)"


def test_yearly_counts_are_held_against_their_share() -> None:
    def judge_line(counts: str, target: str) -> PeriodStatus:
        operator, level = target.split()
        spans = (Q1, Q2, Q3, Q4)
        values = [quarter(float(n), at) for n, at in zip(counts.split(), spans, strict=False) if n != "-"]
        return judge(CountPerPeriod(operator, float(level)), *values)  # type: ignore[arg-type]

    check_table(
        """
        25          | >= 100 | green pro_rata
        24          | >= 100 | amber pro_rata
        20          | >= 100 | red pro_rata
        20 30       | >= 100 | green pro_rata
        - - 20      | >= 100 | red pro_rata
        - - 101     | >= 100 | green already_past
        25 25 25 25 | >= 100 | green already_past
        25 25 25 20 | >= 100 | amber pro_rata
        25          | <= 100 | green pro_rata
        30          | <= 100 | red pro_rata
        101         | <= 100 | red already_past
        0           | >= 2   | grey not_due
        1           | >= 2   | grey not_due
        1 1         | >= 2   | green already_past
        2           | <= 1   | red already_past
        """,
        judge_line,
    )


def test_a_one_off_not_done_by_the_years_end_is_missed() -> None:
    assert answer(judge(CountPerPeriod(">=", 2), whole_year(1))) == "red"
    assert answer(judge(CountPerPeriod(">=", 2), whole_year(2))) == "green"


def test_a_running_count_is_not_added_to_the_quarters_before() -> None:
    running = quarter(30, Q2, basis="cumulative")
    status = judge(CountPerPeriod(">=", 100), quarter(25, Q1), running)
    assert (answer(status), status.value, status.target) == ("red pro_rata", 30, 50)


def test_a_running_count_over_another_kind_of_year_is_read_both_ways() -> None:
    since_april = quarter(6, Q1, basis="cumulative")
    assert answer(judge(CountPerPeriod(">=", 8, span="academic_year"), since_april)) == "grey definition"
    enough = quarter(7, Q1, basis="cumulative")
    assert answer(judge(CountPerPeriod(">=", 8, span="academic_year"), enough)) == "green pro_rata"


def test_changes_need_the_right_base() -> None:
    def judge_line(value: str, printed: str, base: str, kind: str) -> PeriodStatus:
        change, _, said = printed.partition(" on ")
        number = float(base) if base != "-" else None
        target = RelativeChange("decrease", 5, Base(kind, number))  # type: ignore[arg-type]
        given = quarter(float(value), change_pct=float(change) if change != "-" else None, change_base=said)
        return judge(target, given, polarity="lower")

    check_table(
        """
        95  | -                      | 100 | same_period_last_year | green
        96  | -                      | 100 | same_period_last_year | amber
        100 | -                      | 100 | same_period_last_year | red
        96  | -                      | -   | same_period_last_year | grey no_baseline
        76  | -24                    | -   | same_period_last_year | green change_printed
        96  | -4                     | -   | same_period_last_year | amber change_printed
        110 | +10                    | -   | same_period_last_year | red change_printed
        76  | -24 on previous quarter| -   | same_period_last_year | grey no_baseline
        76  | -24 on quarter before  | -   | previous_period       | green change_printed
        76  | -24 on same quarter last year | - | same_period_last_year | green change_printed
        90  | -                      | 388 | previous_year_total   | grey no_baseline
        90  | -                      | 388 | outturn               | grey no_baseline
        90  | -10                    | -   | not_stated            | green change_printed
        """,
        judge_line,
    )


def test_a_share_has_one_base_all_year() -> None:
    target = RelativeChange("decrease", 10, Base("outturn", 13, "2013-14", "percent"))
    assert answer(judge(target, quarter(15, shape="percent"), polarity="lower")) == "red"
    assert answer(judge(target, quarter(11.7, shape="percent"), polarity="lower")) == "green"
    assert answer(judge(target, quarter(15), polarity="lower")) == "grey unit_mismatch"


def test_a_base_of_one_period_is_no_base_for_another() -> None:
    target = RelativeChange("decrease", 5, Base("same_point_last_year", by_period={"2014-15 Q2": 22}))
    assert answer(judge(target, quarter(6, Q2), polarity="lower")) == "green"
    assert answer(judge(target, quarter(6, Q3), polarity="lower")) == "grey no_baseline"


def test_last_years_value_in_the_same_row_is_the_base() -> None:
    before = Value("2013-14 Q3", date(2013, 10, 1), date(2013, 12, 31), number=100, measure="fly tips")
    target = RelativeChange("decrease", 5, Base("same_period_last_year"))
    now = quarter(96, measure="fly tips")
    assert answer(judge(target, before, now, polarity="lower")) == "amber"
    assert (
        answer(judge(target, before, replace(now, measure="all dumped goods"), polarity="lower")) == "grey definition"
    )


def test_two_quarters_make_a_half_year() -> None:
    """498 and 602 after falls of 24% and 5.2%: 1,100 after 655.3 + 635.0, a fall of 14.7% (Medway, 2014-15)."""
    target = RelativeChange("decrease", 5, Base("same_period_last_year"))
    values = quarter(498, Q3, change_pct=-24.0), quarter(602, Q4, change_pct=-5.2)
    half = judge_indicator(row(target, *values, polarity="lower")).periods[-1]
    assert (half.period, half.status, half.value) == ("2014-15 H2", "green", 1100)
    assert "-14.7% on 1,290.28" in half.why


def test_half_year_does_not_depend_on_how_its_quarters_are_written() -> None:
    target = RelativeChange("decrease", 5, Base("same_period_last_year"))
    first = replace(quarter(498, Q3, change_pct=-24.0), period="2014/15Q3")
    second = replace(quarter(602, Q4, change_pct=-5.2), period="2014/15 Q4")
    half = judge_indicator(row(target, second, first, polarity="lower")).periods[-1]
    assert (half.period, half.value) == ("2014/15 H2", 1100)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (quarter(498, Q2, change_pct=-24.0), quarter(602, Q3, change_pct=-5.2)),  # of two half-years
        (quarter(498, Q3, change_pct=-24.0), quarter(602, Q4, change_pct=-5.2, change_base="previous quarter")),
        (quarter(498, Q3, change_pct=-24.0), quarter(602, Q4, change_pct=-100.0)),
        (quarter(498, Q3, change_pct=-24.0, measure="a"), quarter(602, Q4, change_pct=-5.2, measure="b")),
    ],
)
def test_no_half_year_is_made_of_quarters_that_do_not_fit(first: Value, second: Value) -> None:
    target = RelativeChange("decrease", 5, Base("same_period_last_year"))
    found = judge_indicator(row(target, first, second, polarity="lower"))
    assert [one.period for one in found.periods] == [first.period, second.period]


def test_points_are_added_and_not_multiplied() -> None:
    target = PointsChange(2, Base("outturn", 6.2, "2013-14"), 8.2)
    assert answer(judge(target, quarter(4.9, shape="percent"))) == "red"
    assert answer(judge(target, quarter(8.2, shape="percent"))) == "green"
    assert answer(judge(target, quarter(8, shape="percent"))) == "amber"
    assert answer(judge(target, quarter(9))) == "grey unit_mismatch"
    assert answer(judge(PointsChange(2, Base("baseline")), quarter(9, shape="percent"))) == "grey no_baseline"


def test_nothing_may_rise_fall_or_move() -> None:
    def judge_line(value: str, relation: str, polarity: str) -> PeriodStatus:
        target = NoChange(relation, Base("outturn", 100), tolerance_pct=2)  # type: ignore[arg-type]
        return judge(target, whole_year(float(value)), polarity=polarity)  # type: ignore[arg-type]

    check_table(
        """
        102   | no_increase | lower     | green
        104   | no_increase | lower     | amber
        120   | no_increase | lower     | red
        98    | no_decrease | higher    | green
        80    | no_decrease | higher    | red
        120   | maintain    | higher    | green
        120   | maintain    | lower     | red
        101   | maintain    | contested | green
        104   | maintain    | contested | amber
        80    | maintain    | contested | red
        """,
        judge_line,
    )


def test_a_moving_comparator_decides_only_where_it_is_known() -> None:
    def judge_line(value: str, relation: str, comparator: str) -> PeriodStatus:
        part, _, whole = value.partition("/")
        counts = {"part": float(part), "whole": float(whole)} if whole else {"number": float(part)}
        given = replace(Value("2014-15", *YEAR, "year_total", shape="percent"), **counts)  # type: ignore[arg-type]
        number = float(comparator) if comparator != "-" else None
        return judge(Benchmark(relation, "England", number), given)  # type: ignore[arg-type]

    check_table(
        """
        14     | similar     | -  | grey no_comparator
        14     | similar     | 14.5 | green
        10     | similar     | 14.5 | red
        20     | similar     | 14.5 | green
        7/100  | similar     | 8  | green
        70/1000| similar     | 8  | green
        30/1000| similar     | 8  | red
        8      | better      | 8  | amber
        9      | better      | 8  | green
        7.9    | at_or_above | 8  | amber
        9      | at_or_below | 8  | red
        """,
        judge_line,
    )


def test_similar_by_overlapping_intervals() -> None:
    target = Benchmark("similar", "England", 8.0, (7.8, 8.2))
    few = Value("2014-15", *YEAR, "year_total", shape="x_of_y", part=6, whole=100)
    many = replace(few, part=600, whole=10_000)
    assert answer(judge(target, few)) == "green"
    assert answer(judge(target, many)) == "red"


def test_a_group_needs_its_size() -> None:
    target = CohortShare(">=", 80, "Year 12")
    assert answer(judge(target, whole_year(81.1, shape="percent"))) == "green"
    assert answer(judge(target, whole_year(1626))) == "grey denominator"
    assert answer(judge(target, quarter(50, Q2, basis="cumulative", shape="percent"))) == "grey not_due"


def test_actions_are_done_under_way_or_lost() -> None:
    def judge_line(text: str, state: str, due: str, as_at: str) -> PeriodStatus:
        days = [date.fromisoformat(day) if day != "-" else None for day in (due, as_at)]
        given = quarter(None, Q4, shape="status", text="" if text == "-" else text)
        target = Milestone("run", state="" if state == "-" else state, due=days[0])
        return judge(target, given, polarity="none", as_at=days[1])

    check_table(
        """
        complete (opened in July) | -                  | -          | -          | green milestone_status
        in progress               | -                  | -          | -          | amber qualitative
        hot spots named           | -                  | -          | -          | amber qualitative
        not yet complete          | -                  | -          | -          | amber qualitative
        nearly finished           | -                  | -          | -          | amber qualitative
        bid lost                  | -                  | -          | -          | red milestone_status
        -                         | complete           | -          | -          | green milestone_status
        -                         | in progress        | -          | -          | amber milestone_status
        -                         | not started        | -          | -          | amber milestone_status
        -                         | failed, superseded | -          | -          | red milestone_status
        -                         | somewhere          | -          | -          | grey definition
        in progress               | -                  | 2015-01-31 | -          | amber qualitative
        in progress               | -                  | 2015-01-31 | 2015-01-31 | amber qualitative
        in progress               | -                  | 2015-01-31 | 2015-04-30 | red milestone_status
        complete                  | -                  | 2015-01-31 | 2015-04-30 | green milestone_status
        -                         | -                  | 2015-01-31 | 2015-04-30 | red milestone_status
        -                         | -                  | 2015-06-30 | 2015-04-30 | grey no_data
        -                         | -                  | -          | -          | grey no_data
        """,
        judge_line,
    )


def test_the_parts_of_an_action_are_counted() -> None:
    target = Milestone(parts=("launched", "evaluated"), due=date(2015, 1, 31))
    half = quarter(None, Q4, shape="checklist", checks=(True, False))
    assert answer(judge(target, half)) == "amber milestone_status"
    assert "open: evaluated" in judge(target, half).why
    assert answer(judge(target, half, as_at=date(2015, 4, 1))) == "red milestone_status"
    assert answer(judge(target, replace(half, checks=(True, True)))) == "green milestone_status"


def test_a_number_is_no_answer_to_an_action() -> None:
    assert answer(judge(Milestone("evaluated"), quarter(2459), polarity="none")) == "grey unit_mismatch"


def test_an_earlier_report_is_not_blamed_for_a_day_still_to_come() -> None:
    target = Milestone("run", due=date(2015, 1, 31))
    reports = [quarter(None, at, shape="status", text="in progress") for at in (Q3, Q4)]
    found = judge_indicator(row(target, *reports), as_at=date(2015, 4, 30))
    assert [one.status for one in found.periods] == ["amber", "red"]


KSI = Trajectory(85.2, "2004-2008 mean", 2020, 51.12, annual_step=-4.86)


def calendar(number: float, **others: object) -> Value:
    days = (date(2014, 1, 1), date(2014, 12, 31))
    return replace(Value("2014", *days, "calendar_year", number=number), **others)  # type: ignore[arg-type]


def running(number: float, months: int = 9) -> Value:
    return Value(f"2014 to {months}", date(2014, 1, 1), date(2014, months, 30), "cumulative", number=number)


def test_a_path_allows_a_level_each_year() -> None:
    """The straight line from the middle of 2004-2008 allows 65.7 in 2014; one step of seven allows 80.3."""
    status = judge(KSI, calendar(57), polarity="lower")
    assert answer(status) == "green trajectory"
    assert status.target == pytest.approx(65.7257, abs=1e-4)
    assert "read in yearly steps it allows 80.28, which gives the same colour" in status.why
    differing = judge(KSI, calendar(75), polarity="lower")
    assert answer(differing) == "red trajectory"
    assert "which would be green" in differing.why


def test_part_of_a_year_on_a_path_is_held_against_its_share() -> None:
    """The path allows 65.7 in 2014, so 49.3 in nine months."""
    assert answer(judge(KSI, running(40), polarity="lower")) == "green pro_rata"
    assert answer(judge(KSI, running(50), polarity="lower")) == "amber pro_rata"
    assert answer(judge(KSI, running(60), polarity="lower")) == "red pro_rata"
    assert answer(judge(KSI, running(80), polarity="lower")) == "red already_past"


def test_part_of_a_year_on_a_path_waits_where_it_is_not_counted_from_the_start() -> None:
    assert answer(judge(KSI, replace(running(14, 9), basis="quarter"), polarity="lower")) == "grey not_due"


def test_a_foretold_year_on_a_path_is_settled_only_by_what_happened() -> None:
    foretold = calendar(90, state="projected")
    assert answer(judge(KSI, foretold, polarity="lower")) == "grey not_due"
    assert answer(judge(KSI, running(40), foretold, polarity="lower")) == "grey not_due"
    assert answer(judge(KSI, running(95), foretold, polarity="lower")) == "red trajectory"
    assert answer(judge(KSI, running(95), calendar(50, state="projected"), polarity="lower")) == "red trajectory"


def test_paths_may_be_curved_or_stepped() -> None:
    stepped = Trajectory(100, "2010", 2020, 50, "steps", steps={2012: 90, 2016: 70})
    curved = Trajectory(100, "2010", 2020, 25, "compound")
    assert judge(stepped, calendar(90), polarity="lower").target == 90
    assert judge(curved, calendar(90), polarity="lower").target == pytest.approx(100 * 0.25**0.4)
    assert answer(judge(Trajectory(100, "earlier", 2020, 50), calendar(90))) == "grey no_baseline"


def test_each_occurrence_needs_evidence() -> None:
    target = Frequency(1, "discussion", "quarter")
    assert answer(judge(target, quarter(1))) == "green"
    assert answer(judge(target, quarter(0))) == "red"
    assert answer(judge(target, whole_year(3))) == "red"
    assert answer(judge(target, whole_year(4))) == "green"
    assert answer(judge(target, quarter(None, shape="text", text="officers met partners"))) == "grey no_data"
    assert answer(judge(target, quarter(None, state="missing", note="continuous contact"))) == "grey ongoing"
    assert answer(judge(target, quarter(None, state="missing"))) == "grey no_data"


TWO_PARTS = Compound((("licences", Threshold(">=", 65, "percent")), ("orders", Threshold(">=", 75, "percent"))))


def test_the_worst_part_governs() -> None:
    def judge_line(licences: str, orders: str) -> PeriodStatus:
        given = [(n, float(v)) for n, v in (("licences", licences), ("orders", orders)) if v != "-"]
        return judge(TWO_PARTS, quarter(None, shape="parts", parts=tuple(given)))

    check_table(
        """
        88.5 | 78.4 | green worst_part
        61.5 | 73.0 | red worst_part
        64   | 78   | amber worst_part
        70   | -    | grey no_data worst_part
        30   | -    | red worst_part
        """,
        judge_line,
    )


def test_one_figure_answers_two_parts_only_where_both_agree() -> None:
    assert answer(judge(TWO_PARTS, quarter(80, shape="percent"))) == "green worst_part"
    assert answer(judge(TWO_PARTS, quarter(70, shape="percent"))) == "grey definition"


def test_a_split_value_against_one_level_is_as_bad_as_its_worst_part() -> None:
    status = judge(Threshold(">=", 90, "percent"), quarter(None, shape="parts", parts=(("day", 94), ("evening", 47))))
    assert answer(status) == "red worst_part"
    assert status.why.startswith("the worst part governs, evening: 47%")
    assert status.why.endswith("besides day 94% (green); the target does not say which part it means")


def test_foretold_figures_colour_nothing_that_has_not_happened() -> None:
    rate = {"shape": "rate", "state": "projected", "basis": "cumulative"}
    ceiling = Threshold("<", 275, "per 100k")
    assert answer(judge(ceiling, quarter(395, Q3, **rate), polarity="lower")) == "red already_past"
    assert answer(judge(ceiling, quarter(360, Q3, **rate), polarity="lower")) == "grey not_due"
    assert answer(judge(ceiling, quarter(395, Q2, **rate), polarity="lower")) == "grey not_due"
    assert answer(judge(Threshold(">=", 75, "percent"), quarter(90, shape="percent", state="projected"))) == (
        "grey not_due"
    )


def test_two_denominators_colour_only_what_both_colour_alike() -> None:
    given = quarter(None, shape="x_of_y", part=568, whole=820, whole_alternative=722, state="suspect")
    assert answer(judge(Threshold(">=", 75, "percent"), given)) == "grey denominator"
    both = judge(Threshold(">=", 60, "percent"), given)
    assert answer(both) == "green"
    assert "doubtful" in both.why


def test_several_measures_of_one_period_colour_only_what_all_colour_alike() -> None:
    engaged, delivered = (whole_year(n, measure=m) for n, m in ((8, "engaged"), (6, "delivered")))
    assert answer(judge(CountPerPeriod(">=", 8), engaged, delivered)) == "grey definition"
    assert answer(judge(CountPerPeriod(">=", 5), engaged, delivered)) == "green"


def test_nothing_to_score_has_many_reasons() -> None:
    def judge_line(state: str, note: str, other: str) -> PeriodStatus:
        key, _, word = other.partition("=")
        extra = {key: word} if word else {}
        return judge(Threshold(">=", 90, "percent"), quarter(None, Q4, state=state, note=note, **extra))

    check_table(
        """
        missing      | national data not released since Q2  |                       | grey no_data
        missing      | official collection after April 2015 |                       | grey not_due
        missing      | survey results due in May 2015       |                       | grey not_due
        missing      | not yet published                    |                       | grey not_due
        missing      | reported six weeks in arrears        |                       | grey not_due
        missing      | reported in June 2013                |                       | grey no_data
        missing      |                                      |                       | grey no_data
        missing      |                                      | lag=6-8 weeks         | grey not_due
        missing      |                                      | missing_reason=not_due| grey not_due
        missing      |                                      | missing_reason=what   | grey no_data
        not_due      |                                      |                       | grey not_due
        discontinued |                                      |                       | grey discontinued
        suppressed   |                                      |                       | grey no_data
        proxy        |                                      |                       | grey definition
        actual       |                                      |                       | grey no_data
        actual       |                                      | text=on target        | grey no_data
        """,
        judge_line,
    )


def test_nothing_out_of_nothing_is_no_share() -> None:
    status = judge(Threshold(">=", 90, "percent"), quarter(None, shape="x_of_y", part=0, whole=0))
    assert answer(status) == "grey no_data"
    assert "nothing to take a share of" in status.why


def test_units_that_do_not_fit_are_not_compared() -> None:
    assert answer(judge(Threshold(">=", 90, "percent"), quarter(45))) == "grey unit_mismatch"
    assert answer(judge(Threshold(">=", 90, "people"), quarter(45, shape="percent"))) == "grey unit_mismatch"
    assert answer(judge(Threshold(">=", 90), quarter(-6, shape="percent_change"))) == "grey unit_mismatch"
    assert answer(judge(CountPerPeriod(">=", 90), quarter(45, shape="percent"))) == "grey unit_mismatch"


@pytest.mark.parametrize("state", ["", "ongoing", "awaiting figure"])
def test_no_target_is_never_met(state: str) -> None:
    assert answer(judge(NoTarget(state), quarter(12))) == "grey no_target"
    assert answer(judge(NoTarget(state), quarter(None, state="missing"))) == "grey no_target"


def test_a_contested_measure_is_scored_and_the_sentence_warns() -> None:
    status = judge(Threshold("<", 28, "percent"), quarter(27.7, shape="percent"), polarity="contested")
    assert answer(status) == "green"
    assert "either good or ill" in status.why


def test_each_period_is_held_against_the_target_then_in_force() -> None:
    versions = (
        TargetVersion(Threshold("<", 28, "percent"), valid_to=date(2014, 12, 31)),
        TargetVersion(Threshold("<", 25, "percent"), valid_from=date(2015, 1, 1)),
    )
    values = [quarter(27, at, shape="percent") for at in (Q3, Q4)]
    found = judge_indicator(Indicator("X", "", "lower", versions, tuple(values)))
    assert [one.status for one in found.periods] == ["green", "red"]
    only_late = Indicator("X", "", "lower", versions[1:], tuple(values))
    assert [answer(one) for one in judge_indicator(only_late).periods] == ["grey no_target", "red"]


def test_a_figure_standing_in_never_becomes_the_latest_status() -> None:
    proxy = quarter(14, Q4, shape="percent", state="proxy")
    found = judge_indicator(row(Threshold(">=", 10, "percent"), quarter(9.9, Q3, shape="percent"), proxy))
    assert found.latest is not None
    assert (found.latest.period, found.latest.status) == ("2014-15 Q3", "amber")


def test_a_measure_that_ended_keeps_its_last_value() -> None:
    made = row(Threshold(">=", 85, "percent"), quarter(75, Q3, shape="percent"), discontinued_on=date(2014, 12, 31))
    found = judge_indicator(made, plan_period=("2014-15 H2", Q3[0], Q4[1]))
    assert [answer(one) for one in found.periods] == ["red", "grey discontinued"]
    assert found.periods[-1].why.endswith("its last value was 75% for 2014-15 Q3")


def test_a_row_without_values_is_answered_for_the_plans_period() -> None:
    period = ("2018-19", date(2018, 4, 1), date(2019, 3, 31))
    answers = {
        target: [answer(one) for one in judge_indicator(row(target), plan_period=period).periods]
        for target in (NoTarget("ongoing"), Milestone(state="complete"), Threshold(">=", 3))
    }
    assert list(answers.values()) == [["grey no_target"], ["green milestone_status"], ["grey no_data"]]
    assert judge_indicator(row(NoTarget("ongoing"))).periods == ()


def test_a_persons_status_stands_beside_the_machines() -> None:
    override = Override("2014-15 Q3", "amber", "the sample was two callers", "A. Coordinator", date(2015, 2, 1))
    made = row(Threshold(">=", 85, "percent"), quarter(77.8, shape="percent"), overrides=(override,))
    status = judge_indicator(made).periods[0]
    assert (status.status, status.computed, status.why_code) == ("amber", "red", "override")
    assert status.why.startswith("set by A. Coordinator on 1 February 2015: the sample was two callers; computed: red")
    greyed = judge_indicator(replace(made, overrides=(replace(override, status="grey"),))).periods[0]
    assert (greyed.status, greyed.reason_code) == ("grey", "definition")


def test_the_tolerance_is_the_partnerships_own() -> None:
    made = row(Threshold(">=", 85, "percent"), quarter(77.8, shape="percent"))
    assert judge_indicator(made, settings=Settings(amber_within_pct=10)).periods[0].status == "amber"


def test_few_behind_a_share_are_marked() -> None:
    few = quarter(None, shape="x_of_y", part=2, whole=31)
    assert judge(Threshold("<", 50, "percent"), few).is_small
    assert not judge(Threshold("<", 50, "percent"), replace(few, part=20, whole=31)).is_small
    assert not judge(CountPerPeriod(">=", 4), whole_year(6)).is_small


def test_a_person_may_set_a_period_that_the_row_never_reported() -> None:
    made = row(Threshold(">=", 85), overrides=(Override("2014-15 Q1", "green", "told at the meeting", "B. Lead"),))
    status = judge_indicator(made).periods[0]
    assert (status.period, status.status, status.computed, status.reason_code) == ("2014-15 Q1", "green", None, None)
    assert status.why == "set by B. Lead: told at the meeting"


def test_a_period_that_is_not_over_is_not_missing() -> None:
    missing = quarter(None, Q4, state="missing")
    assert answer(judge(Threshold(">=", 85), missing, as_at=date(2015, 2, 1))) == "grey not_due"
    assert answer(judge(Threshold(">=", 85), missing, as_at=date(2015, 4, 1))) == "grey no_data"


def test_answers_stand_oldest_first_and_the_longest_of_one_end_last() -> None:
    given = [whole_year(300), quarter(30, Q4), quarter(40, Q3), Value("undated", number=3)]
    found = judge_indicator(row(Threshold(">=", 30), *given))
    assert [one.period for one in found.periods] == ["2014-15 Q3", "2014-15 Q4", "2014-15", "undated"]
