"""The scrutiny pack: the plan against its results, with every missed target, and nothing that names a person.

Depersonalised by construction: it is built of numbers, the words of the plan, and what the partnership decided. A
committee's papers are published, so that every text of a return is taken out before anything is written.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta

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
from wardmote.evidence.reports.governance.missed import build_missed, order_missed, say_missed
from wardmote.evidence.reports.governance.spans import explain_quarters, say_period
from wardmote.evidence.reports.governance.standing import (
    UNSETTLED,
    UNSETTLED_NOTE,
    find_last_day,
    list_missed_targets,
    list_within,
    read_rows,
)
from wardmote.evidence.reports.governance.untyped import take_out_typed
from wardmote.evidence.reports.look import DEFAULT_LOOK, Look
from wardmote.evidence.reports.performance.rows import Part, Row
from wardmote.evidence.reports.performance.tables import NOTHING
from wardmote.evidence.reports.performance.words import MARKS, count_things, end_sentence, explain_grey
from wardmote.evidence.targets.accounts import LeftOut, Missed, Recommended, ScrutinyAccount, TargetMove
from wardmote.evidence.targets.grammar import describe_target
from wardmote.evidence.targets.statuses import PeriodStatus
from wardmote.evidence.targets.versions import find_version_in_force

#: A pack for a year shows its quarters; one for a longer stretch its years.
_A_YEAR = timedelta(days=370)
_LEFT_OUT = "left out"
#: So many measures the first page names.
MOST_NAMED = 5


def build_scrutiny_pack(account: ScrutinyAccount, *, look: Look = DEFAULT_LOOK) -> Document:
    """What was promised, what came, and which targets were missed: what a committee needs to ask its questions.

    Every missed target of the stretch is listed, worked out here; one is left out only by an entry of `left_out`, and
    is then named with the reason, who left it out and when. Raises UsageError for a plan without indicators.
    """
    account = replace(account, judged=take_out_typed(account.judged))
    frame = account.frame
    part, context = read_rows(account.judged)
    missed = list_missed_targets(account.judged, frame.starts_on, frame.ends_on)
    left = {f"{one.ref} {one.period}": one for one in account.left_out}
    listed = [one for one in missed if one.key not in left]
    dropped = [(one, left[one.key]) for one in missed if one.key in left]
    return Document(
        title=f"Scrutiny pack, {frame.period}",
        subtitle=frame.title,
        area_name="",
        period_title=frame.period,
        publisher=frame.publisher,
        as_at=datetime.combine(frame.as_at, time()),
        audience="Crime and disorder scrutiny committee",
        sections=(
            build_missed(listed), _build_left_out(dropped), _build_results(account, part, set(left)),
            _build_greys(account, part), _build_moves(account.moves), _build_recommended(account.recommended),
            _build_statement(len(context), frame.ends_on),
        ),
        summary=_build_summary(account, part, listed, dropped),
        marking=frame.marking or None,
        look=look,
        landscape=True,
        is_dense=True,
    )  # fmt: skip


def _build_summary(
    account: ScrutinyAccount, part: Part, listed: Sequence[Missed], dropped: Sequence[tuple[Missed, LeftOut]]
) -> tuple[Block, ...]:
    frame = account.frame
    judged = [p for row in part.rows for p in list_within(row, frame.starts_on, frame.ends_on)]
    count = {colour: sum(period.status == colour for period in judged) for colour in MARKS}
    details = {"red": "missed", "amber": "missed by little", "green": "met", "grey": "not judged; the reason is given"}
    tiles = tuple(
        KeyFigure(mark.label, f"{count[colour]}", details[colour], tone=mark.tone) for colour, mark in MARKS.items()
    )
    waiting = sum(not one.answer for one in account.recommended)
    words = (
        f"{count_things(len(part.rows), 'indicator')} of the plan gave {count_things(len(judged), 'result')} for"
        f" periods that ended from {say_day(frame.starts_on)} to {say_day(frame.ends_on)}."
        f" {say_missed(listed, dropped)}"
    )
    asked = f"{count_things(len(account.recommended), 'recommendation')} of the committee, {waiting} without an answer."
    if frame.as_at <= frame.ends_on:
        asked += f" The year ends on {say_day(frame.ends_on)}: the pack shows what has been reported so far."
    said = (words, _name_furthest(listed), asked)
    return (KeyFigures(tiles), *(Paragraph(inline(one)) for one in said if one))


def _name_furthest(listed: Sequence[Missed]) -> str:
    """The measures furthest from their targets, each once with its largest miss."""
    furthest: dict[str, Missed] = {}
    for one in sorted(listed, key=order_missed):
        if one.colour == "red" and one.share_pct:
            furthest.setdefault(one.ref, one)
    named = [
        f"{one.title} in {say_period(one.period)}, {one.gap.replace(' (', ', ').rstrip(')')}"
        for one in furthest.values()
    ]
    return f"Furthest from their targets: {'; '.join(named[:MOST_NAMED])}." if named else ""


# ---- what was left out ----------------------------------------------------------------------------------------------


def _build_left_out(dropped: Sequence[tuple[Missed, LeftOut]]) -> Section:
    if not dropped:
        words = "Nothing was left out: every target that was missed is listed above."
        return Section("left-out", "What was left out", (Paragraph(inline(words)),))
    columns = (
        Column("Indicator", row_header=True, width=0.28), Column("Period", width=0.1),
        Column("The reason given", width=0.38), Column("By", width=0.14), Column("On", width=0.1),
    )  # fmt: skip
    rows = tuple(
        (Cell(missed.title, detail=missed.ref), Cell(say_period(missed.period)), Cell(left.reason), Cell(left.by),
         Cell(say_day(left.on)))
        for missed, left in dropped
    )  # fmt: skip
    words = "Missed targets that were left out of the list above. Their results are not shown; the reason is."
    table = Table("left-out-table", "Left out, and why", columns, rows, cards=True)
    return Section("left-out", "What was left out", (Callout("caution", inline(words)), table))


# ---- the plan against its results -----------------------------------------------------------------------------------


def _build_results(account: ScrutinyAccount, part: Part, left: set[str]) -> Section:
    frame = account.frame
    days, unsettled = _list_days(account, part), account.judged.unsettled
    inner = tuple(
        Section(
            f"results-{place}", title,
            (_list_results(rows, days, left, ends_on=frame.ends_on, name=(f"results-table-{place}", title),
                           unsettled=unsettled),),
        )
        for place, (title, rows) in enumerate(part.priorities, start=1)
    )  # fmt: skip
    return Section("results", "The plan against its results", inner)


def _list_days(account: ScrutinyAccount, part: Part) -> list[date]:
    """The last days that head the columns: of each quarter reported, or of each year where the stretch is longer."""
    frame = account.frame
    found = {
        day
        for row in part.rows
        for period in list_within(row, frame.starts_on, frame.ends_on)
        if (day := find_last_day(row.indicator, period.period)) is not None
    }
    months = 3 if frame.ends_on - frame.starts_on <= _A_YEAR else 12
    return sorted({_find_column(day, months) for day in found})


def _find_column(day: date, months: int) -> date:
    """The last day of the financial quarter (3) or year (12) in which a day lies."""
    last = (day.month - 4) % 12 // months * months + months + 3  # counted from January of the financial year's start
    year = (day.year if day.month >= 4 else day.year - 1) + (last > 12)
    number = last - 12 if last > 12 else last
    following = date(year + number // 12, number % 12 + 1, 1)
    return following - timedelta(days=1)


def _list_results(
    rows: Sequence[Row], days: Sequence[date], left: set[str], *, ends_on: date, name: tuple[str, str],
    unsettled: Mapping[tuple[str, str], str],
) -> Table:  # fmt: skip
    share = 0.46 / max(len(days), 1)
    heads = (Column(f"To {day.day} {day:%b %Y}", width=share) for day in days)
    columns = (Column("Indicator", row_header=True, width=0.3), Column("Target", width=0.24), *heads)
    cells = tuple(
        (Cell(row.indicator.title, detail=f"{row.indicator.id}, {row.indicator.owner}".rstrip(", ")),
         Cell(say_target_on(row, ends_on)), *(_show_result(row, day, days, left, unsettled) for day in days))
        for row in rows
    )  # fmt: skip
    table_id, title = name
    note = UNSETTLED_NOTE if any(UNSETTLED in cell.detail for row in cells for cell in row[2:]) else ""
    return Table(table_id, f"{title}: target and results", columns, cells, note, cards=True)


def say_target_on(row: Row, day: date) -> str:
    """The target in force on a day, in the plan's own words where it has any."""
    held = find_version_in_force(row.indicator, day)
    words = "" if held is None else held.text.strip() or describe_target(held.target)
    return words[:1].upper() + words[1:] if words else "None set"


