"""The executive's first page: how many stand at which status, and the most pressing matters with why."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from wardmote.evidence.reports.document import (
    Block,
    Callout,
    Cell,
    Column,
    KeyFigure,
    KeyFigures,
    Paragraph,
    Section,
    Table,
    inline,
)
from wardmote.evidence.reports.governance.spans import say_period
from wardmote.evidence.reports.governance.standing import UNSETTLED, UNSETTLED_NOTE, find_unsettled
from wardmote.evidence.reports.performance.rows import Row
from wardmote.evidence.reports.performance.words import MARKS, count_things, end_sentence
from wardmote.evidence.targets.accounts import ExecutiveAccount, Matter, MatterKind, Undertaking

#: How each matter is headed, in the order in which they are read.
MATTERS: dict[MatterKind, str] = {
    "turned": "Turned red",
    "red": "Red for longer",
    "missing": "No return",
    "grey": "Not judged two periods running",
    "overdue": "Action overdue",
    "target": "Target changed",
    "ended": "Indicator ended",
    "set": "Status set by hand",
    "revised": "Revised after sign-off",
}
STATES = {"done": "Done", "under_way": "Under way", "not_started": "Not started", "stopped": "Stopped"}
_EITHER_WAY = re.compile(r"; a low or a high figure[^.]*")  # of contested measures; what follows it stays
_OTHERS = "Other matters for the executive"
#: The kinds that tell a result, the latest of their row.
_OF_RESULTS = frozenset({"turned", "red", "grey", "set"})
#: So many lines the first page holds beside its tiles; a line counts for more where its texts run on.
MOST_LINES = 34
#: About so many letters of what is known stand in one line of a cell.
_LETTERS_IN_LINE = 48


def build_matters(account: ExecutiveAccount, rows: Sequence[Row]) -> tuple[Section, ...]:
    """The first page with the most pressing matters and, where it does not hold all, a part with the others."""
    counts = Counter(row.colour for row in rows)
    tiles = KeyFigures(tuple(
        KeyFigure(mark.label, f"{counts[colour]}", f"of {count_things(len(rows), 'indicator')}", tone=mark.tone)
        for colour, mark in MARKS.items()
    ))  # fmt: skip
    listed = (*_join_missing(account.matters), *_list_overdue(account))
    unsettled = frozenset(row.indicator.id for row in rows if find_unsettled(account.judged, row))
    listed = tuple(_mark(one, unsettled) for one in listed)
    found = sorted(listed, key=lambda one: list(MATTERS).index(one.kind))
    if not found:
        nothing = "Nothing turned red, nothing is late, no target changed and no action is overdue."
        return (Section("matters", "What needs the executive", (tiles, Callout("note", inline(nothing)))),)
    shown = _count_fitting(found)
    table = _list_matters(found[:shown], "matters-table", "Matters for the executive, the most pressing first")
    said = (_count_matters(account), _count_owed(account.matters))
    blocks: list[Block] = [tiles, *(Paragraph(inline(words)) for words in said if words), table]
    left = found[shown:]
    if not left:
        return (Section("matters", "What needs the executive", tuple(blocks)),)
    blocks.append(Paragraph(inline(f"And {len(left)} more, under “{_OTHERS}” behind the priorities.")))
    rest = _list_matters(left, "others-table", "What the first page has no room for")
    return (
        Section("matters", "What needs the executive", tuple(blocks)),
        Section("others", _OTHERS, (rest,), begins_page=True),
    )


def _mark(one: Matter, unsettled: frozenset[str]) -> Matter:
    """The matter with its period marked where the result that it tells can still change."""
    if one.kind not in _OF_RESULTS or one.ref not in unsettled:
        return one
    period, colon, rest = one.why.partition(": ")
    return replace(one, why=f"{period}{UNSETTLED}{colon}{rest}" if colon else one.why)


def _list_matters(matters: Sequence[Matter], table_id: str, caption: str) -> Table:
    columns = (
        Column("Why it is here", width=0.15), Column("What", row_header=True, width=0.29),
        Column("What is known", width=0.38), Column("Who answers", width=0.18),
    )  # fmt: skip
    note = UNSETTLED_NOTE if any(f"{UNSETTLED}:" in one.why for one in matters) else ""
    return Table(table_id, caption, columns, tuple(_show_matter(one) for one in matters), note, cards=True)


def _count_owed(matters: Iterable[Matter]) -> str:
    """Who owes how many returns, the longest list first: it may not fit the table below."""
    owed = Counter(one.who or "nobody named" for one in matters if one.kind == "missing")
    if not owed:
        return ""
    return f"Returns that did not come: {', '.join(f'{who} {count}' for who, count in owed.most_common())}."


def _count_fitting(matters: Sequence[Matter]) -> int:
    """How many of the most pressing the first page has room for; one at least."""
    room = MOST_LINES
    for number, one in enumerate(matters):
        cell = max(len(one.why) / _LETTERS_IN_LINE, len(one.title) / 36 + 1, len(one.who) / 22)
        room -= 1 + int(cell)
        if room < 0:
            return max(number, 1)
    return len(matters)


def _list_overdue(account: ExecutiveAccount) -> list[Matter]:
    """The overdue actions, a line for each priority: each of them stands on the priority's own page."""
    day = account.frame.as_at
    late = [action for action in account.actions if action.is_overdue(day)]
    numbers = sorted({one.priority for one in late}, key=lambda number: (number == 0, number))
    return [_join_overdue([one for one in late if one.priority == number], day) for number in numbers]


