"""A plan that was taken over comes out as it went in, and is judged the same."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from support.web.plan_files import keep_structure
from support.web.world import World, make_world
from wardmote import catalogue
from wardmote.evidence.interface import describe_statuses, judge_plan, read_plan_file
from wardmote.evidence.model.errors import Fault
from wardmote.evidence.targets.kinds import (
    Base,
    Compound,
    Milestone,
    NoTarget,
    RelativeChange,
    Target,
    TargetVersion,
    Threshold,
    Trajectory,
    WithdrawnVersion,
)
from wardmote.evidence.targets.plan import Indicator as CoreIndicator
from wardmote.evidence.targets.plan import Override, Plan, Value
from wardmote.evidence.targets.plan_file import (
    Action,
    Consultation,
    CrosswalkRow,
    Gate,
    GateKind,
    GateOutcome,
    PlanFile,
    Priority,
    Programme,
    Risk,
)
from wardmote.web.foundation.writes import writing
from wardmote.web.partnerships.interface import Organisation
from wardmote.web.plans.interface import describe_structure, list_indicators, to_core_indicator
from wardmote.web.plans.models import Consultation as ConsultationRecord
from wardmote.web.plans.models import Gate as GateRecord
from wardmote.web.plans.models import Indicator
from wardmote.web.plans.models import Plan as PlanRecord
from wardmote.web.plans.models import Priority as PriorityRecord
from wardmote.web.plans.states import GateKind as GateKindHere
from wardmote.web.plans.states import GateOutcome as GateOutcomeHere
from wardmote.web.plans.states import PlanState

pytestmark = pytest.mark.django_db
PUBLISHED = sorted((Path(catalogue.__file__).parent / "plans").glob("*.yaml"))


@pytest.fixture
def world() -> World:
    return make_world("ashmere")


def take_over(file: PlanFile, world: World, faults: list[Fault] | None = None) -> PlanRecord:
    return keep_structure(file, partnership=world.partnership, by=None, is_historic=True, faults=faults)


def bring_back(plan: PlanRecord, file: PlanFile) -> PlanFile:
    """What stands in the records, with the values and settings by hand that the returns would keep."""
    reported = {row.id: row for row in file.plan.indicators}
    rows = tuple(
        to_core_indicator(row, reported[row.ref].values, reported[row.ref].overrides) for row in list_indicators(plan)
    )
    found = describe_structure(plan)
    return replace(found, plan=replace(found.plan, indicators=tuple(sorted(rows, key=lambda row: place(file, row)))))


def place(file: PlanFile, row: CoreIndicator) -> int:
    return [one.id for one in file.plan.indicators].index(row.id)


def strip(file: PlanFile) -> PlanFile:
    return replace(file, plan=replace(file.plan, faults=()))


@pytest.mark.parametrize("path", PUBLISHED, ids=[path.stem for path in PUBLISHED])
def test_plan_published_comes_back_as_it_went_in(path: Path, world: World) -> None:
    file = read_plan_file(path)
    assert bring_back(take_over(file, world), file) == strip(file)


@pytest.mark.parametrize("path", PUBLISHED, ids=[path.stem for path in PUBLISHED])
def test_statuses_of_plan_published_are_the_same_after_the_way_through(path: Path, world: World) -> None:
    file = read_plan_file(path)
    back = bring_back(take_over(file, world), file)
    day = date(2021, 4, 1)
    before = describe_statuses(file.plan, judge_plan(file.plan, as_at=day))
    assert describe_statuses(back.plan, judge_plan(back.plan, as_at=day)) == before


def test_owner_known_under_an_alias_is_found_and_comes_back_in_the_file_s_words(world: World) -> None:
    with writing(by=None, verb="test.alias"):
        world.police.aliases = ["Ashmere  Constabulary"]
        world.police.save()
    row = CoreIndicator("1.1", "Fires", "lower", (), (), owner="ashmere constabulary")
    file = PlanFile(Plan("Plan", (row,)), starts_on=date(2025, 4, 1), ends_on=date(2028, 3, 31))
    plan = take_over(file, world)
    kept = Indicator.objects.get(plan=plan)
    assert kept.owner == world.police
    assert to_core_indicator(kept).owner == "ashmere constabulary"
    kept.owner = world.council
    assert to_core_indicator(kept).owner == world.council.name


def test_owner_that_nobody_knows_is_a_fault_and_left_out(world: World) -> None:
    rows = tuple(CoreIndicator(ref, "Fires", "lower", (), (), owner="Nobody") for ref in ("1", "2"))
    faults: list[Fault] = []
    plan = take_over(PlanFile(Plan("Plan", rows)), world, faults)
    assert [(fault.code, fault.rows) for fault in faults] == [("unknown_organisation", 2)]
    assert set(Indicator.objects.filter(plan=plan).values_list("owner", flat=True)) == {None}
    assert not Organisation.objects.filter(name="Nobody").exists()


def test_series_of_the_same_key_run_on_from_plan_to_plan(world: World) -> None:
    row = CoreIndicator("1", "Fires", "lower", (), (), series_key="fires")
    own = {"partnership": world.partnership, "by": None}
    first = keep_structure(PlanFile(Plan("Old", (row,))), **own)
    second = keep_structure(PlanFile(Plan("New", (replace(row, id="9"),))), **own)
    old, new = Indicator.objects.get(plan=first), Indicator.objects.get(plan=second)
    assert old.series == new.series
    as_it_stood = take_over(PlanFile(Plan("Older", (row,))), world)
    assert Indicator.objects.get(plan=as_it_stood).series != old.series
    other = make_world("brackley")
    third = take_over(PlanFile(Plan("Elsewhere", (row,))), other)
    assert Indicator.objects.get(plan=third).series != old.series


def test_shape_chosen_by_hand_leaves_with_the_plan_and_comes_back(world: World) -> None:
    row = CoreIndicator("1", "Fires", "lower", (), ())
    kept = Indicator.objects.get(plan=take_over(PlanFile(Plan("Plan", (row,))), world))
    assert kept.shape == "count"
    kept.shape, kept.frequency, kept.part_names = "parts", "yearly", ["day", "night"]
    out = to_core_indicator(kept)
    again = Indicator.objects.get(plan=take_over(PlanFile(Plan("Again", (out,))), world))
    assert (again.shape, again.frequency, again.part_names) == ("parts", "yearly", ["day", "night"])
    assert to_core_indicator(again).extra == out.extra


def test_priority_that_rows_only_named_is_exported_once_somebody_described_it(world: World) -> None:
    row = CoreIndicator("1.1", "Fires", "lower", (), (), priority_no=3, priority_title="Fire")
    plan = take_over(PlanFile(Plan("Plan", (row,))), world)
    assert describe_structure(plan).priorities == ()
    kept = PriorityRecord.objects.get(plan=plan)
    with writing(by=None, verb="test.described"):
        kept.aim = "Fewer fires"
        kept.save()
    assert [(one.no, one.aim) for one in describe_structure(plan).priorities] == [(3, "Fewer fires")]


GATES_BY_HAND = (
    Gate("scrutiny", "Safer Ashmere committee", date(2025, 1, 9), "approved", "Minute 4", "p. 1"),
    Gate("full_council", "Ashmere Council", date(2025, 3, 9), "approved_with_changes", "Minute 9", "p. 1"),
)


def test_words_for_gates_are_those_of_the_file() -> None:
    assert set(get_args(GateKind)) == set(GateKindHere.values)
    assert set(get_args(GateOutcome)) == set(GateOutcomeHere.values)


def test_consultations_and_gates_of_a_file_become_records(world: World) -> None:
    asked = Consultation("Residents", date(2024, 11, 1), None, 412, "More lamps", "Lamps", "p. 1")
    file = PlanFile(Plan("Plan", ()), starts_on=date(2025, 4, 1), gates=GATES_BY_HAND, consultations=(asked,))
    plan = take_over(file, world)
    first, last = GateRecord.objects.filter(plan=plan)
    assert (first.body, first.record, first.number, last.number) == ("Safer Ashmere committee", "Minute 4", 1, 2)
    assert (last.recorded_by, last.recorded_at is None) == (None, False)
    assert ConsultationRecord.objects.get(plan=plan).answers_count == 412


def test_plan_in_force_was_adopted_on_the_day_of_its_last_gate(world: World) -> None:
    starts_on = date(2025, 4, 1)
    for gates, adopted_on in (
        (GATES_BY_HAND, date(2025, 3, 9)),
        ((), starts_on),
        ((*GATES_BY_HAND, Gate("cabinet", outcome="held")), starts_on),
        ((*GATES_BY_HAND, Gate("cabinet", "", date(2025, 3, 30), round=2)), starts_on),
    ):
        file = PlanFile(Plan("Plan", ()), starts_on=starts_on, gates=gates)
        plan = keep_structure(file, partnership=world.partnership, by=None, state=PlanState.ADOPTED)
        assert plan.adopted_on == adopted_on
        assert GateRecord.objects.filter(plan=plan).count() == len(gates)


def test_draft_of_a_file_waits_at_the_file_s_gates_else_at_the_usual_ones(world: World) -> None:
    planned = Gate("full_council", held_on=date(2025, 3, 9))
    for gates, kinds in (((planned,), ["full_council"]), ((), ["scrutiny", "cabinet", "full_council"])):
        file = PlanFile(Plan("Plan", ()), starts_on=date(2025, 4, 1), gates=gates)
        plan = keep_structure(file, partnership=world.partnership, by=None)
        found = GateRecord.objects.filter(plan=plan)
        assert [(gate.kind, gate.outcome, gate.recorded_at) for gate in found] == [(k, "waiting", None) for k in kinds]


# ---- any plan -------------------------------------------------------------------------------------------------------

WORDS = st.text("abcdé £%-'\n", max_size=12)
DAYS = st.dates(date(2014, 1, 1), date(2028, 12, 31))
NUMBERS = st.floats(0, 5000, allow_nan=False).map(lambda number: round(number, 2))
SIMPLE: st.SearchStrategy[Target] = st.one_of(
    st.builds(Threshold, st.sampled_from([">=", "<", "<="]), NUMBERS, st.sampled_from(["percent", "", "count"])),
    st.builds(
        RelativeChange, st.sampled_from(["increase", "decrease"]), NUMBERS,
        st.builds(Base, st.sampled_from(["same_period_last_year", "baseline"]), st.none() | NUMBERS),
    ),
    st.builds(Milestone, WORDS, st.lists(WORDS, max_size=2).map(tuple), WORDS, st.none() | DAYS),
    st.builds(Trajectory, NUMBERS, WORDS, st.integers(2020, 2030), NUMBERS),
    st.builds(NoTarget, WORDS),
)  # fmt: skip
TARGETS = SIMPLE | st.builds(Compound, st.lists(st.tuples(WORDS, SIMPLE), min_size=1, max_size=2).map(tuple))
VERSIONS = st.builds(
    TargetVersion, TARGETS, WORDS, st.none() | st.just(date(2014, 4, 1)),
    st.none() | st.dates(date(2014, 4, 1), date(2028, 12, 31)), WORDS, WORDS,
    st.lists(SIMPLE, max_size=1).map(tuple),
)  # fmt: skip
VALUES = st.builds(
    Value, st.sampled_from(["2025/26Q1", "2025/26Q2"]), basis=st.sampled_from(["quarter", "year_total", "stock"]),
    shape=st.sampled_from(["percent", "count", "status", "parts"]), number=st.none() | NUMBERS,
)  # fmt: skip
EXTRAS = st.dictionaries(
    st.sampled_from(["numerator", "denominator", "definition", "data_source", "evidence_indicator", "kind", "x"]), WORDS
)
INDICATORS = st.builds(
    CoreIndicator, st.text("0123456789.", min_size=1, max_size=5), WORDS,
    st.sampled_from(["higher", "lower", "contested", "none"]), st.lists(VERSIONS, max_size=2).map(tuple),
    st.lists(VALUES, max_size=2).map(tuple), priority_no=st.integers(0, 3), priority_title=WORDS, unit=WORDS,
    owner=st.sampled_from(["", "Ashmere Police", "ashmere  police", "Nobody"]), lag=WORDS, series_key=WORDS,
    discontinued_on=st.none() | DAYS, plan=WORDS, source=WORDS, extra=EXTRAS,
    overrides=st.lists(st.builds(Override, st.just("2025/26Q1"), st.just("red"), WORDS, WORDS), max_size=1).map(tuple),
    withdrawn=st.lists(st.builds(WithdrawnVersion, VERSIONS, DAYS, WORDS), max_size=1).map(tuple),
)  # fmt: skip
PRIORITIES = st.lists(
    st.builds(
        Priority, st.integers(0, 3), WORDS, WORDS, WORDS, st.lists(WORDS, max_size=2).map(tuple), WORDS,
        st.lists(st.builds(Programme, WORDS, WORDS, WORDS), max_size=2).map(tuple),
    ),
    max_size=3, unique_by=lambda priority: priority.no,
).map(lambda found: tuple(sorted(found, key=lambda priority: priority.no)))  # fmt: skip
ACTIONS = st.builds(
    Action, WORDS, WORDS, st.none() | st.integers(1, 3), WORDS, st.sampled_from(["", "Ashmere Council", "Nobody"]),
    st.none() | DAYS, st.sampled_from(["", "prevent"]), st.sampled_from(["", "ongoing", "Complete", "odd", "done"]),
    WORDS, WORDS,
)  # fmt: skip
CONSULTATIONS = st.builds(
    Consultation, WORDS, DAYS, st.none() | st.just(date(2029, 1, 1)), st.none() | st.integers(0, 900), WORDS, WORDS,
    WORDS,
)  # fmt: skip
GATES = st.lists(
    st.builds(
        Gate, st.sampled_from(get_args(GateKind)), WORDS, st.none() | DAYS, st.sampled_from(get_args(GateOutcome)),
        WORDS, WORDS, st.integers(1, 3),
    ),
    max_size=3,
).map(lambda found: tuple(sorted(found, key=lambda gate: gate.round)))  # fmt: skip
FILES = st.builds(
    PlanFile,
    st.builds(Plan, WORDS, st.lists(INDICATORS, max_size=3, unique_by=lambda row: row.id).map(tuple)),
    WORDS, st.none() | st.just(date(2014, 4, 1)), st.none() | st.just(date(2028, 3, 31)), WORDS,
    st.lists(WORDS, max_size=2).map(tuple), WORDS,
    st.dictionaries(st.sampled_from(["crime_and_disorder", "reoffending"]), st.booleans()), PRIORITIES,
    st.lists(ACTIONS, max_size=3).map(tuple),
    st.lists(st.builds(Risk, WORDS, likelihood=st.none() | st.integers(1, 5), rating=WORDS), max_size=2).map(tuple),
    st.lists(st.builds(CrosswalkRow, WORDS, WORDS, st.none() | st.integers(4, 5)), max_size=0).map(tuple),
    st.lists(CONSULTATIONS, max_size=2).map(tuple), GATES,
)  # fmt: skip


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(FILES)
def test_any_plan_comes_back_as_it_went_in(world: World, file: PlanFile) -> None:
    plan = take_over(file, world)
    back = bring_back(plan, file)
    assert back == strip(file)
