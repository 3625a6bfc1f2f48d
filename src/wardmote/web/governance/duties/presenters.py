"""Duties and drops as rows, files and calendar entries."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from wardmote.web.governance.duties.calendar import Due, Standing, find_asked_due
from wardmote.web.governance.duties.clocks import say_clock
from wardmote.web.governance.duties.drops import DropRow, find_reading
from wardmote.web.governance.duties.ics import DueEvent
from wardmote.web.governance.duties.states import DropState

COLUMNS = (
    "duty", "source", "who", "owner", "clock", "evidence", "last_done_on", "last_evidence", "due_on", "state", "letter",
    "why", "confirmed", "doubt", "moving",
)  # fmt: skip
DROP_COLUMNS = (
    "period", "agency", "category", "due_on", "state", "letter", "received_on", "rows_count", "flags", "waived_reason",
    "reminders_count",
)  # fmt: skip


def say_terms(one: Standing) -> str:
    """The clock, and whether its number is the law's or ours."""
    clock = one.terms.clock
    words = say_clock(clock)
    ours = one.terms.override is None and clock.is_own_alarm
    said = words[:1].upper() + words[1:]
    return f"{said} (the law names no interval; the alarm is our own)" if ours else said


def list_lines(standings: Iterable[Standing]) -> Iterator[list[Any]]:
    """The calendar for a file: one duty a line."""
    for one in standings:
        duty = one.terms.duty
        yield [
            one.terms.title, one.terms.source, one.terms.who, one.terms.owner, say_terms(one), one.terms.evidence,
            one.last.done_on if one.last else None, one.last.title if one.last else "", one.due_on, one.words,
            one.letter, one.why, "" if duty is None else "yes" if duty.is_confirmed else "no",
            duty.doubt if duty else "", duty.moving if duty else "",
        ]  # fmt: skip


def list_drop_lines(rows: Iterable[DropRow]) -> Iterator[list[Any]]:
    for row in rows:
        drop = row.drop
        yield [
            drop.period, drop.organisation.name, row.category.title, drop.due_on, row.words, row.letter,
            drop.received_on, row.file.rows_count if row.file else None, "; ".join(row.flags), drop.waived_reason,
            drop.reminders_count,
        ]  # fmt: skip


def list_due_events(standings: Iterable[Standing], rows: Iterable[DropRow], *, host: str) -> Iterator[DueEvent]:
    """Every date still to be kept. What people wrote stays out: a calendar is synchronised to anywhere."""
    for one in standings:
        for due in one.dues:
            name = "-".join(filter(None, ("duty", one.terms.key, due.key)))
            yield DueEvent(
                f"{name}@{host}",
                due.due_on,
                f"{say_due(one, due)} due",
                f"{one.terms.source}. {due.state.label}.",
                lead_days=one.terms.lead_days,
            )
    for row in rows:
        if row.state in (DropState.DUE, DropState.MISSING):
            words = f"Data of {row.drop.period} due: {row.category.title}"
            yield DueEvent(f"drop-{row.drop.pk}@{host}", row.drop.due_on, words, row.drop.organisation.name)


def say_due(one: Standing, due: Due) -> str:
    """A due day of a duty in words that may leave the house: "Answer to scrutiny (No 4)"."""
    return f"{one.terms.title} ({due.mark})" if due.mark else one.terms.title


def list_asked(one: Standing) -> list[dict[str, Any]]:
    """What has started a clock: open ones first."""
    rows = [
        {"title": asked.title, "address": asked.address, "happened_on": asked.happened_on,
         "due_on": find_asked_due(one.terms.clock, asked), "settled_on": asked.settled_on}
        for asked in one.known.asked
    ]  # fmt: skip
    return sorted(rows, key=lambda row: (row["settled_on"] is not None, row["due_on"]))


def group_drops(rows: Sequence[DropRow]) -> list[tuple[str, Any, list[DropRow]]]:
    """By quarter: its name, its due date, its drops."""
    found: dict[str, list[DropRow]] = {}
    for row in rows:
        found.setdefault(row.drop.period, []).append(row)
    return [(period, some[0].drop.due_on, some) for period, some in found.items()]


def describe_files(row: DropRow) -> list[dict[str, Any]]:
    """Each file of a drop with its quality, the newest first."""
    return [
        {"file": file, "reading": find_reading(file), "is_newest": row.file is not None and file.pk == row.file.pk,
         "removal": getattr(file, "removal", None)}
        for file in reversed(list(row.drop.files.all()))
    ]  # fmt: skip
