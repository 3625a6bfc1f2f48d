"""The missed targets of a pack: how many, and a line for each indicator with every period in which it missed."""

from collections.abc import Callable, Sequence

from wardmote.evidence.reports.document import Cell, Column, Paragraph, Section, Table, inline
from wardmote.evidence.reports.governance.spans import find_half_end, say_period
from wardmote.evidence.reports.governance.standing import UNSETTLED, note_unsettled
from wardmote.evidence.reports.performance.tables import NOTHING
from wardmote.evidence.reports.performance.words import MARKS, count_things
from wardmote.evidence.targets.accounts import LeftOut, Missed


def order_missed(one: Missed) -> tuple[bool, float]:
    """Red before amber, the largest miss first."""
    return one.colour != "red", -(one.share_pct or 0)


def say_missed(listed: Sequence[Missed], dropped: Sequence[tuple[Missed, LeftOut]]) -> str:
    """'22 targets were missed, by 15 indicators: 21 are listed, and 1 is left out …': each period counts."""
    total = len(listed) + len(dropped)
    bearers = len({one.ref for one in (*listed, *(missed for missed, _ in dropped))})
    verb = "target was missed" if total == 1 else "targets were missed"
    if bearers < total:
        verb += f", each period counted, by {count_things(bearers, 'indicator')}"
    if not dropped:
        end = "every one is listed." if total else "the list was worked out, not typed."
        return f"{total or 'No'} {verb}; {end}"
    left = "is" if len(dropped) == 1 else "are"
    return f"{total} {verb}: {len(listed)} are listed, and {len(dropped)} {left} left out with the reason printed."


def build_missed(listed: Sequence[Missed]) -> Section:
    """The table of what was missed, with a column for how it was judged where any line needs one."""
    if not listed:
        return Section("missed", "Missed targets", (Paragraph(inline("No missed target is listed.")),))
    lead = (
        "The list is worked out from the results and the targets in force; nobody chose what stands in it. The largest"
        " misses stand first in each colour. An indicator that missed in several periods has one line."
    )
    if any(find_half_end(one.period) for one in listed):
        lead += " A half-year is put together of its two quarters and is counted beside them."
    rows = [_show(group) for group in _group(listed)]
    columns = [
        Column("Indicator", row_header=True, width=0.22), Column("Period", width=0.12), Column("Status", width=0.08),
        Column("Result and target", width=0.25), Column("Missed by", width=0.18),
        Column("How it was judged", width=0.15),
    ]  # fmt: skip
    if not any(row[-1].text for row in rows):
        columns, rows = columns[:-1], [row[:-1] for row in rows]
        columns[3] = Column("Result and target", width=0.4)
    note = note_unsettled(one.unsettled for one in listed)
    table = Table("missed-table", "Every missed target", tuple(columns), tuple(rows), note, cards=True)
    return Section("missed", "Missed targets", (Paragraph(inline(lead)), table))


def _group(listed: Sequence[Missed]) -> list[list[Missed]]:
    """Each indicator's misses in their own order, the indicator with the largest first."""
    groups: dict[str, list[Missed]] = {}
    for one in listed:
        groups.setdefault(one.ref, []).append(one)
    return sorted(groups.values(), key=lambda group: min(order_missed(one) for one in group))


def _show(group: Sequence[Missed]) -> tuple[Cell, ...]:
    worst = min(group, key=order_missed)
    colours = [colour for colour in MARKS if any(one.colour == colour for one in group)]
    names = " and ".join(MARKS[colour].name for colour in colours)
    small = "; small numbers" if any(one.is_small for one in group) else ""
    hows = "; ".join(dict.fromkeys(one.unsettled for one in group if one.unsettled))
    results = Cell(_tell(group, _say_result), detail=hows)
    return (
        Cell(worst.title, detail=f"{worst.ref}, {worst.owner}".rstrip(", ")),
        Cell(", ".join(say_period(one.period) for one in group)),
        Cell(MARKS[worst.colour].sign, state=worst.colour, detail=f"{names}{small}"), results,
        Cell(_tell(group, _say_gap)), Cell(" ".join(dict.fromkeys(one.why for one in group if one.why))),
    )  # fmt: skip


def _tell(group: Sequence[Missed], say: Callable[[Missed], str]) -> str:
    """What is said of each period, under its name where they are several and do not say the same."""
    said = [say(one) for one in group]
    if len(set(said)) == 1:
        return said[0]
    return "; ".join(
        f"{say_period(one.period)}{_name_colour(one, group)}: {words}" for one, words in zip(group, said, strict=True)
    )


def _name_colour(one: Missed, group: Sequence[Missed]) -> str:
    return f" ({MARKS[one.colour].sign})" if len({other.colour for other in group}) > 1 else ""


def _say_result(one: Missed) -> str:
    shown = f"{one.shown_value or NOTHING.text}{UNSETTLED if one.unsettled else ''}"
    return f"{shown} against {one.shown_target}" if one.shown_target else shown


def _say_gap(one: Missed) -> str:
    return one.gap or "not a matter of a number"
