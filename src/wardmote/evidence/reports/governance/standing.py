"""The rows of a judged plan as the papers of governance read them: by priority, without what is context only."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from wardmote.evidence.model.errors import UsageError, WardmoteError
from wardmote.evidence.model.periods import Period
from wardmote.evidence.reports.document import Cell
from wardmote.evidence.reports.governance.spans import find_half_end, say_period
from wardmote.evidence.reports.performance.rows import Part, Row, part_plans
from wardmote.evidence.reports.performance.tables import NOTHING, show_latest
from wardmote.evidence.reports.performance.words import end_sentence, write_gap, write_value
from wardmote.evidence.targets.accounts import JudgedPlan, Missed
from wardmote.evidence.targets.codes import SIGNALS
from wardmote.evidence.targets.plan import Indicator, Value
from wardmote.evidence.targets.statuses import PeriodStatus
from wardmote.evidence.targets.wording import write_number

_GOOD = {"higher": 1, "lower": -1}


def read_rows(judged: JudgedPlan) -> tuple[Part, tuple[Row, ...]]:
    """The plan as one part of judged rows, and beside it the rows that only give context."""
    whole = replace(judged.plan, indicators=tuple(replace(row, plan="") for row in judged.plan.indicators))
    if not whole.indicators:
        raise UsageError("the plan holds no indicator", expected="at least one", to_do="Check the plan")
    part = part_plans(whole, judged.statuses)[0]
    shown = tuple(row for row in part.rows if row.indicator.id not in judged.context)
    return replace(part, rows=shown), tuple(row for row in part.rows if row.indicator.id in judged.context)


def find_last_day(indicator: Indicator, period: str) -> date | None:
    """The last day of a period: as its value says, else as its label can be read; None where neither tells."""
    ends = [value.end for value in indicator.values if value.period == period and value.end is not None]
    if ends:
        return max(ends)
    if half := find_half_end(period):  # of quarters put together: no value bears its name
        return half
    try:
        last = Period.parse(period).last
    except (WardmoteError, ValueError):
        return None
    following = last + 1
    return date.fromordinal(date(following.year, following.number, 1).toordinal() - 1)


def list_within(row: Row, starts_on: date, ends_on: date) -> list[PeriodStatus]:
    """The row's periods that ended within a stretch of time; one that nobody can date is among them."""
    dated = [(find_last_day(row.indicator, period.period), period) for period in row.status.periods]
    return [period for day, period in dated if day is None or starts_on <= day <= ends_on]


def list_missed_targets(judged: JudgedPlan, starts_on: date, ends_on: date) -> tuple[Missed, ...]:
    """Which targets were missed in which period between two days? All of them, in the plan's order, oldest first.

    Missed is red or amber, by whomever it was set. A period that cannot be dated is never passed over.
    """
    part, _ = read_rows(judged)
    return tuple(
        replace(_describe(row, period), unsettled=judged.unsettled.get((row.indicator.id, period.period), ""))
        for row in part.rows
        for period in list_within(row, starts_on, ends_on)
        if period.status in ("red", "amber")
    )


def _describe(row: Row, period: PeriodStatus) -> Missed:
    gap, share = _measure(row, period)
    one = row.indicator
    value = next((value for value in one.values if value.period == period.period), None)
    shown = say_unlike(value, is_percent=row.is_percent) or period.shown_value
    return Missed(
        one.id, one.title, period.period, period.status, shown, period.shown_target, gap,
        _say_why(period, gap), share, one.owner, one.priority_no, period.is_small,
    )  # fmt: skip


def _say_why(period: PeriodStatus, gap: str) -> str:
    """By which reasoning it counts as missed; nothing of a bare comparison of two numbers, which the gap tells."""
    if gap and not period.why_code:
        return ""
    return end_sentence(period.why.partition("; a low or a high figure")[0])


def _measure(row: Row, period: PeriodStatus) -> tuple[str, float | None]:
    """By how much, in words and as a share of the target (%): "short by 10 points (12.5% of the target)"."""
    if period.value is None or period.target is None:
        return "", None
    gap = period.value - period.target
    if gap == 0:
        return "exactly at a limit that must not be reached", 0.0
    share = abs(gap / period.target) * 100 if period.target else None
    said = "" if share is None else f" ({write_number(round(share, 1))}% of the target)"
    way = "short by" if gap < 0 else "over by"
    return f"{way} {write_gap(gap, is_percent=row.is_percent)}{said}", share


# ---- what was reported ----------------------------------------------------------------------------------------------


