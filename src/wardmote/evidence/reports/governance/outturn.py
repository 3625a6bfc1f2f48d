"""The year-end out-turn: what the year came to against the target in force at its end, with the years before."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time

from wardmote.evidence.reports.document import (
    Block,
    BulletList,
    Callout,
    Cell,
    Column,
    Document,
    KeyFigure,
    KeyFigures,
    Paragraph,
    Section,
    Table,
    inline,
)
from wardmote.evidence.reports.governance.matters import say_day
from wardmote.evidence.reports.governance.scrutiny import say_target_on
from wardmote.evidence.reports.governance.spans import explain_quarters, say_period
from wardmote.evidence.reports.governance.standing import find_last_day, list_breaks, list_within, read_rows
from wardmote.evidence.reports.governance.year_met import YearFigure, find_year_met
from wardmote.evidence.reports.look import DEFAULT_LOOK, Look
from wardmote.evidence.reports.performance.rows import Row
from wardmote.evidence.reports.performance.tables import NOTHING
from wardmote.evidence.reports.performance.words import MARKS, count_things, mark_status
from wardmote.evidence.targets.accounts import Frame, Lacking, OutturnAccount
from wardmote.evidence.targets.comparable import is_reported, is_same_measure, shift_year
from wardmote.evidence.targets.plan import Basis, Value
from wardmote.evidence.targets.status.words import show_measure
from wardmote.evidence.targets.statuses import PeriodStatus

#: How many years before are shown, as far as they are held.
PAST_YEARS = 4
#: Bases whose value for the year's end speaks of the whole year.
_WHOLE: dict[Basis, str] = {
    "year_total": "the year’s total",
    "cumulative": "from the start of the year",
    "rolling12": "the last twelve months",
    "calendar_year": "the calendar year",
    "academic_year": "the academic year",
}
_STANDING: tuple[Basis, ...] = ("stock", "snapshot")
_PARTS: dict[Basis, int] = {"quarter": 4, "half_year": 2, "month": 12}


_NONE = YearFigure(None, "nothing was reported", False)


def find_year_figure(values: Sequence[Value], starts_on: date, ends_on: date) -> YearFigure:
    """What did a year come to, of the values reported for it?

    A value for the whole year goes before all else; then what stood last in it; then its parts: percentages with counts
    are worked out from the counts together, counts are added up, and of anything else the last part stands for the
    year and says so. Percentages are never averaged.

    >>> quarters = [Value("Q1", date(2025, 4, 1), date(2025, 6, 30), part=10, whole=10),
    ...             Value("Q2", date(2025, 7, 1), date(2025, 9, 30), part=0, whole=90)]
    >>> find_year_figure(quarters, date(2025, 4, 1), date(2026, 3, 31)).value
    10.0
    """
    told = [v for v in values if is_reported(v) and v.end and starts_on <= v.end <= ends_on]
    told.sort(key=lambda value: (value.end or date.min, value.period))
    whole = [value for value in told if value.basis in _WHOLE and _closes(value, ends_on)]
    if whole:
        return YearFigure(whole[-1].best, _WHOLE[whole[-1].basis])
    stood = [value for value in told if value.basis in _STANDING]
    if stood:
        return YearFigure(stood[-1].best, f"as it stood at the end of {stood[-1].period}")
    return _put_together(told)


def _closes(value: Value, ends_on: date) -> bool:
    """A calendar or academic year ends inside of the financial one; every other whole must end with it."""
    return value.basis in ("calendar_year", "academic_year") or value.end == ends_on


def _put_together(told: Sequence[Value]) -> YearFigure:
    """The year of its quarters, half-years or months; the basis that was reported last."""
    parts = [value for value in told if value.basis in _PARTS]
    if not parts:
        return _NONE
    basis = parts[-1].basis
    kin = [
        value for value in parts if value.basis == basis and is_same_measure(value, parts[-1])
    ]  # none across a break
    by_end = {value.end: value for value in kin}
    held, asked = list(by_end.values()), _PARTS[basis]
    noun = {"quarter": "quarter", "half_year": "half-year", "month": "month"}[basis]
    of_all = count_things(len(held), noun) if len(held) == asked else f"{len(held)} of {asked} {noun}s"
    if all(value.part is not None and value.whole for value in held):
        share = sum(value.part or 0 for value in held) / sum(value.whole or 0 for value in held) * 100
        return YearFigure(share, f"the counts of {of_all} together", len(held) == asked)
    if all(value.shape in ("count", "money") for value in held):
        return YearFigure(sum(value.best or 0 for value in held), f"the sum of {of_all}", len(held) == asked)
    return YearFigure(held[-1].best, f"{held[-1].period} alone", False)


def build_outturn(account: OutturnAccount, *, look: Look = DEFAULT_LOOK) -> Document:
    """What did the year come to, against the target in force at its end, and against the years before?

    Raises UsageError for a plan without indicators.
    """
    frame = account.frame
    part, _ = read_rows(account.judged)
    inner = tuple(
        Section(f"priority-{place}", title, (_list_outturn(account, rows, f"outturn-{place}", title),))
        for place, (title, rows) in enumerate(part.priorities, start=1)
    )
    return Document(
        title=f"{_name_outturn(frame)}, {frame.period}",
        subtitle=frame.title,
        area_name="",
        period_title=frame.period,
        publisher=frame.publisher,
        as_at=datetime.combine(frame.as_at, time()),
        audience="Community Safety Partnership",
        sections=(
            Section("outturn", "Out-turn by priority", inner), _build_breaks(part.rows),
            _build_lacking(account.lacking), _build_notes(frame),
        ),
        summary=_build_summary(account, part.rows),
        marking=frame.marking or None,
        look=look,
        landscape=True,
        is_dense=True,
    )  # fmt: skip


def _is_running(frame: Frame) -> bool:
    """Whether the year has not ended on the day that the paper speaks from: its figures are no out-turn yet."""
    return frame.as_at <= frame.ends_on


def _name_outturn(frame: Frame) -> str:
    return "The year so far" if _is_running(frame) else "Year-end out-turn"


def _build_summary(account: OutturnAccount, rows: Sequence[Row]) -> tuple[Block, ...]:
    final = [find_final(row, account.frame.starts_on, account.frame.ends_on) for row in rows]
    counts = {colour: sum((one.status if one else "grey") == colour for one in final) for colour in MARKS}
    tiles = KeyFigures(tuple(
        KeyFigure(mark.label, f"{counts[colour]}", f"of {count_things(len(rows), 'indicator')}", tone=mark.tone)
        for colour, mark in MARKS.items()
    ))  # fmt: skip
    silent = sum(one is None for one in final)
    frame = account.frame
    when = f"on {say_day(frame.as_at)}" if _is_running(frame) else f"at the end of {frame.period}"
    met = f"{counts['green']} of {count_things(len(rows), 'target')} stood as met {when}"
    missed_count, grey = counts["red"] + counts["amber"], counts["grey"]
    rest = f", {missed_count} as missed, and {grey} could not be judged" if grey else f" and {missed_count} as missed"
    words = f"{met}{rest}. {_say_silence(account, silent)}"
    unlike = () if _is_running(frame) else _list_unlike(account, rows)
    warning = f"The year ends on {say_day(frame.ends_on)}. What stands here is the year so far, not its out-turn."
    running = (Callout("caution", inline(warning)),) if _is_running(frame) else ()
    reds = [row for row, one in zip(rows, final, strict=True) if one is not None and one.status == "red"]
    missed = f"Red: {'; '.join(f'{row.indicator.id} {row.indicator.title}' for row in reds)}." if reds else ""
    return (tiles, *(Paragraph(inline(said)) for said in (words, *unlike, missed) if said), *running)


def _list_unlike(account: OutturnAccount, rows: Sequence[Row]) -> tuple[str, ...]:
    """The measures whose year came out otherwise than their last period, by which the status goes: each way a line."""
    days = (account.frame.starts_on, account.frame.ends_on)
    found = [
        (row, final, find_year_met(row, *days, find_figure=find_year_figure))
        for row in rows
        if (final := find_final(row, *days)) is not None
    ]
    missed = [(row, one) for row, one, is_met in found if one.status in ("red", "amber") and is_met is True]
    met = [(row, one) for row, one, is_met in found if one.status == "green" and is_met is False]
    count = sum(one.status in ("red", "amber") for _, one, _ in found)
    green = sum(one.status == "green" for _, one, _ in found)
    return tuple(said for said in (
        _say_unlike(missed, count, "missed met", "missed it in"), _say_unlike(met, green, "met missed", "met it in")
    ) if said)  # fmt: skip


def _say_unlike(found: Sequence[tuple[Row, PeriodStatus]], whole: int, way: str, last: str) -> str:
    """'2 of the 14 missed met the year's figure: 1.3 Fly tips cleared (amber, missed it in 2025/26Q4).'"""
    named = "; ".join(
        f"{row.indicator.id} {row.indicator.title} ({one.status}, {last} {say_period(one.period)})"
        for row, one in found
    )
    return f"{len(found)} of the {whole} {way} the target over the whole year: {named}." if found else ""