def _show_result(
    row: Row, day: date, days: Sequence[date], left: set[str], unsettled: Mapping[tuple[str, str], str]
) -> Cell:
    period = _find_period(row, max((one for one in days if one < day), default=None), day)
    if period is None:
        return NOTHING
    if f"{row.indicator.id} {period.period}" in left:
        return Cell(_LEFT_OUT, detail="see What was left out")
    mark = MARKS[period.status]
    shown = explain_grey(period) if period.status == "grey" else period.shown_value
    how = unsettled.get((row.indicator.id, period.period), "")
    return Cell(mark.sign, state=period.status, detail=f"{shown or mark.name}{f'{UNSETTLED} {how}' if how else ''}")


def _find_period(row: Row, after: date | None, until: date) -> PeriodStatus | None:
    """The judgement of the period that ended in a column's stretch; of several the last, as the plan's page shows."""
    dated = ((find_last_day(row.indicator, one.period), one) for one in row.status.periods)
    first = after or until - _A_YEAR / 4
    found = [(day, one) for day, one in dated if day is not None and first < day <= until]
    return max(found, key=lambda pair: pair[0])[1] if found else None


def _build_greys(account: ScrutinyAccount, part: Part) -> Section:
    frame = account.frame
    greys = [
        (row, period)
        for row in part.rows
        for period in list_within(row, frame.starts_on, frame.ends_on)
        if period.status == "grey"
    ]
    silent = [row for row in part.rows if not list_within(row, frame.starts_on, frame.ends_on)]
    if not greys and not silent:
        return Section("greys", "Not judged", (Paragraph(inline("Every result could be judged.")),))
    columns = (
        Column("Indicator", row_header=True, width=0.34), Column("Period", width=0.12),
        Column("Reason", width=0.24), Column("What is known", width=0.3),
    )  # fmt: skip
    rows = [
        (Cell(row.indicator.title, detail=f"{row.indicator.id}, {row.indicator.owner}".rstrip(", ")),
         Cell(say_period(period.period)), Cell(f"– {explain_grey(period)}"), Cell(end_sentence(period.why)))
        for row, period in greys
    ]  # fmt: skip
    rows += [
        (Cell(row.indicator.title, detail=row.indicator.id), Cell(frame.period),
         Cell("– no figure reported"), Cell(f"No result was reported for a period that ended in {frame.period}."))
        for row in silent
    ]  # fmt: skip
    table = Table("greys-table", "Results that could not be judged", columns, tuple(rows), cards=True)
    return Section("greys", "Not judged, and why", (table,))