#: Stands behind a result that rests on a value which can still change.
UNSETTLED = "*"
UNSETTLED_NOTE = (
    "* rests on a value that is queried, or that nobody has signed off since it was submitted: it can still change."
)


def mark_unsettled(cell: Cell, how: str) -> Cell:
    """The result with its mark, and below it how the value behind it stands: "1,639 fly tips*", "queried"."""
    if not how:
        return cell
    detail = "; ".join(part for part in (cell.detail, how) if part)
    return replace(cell, text=f"{cell.text}{UNSETTLED}", detail=detail)


def note_unsettled(hows: Iterable[str]) -> str:
    """What stands below a table of which any result carries the mark; else nothing."""
    return UNSETTLED_NOTE if any(hows) else ""


def find_unsettled(judged: JudgedPlan, row: Row) -> str:
    """How the value behind a row's latest result stands, where it can still change."""
    return "" if row.latest is None else judged.unsettled.get((row.indicator.id, row.latest.period), "")


def say_unlike(value: Value | None, *, is_percent: bool) -> str:
    """What a value of several parts or steps says: 'by day 94.7%, after dark 61.8%', '2 of 3 parts done'.

    Empty for a value that is one number, and for none.
    """
    if value is None:
        return ""
    if value.checks:
        return f"{sum(value.checks)} of {len(value.checks)} parts done"
    return ", ".join(f"{name} {write_value(number, is_percent=is_percent)}" for name, number in value.parts)


def show_reported(row: Row) -> Cell:
    """The latest value with its period: every part of one that has several."""
    shown = show_latest(row)
    if row.latest is None:
        return shown
    detail = shown.detail.replace(row.latest.period, say_period(row.latest.period), 1)
    words = say_unlike(row.value, is_percent=row.is_percent)
    if not words and shown.text == NOTHING.text:
        words = "no figure"
    return replace(shown, text=words or shown.text, detail=detail)


# ---- which way it goes ----------------------------------------------------------------------------------------------


def show_direction(row: Row) -> Cell:
    """Which way, in a word that the comparison has earned: better and worse only where it is more than noise."""
    broken = find_break(row)
    if broken:
        return Cell("Not comparable", detail=broken)
    now = None if row.value is None else row.value.best
    then = None if row.previous is None else row.previous.best
    if row.latest is None or row.previous is None or now is None or then is None:
        return Cell("Not compared", detail="nothing of the kind before") if now is not None else NOTHING
    moved = _say_moved(now - then, row)
    code = row.latest.signal.code
    if code == "within_noise":
        return Cell("No clear change", detail=f"{moved}, {SIGNALS[code]}")
    word = _judge(now - then, row) if code == "more_than_noise" else ""
    return Cell(word, detail=f"{moved}, {SIGNALS[code]}") if word else Cell(moved, detail=SIGNALS[code])


def find_break(row: Row, period: str = "") -> str:
    """What changed in what is counted, where the latest value (or a period's) cannot be held against those before."""
    wanted = period or (row.latest.period if row.latest else "")
    found = [*row.status.warnings, *(w for one in row.status.periods if one.period == wanted for w in one.warnings)]
    said = (w.sentence for w in found if w.rule == "definition_changed" and w.period in (wanted, ""))
    return next(said, "")


def list_breaks(row: Row) -> list[tuple[str, str]]:
    """Every period from which the row counts something else, with what changed."""
    found = [*row.status.warnings, *(w for one in row.status.periods for w in one.warnings)]
    return list(dict.fromkeys((w.period, w.sentence) for w in found if w.rule == "definition_changed"))


def _say_moved(gap: float, row: Row) -> str:
    before = say_period(row.previous.period) if row.previous else ""
    if not gap:
        return f"no change on {before}"
    return f"{'up' if gap > 0 else 'down'} {write_gap(gap, is_percent=row.is_percent)} on {before}"


def _judge(gap: float, row: Row) -> str:
    good = _GOOD.get(row.indicator.polarity)
    arrow = "▲" if gap > 0 else "▼"
    return f"{arrow} {'Better' if gap * good > 0 else 'Worse'}" if good and gap else ""


def say_counts(rows: Sequence[Row]) -> str:
    """'2 red, 1 amber, 3 green and 1 grey'; statuses without any are left out."""
    counts = [(sum(row.colour == colour for row in rows), colour) for colour in ("red", "amber", "green", "grey")]
    named = [f"{count} {colour}" for count, colour in counts if count]
    return " and ".join([", ".join(named[:-1]), named[-1]] if len(named) > 1 else named) or "none"
