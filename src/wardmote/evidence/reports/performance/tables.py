"""The report's tables: what each row of a plan shows."""

from collections.abc import Sequence

from wardmote.evidence.reports.document import Cell, Column, Table
from wardmote.evidence.reports.performance.changes import NO_REASON, TargetChange
from wardmote.evidence.reports.performance.lapses import LAPSE_WORDS, Lapse
from wardmote.evidence.reports.performance.misses import Miss, say_since
from wardmote.evidence.reports.performance.oddities import Oddity
from wardmote.evidence.reports.performance.rows import Part, Row
from wardmote.evidence.reports.performance.words import (
    MARKS,
    end_sentence,
    mark_status,
    name_rule,
    say_outlook,
    write_gap,
    write_value,
)
from wardmote.evidence.targets.codes import SIGNALS
from wardmote.evidence.targets.grammar import describe_target

NOTHING = Cell("\N{EN DASH}")


def count_statuses(part: Part, table_id: str) -> Table:
    """How many measures of each priority are red, amber, green and grey."""
    rows = [_count_row(title, rows) for title, rows in part.priorities]
    total = _count_row("Whole plan", part.rows)
    return Table(table_id, "Measures by status and priority", _count_columns("Priority"), (*rows, total))


def count_plans(parts: Sequence[Part], table_id: str) -> Table:
    """How many measures of each plan stand at each status, so that no plan of the file hides behind the newest."""
    rows = [_count_row(part.name or part.period_title, part.rows) for part in parts]
    return Table(table_id, "Measures by status and plan", _count_columns("Plan"), tuple(rows))


def _count_columns(first: str) -> tuple[Column, ...]:
    heads = [Column(mark.label, "right") for mark in MARKS.values()]
    return (Column(first, row_header=True, width=0.4), *heads, Column("Measures", "right"))


def _count_row(title: str, rows: Sequence[Row]) -> tuple[Cell, ...]:
    counts = [_count_cell(sum(row.colour == colour for row in rows)) for colour in MARKS]
    return (Cell(title), *counts, Cell(f"{len(rows)}", value=len(rows)))


def _count_cell(count: int) -> Cell:
    return Cell(f"{count}", value=count)


def list_exceptions(misses: Sequence[Miss], table_id: str) -> Table:
    """Every missed target, red then amber, the largest miss first."""
    columns = (
        Column("Measure", row_header=True, width=0.24), Column("Status", width=0.09),
        Column("Latest value", width=0.13), Column("Target", width=0.18), Column("Missed by", width=0.16),
        Column("Since", width=0.2),
    )  # fmt: skip
    rows = [
        (name_row(m.row), mark_status(m.row.latest), show_latest(m.row), show_target(m.row), _show_miss(m),
         Cell(say_since(m.row)))
        for m in misses
    ]  # fmt: skip
    return Table(table_id, "Every missed target, the largest miss first", columns, tuple(rows), cards=True)


def _show_miss(miss: Miss) -> Cell:
    if miss.words:
        return Cell(end_sentence(miss.words).rstrip("."))
    return Cell(end_sentence(miss.row.latest.why).rstrip(".") if miss.row.latest else "")


def list_measures(rows: Sequence[Row], table_id: str, caption: str) -> Table:
    """All measures of a priority: status, target, latest and previous value, movement, outlook, why."""
    has_outlook = any(say_outlook(row.latest) for row in rows)
    widths = (0.18, 0.09, 0.14, 0.11, 0.1, 0.1, 0.09, 0.19) if has_outlook else (0.18, 0.1, 0.16, 0.12, 0.1, 0.1, 0.24)
    titles = ["Measure", "Status", "Target", "Latest", "Before", "Movement", *(["Outlook"] * has_outlook), "Why"]
    columns = [Column(t, row_header=t == "Measure", width=w) for t, w in zip(titles, widths, strict=True)]
    cells = [_show_measure(row, has_outlook=has_outlook) for row in rows]
    return Table(table_id, caption, tuple(columns), tuple(cells), cards=True)


def _show_measure(row: Row, *, has_outlook: bool) -> tuple[Cell, ...]:
    shown = [name_row(row), mark_status(row.latest), show_target(row), show_latest(row), show_previous(row)]
    outlook = [_or_nothing(say_outlook(row.latest))] if has_outlook else []
    why = "" if row.latest is None else end_sentence(row.latest.why)
    return (*shown, show_movement(row), *outlook, Cell(why or "No figure has been reported."))


def _or_nothing(words: str) -> Cell:
    return Cell(words) if words else NOTHING