def _say_silence(account: OutturnAccount, silent: int) -> str:
    """What did not come, as far as anything: "2 indicators gave no result in the year, and 7 returns never came."."""
    owed = len(account.lacking)
    late = "had not come" if _is_running(account.frame) else "never came"
    returns = f"{count_things(owed, 'return')} {late}" if owed else ""
    results = f"{count_things(silent, 'indicator')} gave no result in the year" if silent else ""
    return f"{', and '.join(one for one in (results, returns) if one) or 'Every return of the year came in'}."


def find_final(row: Row, starts_on: date, ends_on: date) -> PeriodStatus | None:
    """The last judgement of the year; None where none of its periods ended in it."""
    found = list_within(row, starts_on, ends_on)
    return found[-1] if found else None


def _list_outturn(account: OutturnAccount, rows: Sequence[Row], table_id: str, title: str) -> Table:
    frame = account.frame
    years = [
        (shift_year(frame.starts_on, -back), shift_year(frame.ends_on, -back)) for back in range(1, PAST_YEARS + 1)
    ]
    past = [[find_year_figure(row.indicator.values, *year) for year in years] for row in rows]
    held = max((at + 1 for figures in past for at, one in enumerate(figures) if one.value is not None), default=0)
    heads = [Column(_name_year(year[0]), width=0.3 / held) for year in years[:held]]
    year_name = _name_year(frame.starts_on)
    now, standing = (f"Out-turn {year_name}", "Final status")
    if _is_running(frame):
        now, standing = f"{year_name} so far", "Status so far"
    columns = (
        Column("Indicator", row_header=True, width=0.26), Column(now, width=0.14),
        Column("Target at year end", width=0.16), Column(standing, width=0.14), *heads,
    )  # fmt: skip
    cells = tuple(
        (Cell(row.indicator.title, detail=f"{row.indicator.id}, {row.indicator.owner}".rstrip(", ")),
         _show_outturn(row, account),
         Cell(say_target_on(row, frame.ends_on)), _mark_final(row, account),
         *(_show_past(row, one, year[1]) for one, year in zip(figures[:held], years, strict=False)))
        for row, figures in zip(rows, past, strict=True)
    )  # fmt: skip
    return Table(table_id, f"{title}: the year and those before", columns, cells, cards=True)


