"""Targets through time: what holds when, what is refused, and that nothing that held is rewritten."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from support.web.world import World, make_world
from wardmote.evidence.model.errors import UsageError
from wardmote.evidence.targets.versions import check_versions
from wardmote.web.foundation.refusals import RefusedError
from wardmote.web.partnerships.interface import Role
from wardmote.web.plans import actions
from wardmote.web.plans.interface import find_target_on, to_core_indicator
from wardmote.web.plans.models import Indicator, Plan, Target
from wardmote.web.plans.presenters import list_target_rows
from wardmote.web.plans.revising import count_a_year
from wardmote.web.plans.views.targets import say_scheduled

pytestmark = pytest.mark.django_db
START = date(2026, 4, 1)


@pytest.fixture
def world() -> World:
    return make_world("ashmere")


@pytest.fixture
def indicator(world: World) -> Indicator:
    return fetch(world.indicators["P1-1"])


def fetch(indicator: Indicator) -> Indicator:
    return Indicator.objects.select_related("plan", "priority", "owner").get(pk=indicator.pk)


def at_least(value: float) -> dict[str, Any]:
    return {"kind": "threshold", "operator": ">=", "value": value}


def change(indicator: Indicator, value: float, valid_from: date | None, **other: Any) -> Target:
    told = {"text": f"{value:g}", "reason": "The board asked for it", "by": None, **other}
    return actions.change_target(indicator=indicator, spec=at_least(value), valid_from=valid_from, **told)


def list_history(indicator: Indicator) -> list[tuple[float, date | None, date | None, bool]]:
    rows = Target.objects.filter(indicator=indicator).order_by("number")
    return [(row.spec["value"], row.valid_from, row.valid_to, row.withdrawn_at is not None) for row in rows]


def test_change_closes_the_version_in_force_the_day_before(indicator: Indicator) -> None:
    change(indicator, 85, date(2027, 4, 1))
    assert list_history(indicator) == [
        (80, START, date(2027, 3, 31), False),
        (85, date(2027, 4, 1), None, False),
    ]
    fresh = fetch(indicator)
    found = [find_target_on(fresh, day) for day in (date(2027, 3, 31), date(2027, 4, 1), None, date(2026, 3, 31))]
    assert [row.spec["value"] if row else None for row in found] == [80, 85, 85, None]


@pytest.mark.parametrize(
    ("told", "why"),
    [
        ({"reason": "  "}, "Say why"),
        ({"valid_from": None}, "from which day"),
        ({"valid_from": START}, "is set from 1 April 2026 already"),
        ({"valid_from": START - timedelta(days=1)}, "corrects a mistake"),
        ({"value": 80}, "nothing would change"),
    ],
)
def test_change_is_refused(indicator: Indicator, told: Any, why: str) -> None:
    with pytest.raises(RefusedError, match=why):
        change(indicator, **{"value": 85, "valid_from": date(2027, 4, 1), **told})
    assert list_history(indicator) == [(80, START, None, False)]


def test_change_before_a_scheduled_one_goes_between(indicator: Indicator) -> None:
    change(indicator, 90, date(2027, 1, 1))
    kept = change(indicator, 85, date(2026, 7, 1))
    assert list_history(indicator) == [
        (80, START, date(2026, 6, 30), False),
        (90, date(2027, 1, 1), None, False),
        (85, date(2026, 7, 1), date(2026, 12, 31), False),
    ]
    said = say_scheduled(indicator, kept)
    assert "until 31 December 2026: from 1 January 2027 the target that was set before stays" in said
    fresh = fetch(indicator)
    days = (START, date(2026, 7, 1), date(2026, 12, 31), date(2027, 1, 1), None)
    found = [find_target_on(fresh, day) for day in days]
    assert [row.spec["value"] if row else None for row in found] == [80, 85, 85, 90, 90]
    assert not check_versions(to_core_indicator(fresh))


def test_change_on_the_day_of_a_scheduled_one_is_refused_with_that_day(indicator: Indicator) -> None:
    change(indicator, 90, date(2027, 1, 1))
    with pytest.raises(RefusedError, match="is set from 1 January 2027 already"):
        change(indicator, 85, date(2027, 1, 1))


def test_target_that_the_core_cannot_read_is_refused(indicator: Indicator) -> None:
    with pytest.raises(UsageError):
        actions.change_target(
            indicator=indicator, spec={"kind": "wish"}, text="", valid_from=date(2027, 4, 1), reason="x", by=None
        )
    assert len(list_history(indicator)) == 1


def test_correction_withdraws_what_was_wrong_and_keeps_it_to_be_seen(indicator: Indicator) -> None:
    change(indicator, 58, START, as_correction=True, reason="80 was a slip for 58")
    assert list_history(indicator) == [(80, START, None, True), (58, START, None, False)]
    assert [version.text for version in to_core_indicator(fetch(indicator)).targets] == ["58"]
    rows = list_target_rows(fetch(indicator), START)
    assert [row.state for row in rows] == ["In force", "Withdrawn by a correction"]


def test_correction_inside_a_version_cuts_it_off(indicator: Indicator) -> None:
    change(indicator, 85, date(2027, 4, 1))
    change(indicator, 82, date(2026, 10, 1), as_correction=True)
    assert list_history(indicator) == [
        (80, START, date(2026, 9, 30), False),
        (85, date(2027, 4, 1), None, True),
        (82, date(2026, 10, 1), None, False),
    ]


def test_correction_without_a_reason_is_refused(indicator: Indicator) -> None:
    with pytest.raises(RefusedError, match="Say why"):
        change(indicator, 58, START, as_correction=True, reason="")


def test_first_target_needs_neither_day_nor_reason(world: World) -> None:
    plan = actions.make_plan(
        partnership=world.partnership, title="Draft", starts_on=START, ends_on=date(2029, 3, 31), by=None
    )
    from wardmote.web.plans.models import Priority

    priority = actions.add_record(plan=plan, kind=Priority, fields={"title": "One"}, by=None)
    fields = {"priority": priority, "ref": "1", "title": "Fires", "shape": "count", "polarity": "lower"}
    row = actions.add_record(plan=plan, kind=Indicator, fields=fields, by=None)
    change(row, 5, None, reason="")
    assert list_history(row) == [(5, None, None, False)]


def test_base_is_moved_with_a_reason_and_the_change_stays(indicator: Indicator) -> None:
    base = {"kind": "baseline", "value": 200, "period": "2024/25"}
    down = {"kind": "relative_change", "direction": "decrease", "percent": 5, "base": base}
    actions.change_target(
        indicator=indicator, spec=down, text="5% fewer", valid_from=date(2026, 7, 1), reason="Agreed", by=None
    )
    told = {"valid_from": date(2026, 10, 1), "set_by": "The board", "by": None}
    with pytest.raises(UsageError, match="without a reason"):
        actions.rebase_target(indicator=fetch(indicator), new_base=180, reason=" ", **told)
    moved = actions.rebase_target(indicator=fetch(indicator), new_base=180, reason="Counted anew", **told)
    now = {"kind": "baseline", "value": 180, "period": "2024/25", "moved_on": "2026-10-01"}
    assert moved.spec == {**down, "base": now}
    assert (moved.text, moved.reason, moved.set_by) == ("5% fewer (base moved to 180)", "Counted anew", "The board")
    change(indicator, 80, date(2027, 1, 1))
    with pytest.raises(UsageError, match="no target with a base"):
        actions.rebase_target(
            indicator=fetch(indicator), new_base=1, reason="x", valid_from=date(2027, 2, 1), set_by="y", by=None
        )


CHANGES = st.lists(
    st.tuples(st.floats(0, 100), st.dates(START - timedelta(days=400), START + timedelta(days=900)), st.booleans()),
    max_size=5,
)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(CHANGES)
def test_history_never_overlaps_and_never_loses_a_version(indicator: Indicator, changes: Any) -> None:
    """Whatever is tried: one target on any day from the first on, and every version ever set is still there."""
    kept = 1
    Target._base_manager.filter(indicator=indicator)._raw_delete("default")
    actions.change_target(indicator=indicator, spec=at_least(80), text="80", valid_from=START, by=None)
    for value, day, as_correction in changes:
        try:
            change(indicator, value, day, as_correction=as_correction)
            kept += 1
        except RefusedError:
            continue
    assert Target.objects.filter(indicator=indicator).count() == kept
    assert check_versions(to_core_indicator(fetch(indicator))) == ()
    words = [row.text for row in Target.objects.filter(indicator=indicator)]
    assert all(words)


def test_truth_of_who_set_it_is_kept(world: World, indicator: Indicator) -> None:
    by = world.people[Role.COORDINATOR]
    made = change(indicator, 85, date(2027, 4, 1), by=by, set_by="Strategic group")
    assert (made.set_by_person, made.set_by) == (by.pk, "Strategic group")


@pytest.mark.parametrize(
    ("adopted", "due"),
    [
        (date(2026, 11, 16), date(2027, 11, 16)),
        (date(2027, 3, 1), date(2028, 3, 1)),
        (date(2028, 2, 29), date(2029, 2, 28)),
    ],
)
def test_revision_is_due_on_the_same_day_a_year_on(adopted: date, due: date) -> None:
    assert count_a_year(Plan(adopted_on=adopted, starts_on=START)) == due