def name_row(row: Row) -> Cell:
    """The measure, below it its number and, where the plan says, who answers for it."""
    return Cell(row.indicator.title, detail=f"{row.indicator.id}, {row.indicator.owner}".rstrip(", "))


def show_target(row: Row) -> Cell:
    words = "none recorded" if row.target is None else describe_target(row.target.target)
    return Cell(words[:1].upper() + words[1:])


def show_latest(row: Row) -> Cell:
    """The latest value with its period, the counts behind it, and the period's own value where it is a running sum."""
    latest, value = row.latest, row.value
    if latest is None:
        return NOTHING
    shown = latest.shown_value or write_value(latest.value, is_percent=row.is_percent)
    details = [latest.period]
    if value is not None and value.part is not None and value.whole:
        details.append(f"{write_value(value.part, is_percent=False)} of {write_value(value.whole, is_percent=False)}")
    elif value is not None and value.best is not None and latest.value is not None and value.best != latest.value:
        details.append(f"{write_value(value.best, is_percent=row.is_percent)} in the period itself")
    return Cell(shown, detail="; ".join(details), value=None)


def show_previous(row: Row) -> Cell:
    """The value that the latest may be held against; else the one that was printed beside it."""
    if row.previous is not None:
        return Cell(write_value(row.previous.best, is_percent=row.is_percent), detail=row.previous.period)
    if row.value is not None and row.value.base is not None:
        return Cell(write_value(row.value.base, is_percent=row.is_percent), detail="printed beside it")
    return NOTHING


def show_movement(row: Row) -> Cell:
    """Which way, how far, and whether that is more than noise."""
    signal = "" if row.latest is None else SIGNALS[row.latest.signal.code]
    now = None if row.value is None else row.value.best
    then = row.previous.best if row.previous is not None else None if row.value is None else row.value.base
    if now is None or then is None:
        return Cell(NOTHING.text, detail=signal)
    gap = now - then
    way = "No change" if not gap else "Up" if gap > 0 else "Down"
    return Cell(f"{way} {write_gap(gap, is_percent=row.is_percent)}" if gap else way, detail=signal)


def list_target_changes(changes: Sequence[TargetChange], table_id: str) -> Table:
    """From, to, when, with what effect, and the reason or that none is given."""
    columns = (
        Column("Measure", row_header=True, width=0.24), Column("From", width=0.2), Column("To", width=0.2),
        Column("When", width=0.13), Column("Effect", width=0.09), Column("Reason", width=0.14),
    )  # fmt: skip
    rows = [
        (name_row(c.row), Cell(c.before), Cell(c.after), Cell(c.when), _or_nothing(_say_effect(c)),
         Cell(c.reason or ("first target set" if c.is_first else NO_REASON)))
        for c in changes
    ]  # fmt: skip
    return Table(table_id, "Targets that changed", columns, tuple(rows), cards=True)


def _say_effect(change: TargetChange) -> str:
    return f"made {change.effect}" if change.effect else ""


def list_all_lapses(lapses: Sequence[Lapse], table_id: str) -> Table:
    columns = (
        Column("Measure", row_header=True, width=0.27), Column("What happened", width=0.15),
        Column("Since", width=0.15), Column("Last known", width=0.14), Column("Reason", width=0.29),
    )  # fmt: skip
    rows = [
        (name_row(one.row), Cell(LAPSE_WORDS[one.kind].capitalize()), Cell(one.since), _show_last_known(one.row),
         Cell(one.reason))
        for one in lapses
    ]  # fmt: skip
    return Table(table_id, "Measures that stopped or that nobody reported", columns, tuple(rows), cards=True)


def _show_last_known(row: Row) -> Cell:
    """The last status that was a judgement, kept when a measure stops."""
    judged = [period for period in (*row.earlier, *row.status.periods) if period.status != "grey"]
    return mark_status(judged[-1]) if judged else NOTHING


def list_odd_values(title: str, oddities: Sequence[Oddity], table_id: str) -> Table:
    """What was found, the findings of one check together."""
    columns = (
        Column("Measure", row_header=True, width=0.24), Column("Check", width=0.18), Column("Period", width=0.12),
        Column("What was found", width=0.46),
    )  # fmt: skip
    rows = [
        (name_row(one.row), Cell(name_rule(one.rule)), Cell(one.period or "all"), Cell(end_sentence(one.sentence)))
        for one in oddities
    ]
    return Table(table_id, title, columns, tuple(rows), cards=True)