def _join_overdue(late: Sequence[Undertaking], day: date) -> Matter:
    first, *rest = sorted(late, key=lambda one: one.due or date.max)
    why = f"The longest: {first.text.rstrip('.')}. {say_late(first, day)}"
    others = f". Also: {', '.join(f'{one.no} (due {say_day(one.due)})' for one in rest)}" if rest else ""
    who = "; ".join(dict.fromkeys(one.owner for one in (first, *rest) if one.owner))
    title = f"{count_things(len(late), 'action')} of priority {first.priority}"
    return Matter("overdue", f"action {first.no}" if not rest else "", title, why + others, who)


def _join_missing(matters: Iterable[Matter]) -> list[Matter]:
    """The matters, those of returns that did not come as one line for each body that owes them."""
    found, joined = [], dict[tuple[str, str], list[Matter]]()
    for one in matters:
        joined.setdefault((one.who, one.why), []).append(one) if one.kind == "missing" else found.append(one)
    return [*found, *(_join_owed(owed) for owed in joined.values())]


def _join_owed(owed: Sequence[Matter]) -> Matter:
    if len(owed) == 1:
        return owed[0]
    first = owed[0]
    return Matter("missing", ", ".join(one.ref for one in owed), f"{len(owed)} indicators", first.why, first.who)


def say_late(action: Undertaking, day: date) -> str:
    if action.due is None:
        return STATES[action.state]
    late = count_things((day - action.due).days, "day")
    return f"Due {say_day(action.due)}, {late} ago; {STATES[action.state].lower()}"


def _count_matters(account: ExecutiveAccount) -> str:
    """'Turned red: 2; no return: 27; actions overdue: 11 of 41.'"""
    counts = Counter(one.kind for one in account.matters)
    counts["overdue"] += sum(action.is_overdue(account.frame.as_at) for action in account.actions)
    heads = {kind: head.lower() for kind, head in MATTERS.items()} | {"overdue": "actions overdue"}
    wholes: dict[str, str] = {"overdue": f" of {len(account.actions)}"} if account.actions else {}
    named = "; ".join(f"{heads[kind]}: {counts[kind]}{wholes.get(kind, '')}" for kind in MATTERS if counts[kind])
    return f"{named[:1].upper()}{named[1:]}."


def _show_matter(one: Matter) -> tuple[Cell, ...]:
    about = "" if one.kind == "overdue" or not one.priority else f"priority {one.priority}"
    detail = ", ".join(part for part in (one.ref, about) if part)
    return (
        Cell(MATTERS[one.kind]), Cell(one.title, detail=detail),
        Cell(_say_known(one)), Cell(one.who or "nobody named"),
    )  # fmt: skip


def _say_known(one: Matter) -> str:
    """What is known, its period read out: "First half of 2026/27: 1,639 against at most 1,410"."""
    period, colon, rest = _EITHER_WAY.sub("", one.why).partition(": ")
    mark = UNSETTLED if period.endswith(UNSETTLED) else ""
    return end_sentence(f"{say_period(period.removesuffix(UNSETTLED))}{mark}{colon}{rest}")


def say_day(day: date | None) -> str:
    return f"{day.day} {day:%B %Y}" if day else ""