def _show_past(row: Row, found: YearFigure, ends_on: date) -> Cell:
    """An earlier year, with a word where what is counted has changed since."""
    shown = _show_year(row, found)
    breaks = (find_last_day(row.indicator, period) for period, _ in list_breaks(row))
    if found.value is not None and any(day is not None and day > ends_on for day in breaks):
        return replace(shown, detail=f"{shown.detail}; before a break")
    return shown


def _mark_final(row: Row, account: OutturnAccount) -> Cell:
    final = find_final(row, account.frame.starts_on, account.frame.ends_on)
    if final is None:
        return Cell("–", state="grey", detail="Grey: not returned")
    mark = mark_status(final)
    shown = final.shown_value if final.status != "grey" else ""
    return replace(mark, detail=f"{mark.detail}: {shown} in {say_period(final.period)}" if shown else mark.detail)


def _name_year(starts_on: date) -> str:
    return f"{starts_on.year}/{(starts_on.year + 1) % 100:02}"


def _show_outturn(row: Row, account: OutturnAccount) -> Cell:
    """What the year came to; of what is no single number, what was reported last."""
    frame = account.frame
    found = find_year_figure(row.indicator.values, frame.starts_on, frame.ends_on)
    final = find_final(row, frame.starts_on, frame.ends_on)
    if found.value is None and final is not None and final.shown_value:
        return Cell(final.shown_value, detail=f"as reported for {say_period(final.period)}")
    return _show_year(row, found)