# ---- changed targets, recommendations, what is not here --------------------------------------------------------------


def _build_moves(moves: Sequence[TargetMove]) -> Section:
    if not moves:
        return Section("moves", "Targets that changed", (Paragraph(inline("No target changed.")),))
    columns = (
        Column("Indicator", row_header=True, width=0.22), Column("From", width=0.15), Column("To", width=0.15),
        Column("Counts from", width=0.1), Column("Decided", width=0.16), Column("Why", width=0.22),
    )  # fmt: skip
    rows = tuple(
        (Cell(one.title, detail=one.ref), Cell(one.before), Cell(one.after),
         Cell(say_day(one.counts_from) or "the start"),
         Cell(one.by or "not said", detail=say_day(one.made_on)), Cell(one.reason or "no reason given"))
        for one in moves
    )  # fmt: skip
    table = Table("moves-table", "Targets that changed, with who changed them and why", columns, rows, cards=True)
    return Section("moves", "Targets that changed", (table,))


def _build_recommended(recommended: Sequence[Recommended]) -> Section:
    if not recommended:
        words = "The committee has made no recommendation that the partnership has received."
        return Section("recommended", "Recommendations and answers", (Paragraph(inline(words)),))
    columns = (
        Column("Recommendation", row_header=True, width=0.33), Column("To", width=0.14), Column("Received", width=0.1),
        Column("Answer due", width=0.1), Column("State", width=0.13), Column("Answer", width=0.2),
    )  # fmt: skip
    rows = tuple(
        (Cell(one.text, detail=f"No {one.no}, {one.committee}, {say_day(one.met_on)}"), Cell(one.addressed_to),
         Cell(say_day(one.received_on)), Cell(say_day(one.due_on)), Cell(one.standing, detail=one.timing),
         Cell(one.answer or "None yet", detail="; ".join(one.actions)))
        for one in recommended
    )  # fmt: skip
    table = Table(
        "recommended-table", "What the committee recommended, and what was answered", columns, rows, cards=True
    )
    return Section("recommended", "Recommendations and answers", (table,))


def _build_statement(context_count: int, day: date) -> Section:
    held = f" ({context_count} of them)" if context_count else ""
    items = (
        "No name of a victim, suspect, witness or member of the public, and no case: the partnership shares none with"
        " this pack, and nothing typed into a return comes into it. Of a step it says whether it is done, how"
        " many of its parts are, and when it was due.",
        "No counts behind a percentage, so that nobody can be found by a small number; results that rest on few are"
        " marked “small numbers”.",
        f"No measures that are shown for context only and have no target{held}.",
        "No result for a period that ended after the pack’s last day, and none that is still being typed.",
        "Results that a body has submitted and nobody has signed off yet, and those that are queried, are in it with a"
        " mark (*); they can still change.",
        "Nothing was taken out of the list of missed targets but what is named under “What was left out”.",
    )
    marks = (
        "R ■ red: missed by more than the agreed tolerance. A ▲ amber: missed by no more than that. G ● green: met."
        " – grey: not judged, which is neither good nor bad."
    )
    told = (marks, explain_quarters(day))
    blocks: tuple[Block, ...] = (
        BulletList(tuple(inline(item) for item in items)),
        *(Paragraph(inline(words)) for words in told),
    )
    return Section("statement", "What this pack does not contain", blocks)
