"""Targets through time: one in force on any day, every change told, no base moved without a word."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence.targets.drawn_plans import row
from wardmote.evidence.interface import decode_target, describe_target, encode_target
from wardmote.evidence.model.errors import UsageError
from wardmote.evidence.targets.kinds import (
    Base,
    NoChange,
    PointsChange,
    RelativeChange,
    TargetVersion,
    Threshold,
    Trajectory,
)
from wardmote.evidence.targets.plan import Value
from wardmote.evidence.targets.status.judge import judge_indicator
from wardmote.evidence.targets.versions import (
    check_versions,
    find_version_in_force,
    list_target_changes,
    rebase,
    replace_version,
)

APRIL = date(2015, 4, 1)
OLD = TargetVersion(Threshold(">=", 100, "percent"), "100%", valid_to=date(2015, 3, 31))
NEW = TargetVersion(Threshold(">=", 95, "percent"), "95%", valid_from=APRIL)


def test_version_in_force_is_the_days_own():
    screened = row(targets=(NEW, OLD))
    assert find_version_in_force(screened, date(2015, 3, 31)) is OLD
    assert find_version_in_force(screened, APRIL) is NEW
    assert find_version_in_force(screened, None) is NEW
    assert find_version_in_force(row(targets=(NEW,)), date(2014, 1, 1)) is None


@pytest.mark.parametrize(
    ("versions", "codes"),
    [
        ((OLD, NEW), []),
        ((NEW, OLD), []),
        ((), []),
        ((replace(OLD, valid_to=APRIL), NEW), ["target_overlap"]),
        ((replace(OLD, valid_to=None), replace(NEW, valid_from=None)), ["target_overlap"]),
        ((replace(OLD, valid_to=date(2015, 2, 28)), NEW), ["target_gap"]),
        ((replace(NEW, valid_to=date(2014, 1, 1)),), ["target_dates"]),
    ],
)
def test_check_versions_finds_what_does_not_follow(versions, codes):
    assert [fault.code for fault in check_versions(row(targets=versions))] == codes


def test_a_gap_is_named_by_its_days():
    (fault,) = check_versions(row(targets=(replace(OLD, valid_to=date(2015, 2, 28)), NEW)))
    assert fault.found == "no target is in force from 1 March 2015 until 1 April 2015"


def test_changes_are_told_and_silence_is_named():
    (change,) = list_target_changes(row(targets=(NEW, OLD)))
    assert change.is_silent
    assert change.sentence == 'The target went from "100%" to "95%" on 1 April 2015; no reason was given.'
    told = replace(NEW, set_by="the partnership board", reason_for_change="aligned with the ministry")
    (change,) = list_target_changes(row(targets=(OLD, told)))
    assert not change.is_silent
    assert "set by the partnership board; the reason given: aligned with the ministry." in change.sentence


def test_a_version_that_says_the_same_is_no_change():
    assert list_target_changes(row(targets=(OLD, replace(NEW, target=OLD.target)))) == ()


@pytest.mark.parametrize(
    ("target", "level"),
    [
        (RelativeChange("decrease", 5, Base("previous_year", 500, by_period={"2015-16 Q1": 129})), 400),
        (PointsChange(2, Base("outturn", 6.2), resulting=8.2), 400),
        (NoChange("no_increase", Base("outturn", 426)), 400),
    ],
)
def test_rebase_moves_the_base_and_keeps_the_promise(target, level):
    version = rebase(row(target=target), 400, "recording changed", "the board", APRIL)
    assert version.target.base.value == level
    assert (version.target.base.by_period, version.target.base.moved_on) == ({}, APRIL)
    assert (version.valid_from, version.set_by, version.reason_for_change) == (APRIL, "the board", "recording changed")
    assert getattr(version.target, "resulting", 402) == 402


def test_rebased_value_is_said_to_be_measured_from_the_base_that_was_set():
    falling = row(target=RelativeChange("decrease", 5, Base("same_period_last_year", 763)))
    version = rebase(falling, 800, "recording changed", "the board", APRIL)
    value = Value("2015/16 Q1", APRIL, date(2015, 6, 30), shape="count", number=846)
    found = judge_indicator(row((value,), version.target)).latest
    said = "on the base of 800 set on 1 April 2015 (moved from the same period last year), where -5% was promised"
    assert said in found.why
    assert describe_target(version.target).endswith("on the base of 800 set on 1 April 2015 (moved from "
                                                    "the same period last year)")  # fmt: skip
    assert decode_target(encode_target(version.target)) == version.target


def test_rebase_of_a_trajectory_keeps_its_share():
    path = Trajectory(85.2, "2004-2008 mean", 2020, 51.12, annual_step=-4.865)
    moved = rebase(row(target=path), 80.0, "baseline years revised", "the board", APRIL).target
    assert moved.end_value == pytest.approx(48)
    assert moved.annual_step == pytest.approx(-4.568, abs=0.001)


@pytest.mark.parametrize(("reason", "by"), [("", "the board"), ("  ", "the board"), ("recording changed", "")])
def test_rebase_without_a_reason_or_a_name_is_refused(reason, by):
    falling = row(target=RelativeChange("decrease", 5, Base("outturn", 500)))
    with pytest.raises(UsageError, match="was to be moved without"):
        rebase(falling, 400, reason, by, APRIL)


def test_rebase_of_a_target_without_a_base_is_refused():
    with pytest.raises(UsageError, match="no target with a base"):
        rebase(row(target=Threshold(">=", 85, "percent")), 80, "why", "who", APRIL)


@given(st.lists(st.integers(1, 4000), max_size=5))
def test_replaced_versions_always_follow_one_another(days):
    changed = row(target=RelativeChange("decrease", 5, Base("outturn", 500)))
    for day in days:
        version = rebase(changed, 400 + day, "again", "the board", date(2010, 1, 1) + timedelta(days=day))
        changed = replace_version(changed, version)
        assert check_versions(changed) == ()
    assert changed.targets[0].valid_from is None