def _show_year(row: Row, found: YearFigure) -> Cell:
    if found.value is None:
        return NOTHING
    is_amount = row.value is not None and row.value.shape in ("count", "money")  # though its change is shown in percent
    unit = "percent" if row.is_percent and not is_amount else row.indicator.unit
    return Cell(show_measure(found.value, unit), value=found.value, detail=found.how)


def _build_breaks(rows: Sequence[Row]) -> Section:
    found = [(row, period, said) for row in rows for period, said in list_breaks(row)]
    if not found:
        words = "No value says that what is counted has changed."
        return Section("breaks", "Breaks in what is counted", (Paragraph(inline(words)),))
    columns = (
        Column("Indicator", row_header=True, width=0.35),
        Column("From", width=0.15),
        Column("What changed", width=0.5),
    )
    cells = tuple(
        (Cell(row.indicator.title, detail=row.indicator.id), Cell(period or "not said"), Cell(said))
        for row, period, said in found
    )
    lead = "Years on two sides of a break are not held against each other."
    table = Table("breaks-table", "Where a measure counts something else than before", columns, cells, cards=True)
    return Section("breaks", "Breaks in what is counted", (Paragraph(inline(lead)), table))


def _build_lacking(lacking: Sequence[Lacking]) -> Section:
    if not lacking:
        return Section("lacking", "What was not returned", (Paragraph(inline("Every return of the year came in.")),))
    columns = (
        Column("Indicator", row_header=True, width=0.38), Column("Period", width=0.1), Column("Owed by", width=0.3),
        Column("Why", width=0.22),
    )  # fmt: skip
    cells = tuple(
        (Cell(f"{one.ref} {one.title}"), Cell(one.period), Cell(one.who or "nobody named"), Cell(one.why))
        for one in lacking
    )
    table = Table("lacking-table", "Figures that were owed and did not come", columns, cells, cards=True)
    return Section("lacking", "What was not returned", (table,))


def _build_notes(frame: Frame) -> Section:
    items = (
        "The out-turn is the value for the whole year where one was reported; else its parts put together as the line"
        " below the figure says. Percentages are worked out from their counts together, never averaged.",
        "Where one quarter stands for the year, the line says “alone”: the year itself was not reported.",
        "The final status is the last one of the year, against the target that was in force at that time: each period"
        " is judged by itself. Where the year as a whole came out otherwise, the summary names the measure apart.",
        "R ■ red: missed. A ▲ amber: missed by no more than the tolerance. G ● green: met. – grey: not judged.",
        explain_quarters(frame.ends_on),
    )
    return Section("notes", "How to read this out-turn", (BulletList(tuple(inline(item) for item in items)),))
