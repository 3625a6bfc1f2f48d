"""An agency's own returns: every value that it ever submitted, each revision, who signed it and why it changed."""

import re
from collections.abc import Sequence
from datetime import date, datetime, time

from wardmote.evidence.reports.document import (
    BulletList,
    Callout,
    Cell,
    Column,
    Document,
    Paragraph,
    Section,
    Table,
    inline,
)
from wardmote.evidence.reports.governance.matters import say_day
from wardmote.evidence.reports.governance.spans import explain_quarters, say_period
from wardmote.evidence.reports.look import DEFAULT_LOOK, Look
from wardmote.evidence.reports.performance.tables import NOTHING
from wardmote.evidence.reports.performance.words import count_things
from wardmote.evidence.targets.accounts import HistoryAccount, Submission

#: A history of up to so many indicators needs no list of contents.
SHORT = 6


def build_history(account: HistoryAccount, *, look: Look = DEFAULT_LOOK) -> Document:
    """What has this agency ever returned, as what did it stand before, and who signed it off?"""
    frame, values = account.frame, account.values
    measures = sorted(dict.fromkeys((one.ref, one.title) for one in values), key=lambda one: _order(one[0]))
    sections = tuple(
        Section(f"measure-{place}", f"{ref} {title}", (_list_values(values, ref, title, f"values-{place}"),))
        for place, (ref, title) in enumerate(measures, start=1)
    )
    empty = Section("none", "Returns", (Callout("missing", inline("Nothing has been submitted.")),))
    return Document(
        title=f"Returns of {account.agency}",
        subtitle="Every value submitted, with its revisions",
        area_name="",
        period_title=frame.period,
        publisher=frame.publisher,
        as_at=datetime.combine(frame.as_at, time()),
        audience=account.agency,
        sections=(*(sections or (empty,)), _build_notes(frame.as_at)),
        summary=(Paragraph(inline(_count(values, len(measures)))),),
        marking=frame.marking or None,
        look=look,
        landscape=True,
        is_dense=True,
        has_contents=len(measures) > SHORT,
    )


def _order(ref: str) -> list[tuple[int, str]]:
    """References as a person orders them: 1.2 before 1.10."""
    return [(int(part), "") if part.isdigit() else (0, part) for part in re.split(r"(\d+)", ref) if part]


def _count(values: Sequence[Submission], measures: int) -> str:
    revised = sum(one.number > 1 for one in values)
    unsigned = sum(one.is_current and one.signed_on is None and not one.signed_by for one in values)
    return (
        f"{count_things(len(values), 'value')} for {count_things(measures, 'indicator')}; {revised or 'none'} of them"
        f" {'are revisions' if revised > 1 else 'is a revision'}. Of those that count now, {unsigned or 'none'}"
        f" {'are' if unsigned > 1 else 'is'} still to be signed off."
    )


def _show_signed(one: Submission) -> Cell:
    """Who signed it off and when; of a value that was taken over, what stands for that."""
    if one.signed_on is None:
        return Cell(one.signed_by or "not signed off")
    return Cell(say_day(one.signed_on), detail=one.signed_by)


def _list_values(values: Sequence[Submission], ref: str, title: str, table_id: str) -> Table:
    columns = (
        Column("Period", row_header=True, width=0.13), Column("Version", width=0.09), Column("Value", width=0.27),
        Column("Submitted", width=0.16), Column("Signed off", width=0.17), Column("Reason", width=0.18),
    )  # fmt: skip
    cells = tuple(
        (Cell(say_period(one.period)), Cell(f"{one.number}", detail="counts now" if one.is_current else "replaced"),
         Cell(one.value, detail=one.how), Cell(say_day(one.submitted_on) or NOTHING.text, detail=one.submitted_by),
         _show_signed(one), Cell(one.reason or NOTHING.text))
        for one in values
        if (one.ref, one.title) == (ref, title)
    )  # fmt: skip
    return Table(table_id, f"{ref}: what was submitted, the oldest period first", columns, cells, cards=True)


def _build_notes(day: date) -> Section:
    items = (
        "A value is never overwritten: a revision stands below what it replaced, with the reason that was given.",
        "“Counts now” is the value that statuses and reports use. “Replaced” values are kept.",
        explain_quarters(day),
    )
    return Section("notes", "How to read this history", (BulletList(tuple(inline(item) for item in items)),))
