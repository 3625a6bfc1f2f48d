"""An agency's own returns: every value that it ever submitted, each revision, who signed it and why it changed."""

from collections.abc import Sequence
from datetime import datetime, time

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
from wardmote.evidence.reports.governance.executive import say_day
from wardmote.evidence.reports.look import DEFAULT_LOOK, Look
from wardmote.evidence.reports.performance.tables import NOTHING
from wardmote.evidence.reports.performance.words import count_things
from wardmote.evidence.targets.accounts import HistoryAccount, Submission

#: A history of up to so many indicators needs no list of contents.
SHORT = 6


def build_history(account: HistoryAccount, *, look: Look = DEFAULT_LOOK) -> Document:
    """What has this agency ever returned, as what did it stand before, and who signed it off?"""
    frame, values = account.frame, account.values
    measures = list(dict.fromkeys((one.ref, one.title) for one in values))
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
        sections=(*(sections or (empty,)), _build_notes()),
        summary=(Paragraph(inline(_count(values, len(measures)))),),
        marking=frame.marking or None,
        look=look,
        landscape=True,
        is_dense=True,
        has_contents=len(measures) > SHORT,
    )


def _count(values: Sequence[Submission], measures: int) -> str:
    revised = sum(one.number > 1 for one in values)
    unsigned = sum(one.is_current and one.signed_on is None and not one.signed_by for one in values)
    return (
        f"{count_things(len(values), 'value')} for {count_things(measures, 'indicator')}; {revised} of them"
        f" {'is a revision' if revised == 1 else 'are revisions'}, and {unsigned} that count now"
        f" {'is' if unsigned == 1 else 'are'} not signed off."
    )


def _show_signed(one: Submission) -> Cell:
    """Who signed it off and when; of a value that was taken over, what stands for that."""
    if one.signed_on is None:
        return Cell(one.signed_by or "not signed off")
    return Cell(say_day(one.signed_on), detail=one.signed_by)


def _list_values(values: Sequence[Submission], ref: str, title: str, table_id: str) -> Table:
    columns = (
        Column("Period", row_header=True, width=0.11), Column("Version", width=0.09), Column("Value", width=0.18),
        Column("Submitted", width=0.17), Column("Signed off", width=0.17), Column("Reason", width=0.28),
    )  # fmt: skip
    cells = tuple(
        (Cell(one.period), Cell(f"{one.number}", detail="counts now" if one.is_current else "replaced"),
         Cell(one.value, detail=one.how), Cell(say_day(one.submitted_on) or NOTHING.text, detail=one.submitted_by),
         _show_signed(one), Cell(one.reason or NOTHING.text))
        for one in values
        if (one.ref, one.title) == (ref, title)
    )  # fmt: skip
    return Table(table_id, f"{ref}: what was submitted, the oldest period first", columns, cells, cards=True)


def _build_notes() -> Section:
    items = (
        "A value is never overwritten: a revision stands below what it replaced, with the reason that was given.",
        "“Counts now” is the value that statuses and reports use. “Replaced” values are kept.",
    )
    return Section("notes", "How to read this history", (BulletList(tuple(inline(item) for item in items)),))
