"""The quarterly executive report: what needs the executive, then a page for each priority, then the four Ps."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, time

from wardmote.evidence.reports.document import (
    Block,
    BulletList,
    Cell,
    Column,
    Document,
    Paragraph,
    Section,
    Strong,
    Table,
    Text,
    inline,
)
from wardmote.evidence.reports.governance.matters import STATES, build_matters, say_day, say_late
from wardmote.evidence.reports.governance.spans import explain_quarters, say_period, say_span
from wardmote.evidence.reports.governance.standing import (
    find_unsettled,
    mark_unsettled,
    note_unsettled,
    read_rows,
    say_counts,
    show_direction,
    show_reported,
)
from wardmote.evidence.reports.look import DEFAULT_LOOK, Look
from wardmote.evidence.reports.performance.rows import Row
from wardmote.evidence.reports.performance.tables import NOTHING, name_row, show_target
from wardmote.evidence.reports.performance.words import (
    MARKS,
    count_things,
    end_sentence,
    explain_grey,
    mark_status,
    say_outlook,
)
from wardmote.evidence.targets.accounts import ExecutiveAccount, Said, Undertaking
from wardmote.evidence.targets.plan_file import Priority

FOUR_PS = {"prepare": "Prepare", "protect": "Protect", "prevent": "Prevent", "pursue": "Pursue", "": "None of the four"}
#: So many texts of returns stand on a priority's page; of green measures none where these are taken.
MOST_TEXTS = 4


def build_executive_report(account: ExecutiveAccount, *, look: Look = DEFAULT_LOOK) -> Document:
    """What must the executive know and decide this quarter, and how does each priority stand?

    The first page lists the most pressing matters of `account` with why, as many as it holds; each priority has a page
    of its own.
    Raises UsageError for a plan without indicators.
    """
    frame = account.frame
    part, context = read_rows(account.judged)
    first, *others = build_matters(account, part.rows)
    unsettled = {row.indicator.id: find_unsettled(account.judged, row) for row in (*part.rows, *context)}
    pages = [_build_priority(account, number, rows, unsettled) for number, rows in _group(account, part.rows)]
    return Document(
        title=f"Executive report, {say_span(frame.starts_on, frame.ends_on)}",
        subtitle=frame.title,
        area_name="",
        period_title=frame.period,
        publisher=frame.publisher,
        as_at=datetime.combine(frame.as_at, time()),
        audience="Strategic executive group",
        sections=(
            first, *pages, *others, _build_four_ps(account), *_build_context(context, unsettled),
            _build_notes(account),
        ),
        marking=frame.marking or None,
        look=look,
        has_contents=False,
        is_dense=True,
    )  # fmt: skip


def _group(account: ExecutiveAccount, rows: Sequence[Row]) -> list[tuple[int, list[Row]]]:
    """Each priority with its rows: those of the plan, and those that only rows or actions name."""
    numbers = {one.no for one in account.priorities} | {row.indicator.priority_no for row in rows}
    numbers |= {action.priority for action in account.actions}
    ordered = sorted(numbers, key=lambda number: (number == 0, number))
    return [(number, [row for row in rows if row.indicator.priority_no == number]) for number in ordered]


# ---- a priority's page ----------------------------------------------------------------------------------------------


def _build_priority(
    account: ExecutiveAccount, number: int, rows: Sequence[Row], unsettled: Mapping[str, str]
) -> Section:
    priority = next((one for one in account.priorities if one.no == number), None)
    title = priority.title if priority else next((row.indicator.priority_title for row in rows), "")
    head = f"Priority {number}: {title}".rstrip(": ") if number else "Under no priority"
    actions = [one for one in account.actions if one.priority == number]
    blocks: list[Block] = [*_say_aim(priority), Paragraph(inline(_say_standing(rows, actions, account.frame.as_at)))]
    if rows:
        blocks.append(_list_measures(rows, f"measures-{number}", unsettled))
    blocks += _tell_said(account.said, rows, number)
    if actions:
        blocks.append(_build_actions(actions, number, account.frame.as_at))
    return Section(f"priority-{number}", head, tuple(blocks), begins_page=True)


def _say_aim(priority: Priority | None) -> list[Block]:
    if priority is None or not (priority.aim or priority.lead):
        return []
    lead = f"Lead: {priority.lead}." if priority.lead else ""
    return [Paragraph(inline(" ".join(part for part in (end_sentence(priority.aim), lead) if part)))]


def _say_standing(rows: Sequence[Row], actions: Sequence[Undertaking], day: date) -> str:
    """'5 indicators: 2 red and 3 green. 6 actions: 1 overdue.'"""
    said = [f"{count_things(len(rows), 'indicator')}: {say_counts(rows)}."] if rows else ["No indicator is judged."]
    if actions:
        late = sum(one.is_overdue(day) for one in actions)
        done = sum(one.state == "done" for one in actions)
        said.append(f"{count_things(len(actions), 'action')}: {done} done, {late or 'none'} overdue.")
    return " ".join(said)


#: In which order a priority's indicators are read.
_URGENCY = ("red", "amber", "grey", "green")


def _sort(rows: Iterable[Row]) -> list[Row]:
    return sorted(rows, key=lambda row: _URGENCY.index(row.colour))


def _list_measures(rows: Sequence[Row], table_id: str, unsettled: Mapping[str, str]) -> Table:
    """The indicators; where none has an outlook, its column leaves its room to the others."""
    widths = [("Status", 0.09), ("Latest", 0.14), ("Target", 0.17), ("Direction", 0.18), ("Outlook", 0.14)]
    shown = {"green": _show_green, "grey": _show_grey}
    cells = [_mark(shown.get(row.colour, _show_measure)(row), row, unsettled) for row in _sort(rows)]
    if all(one[-1] == NOTHING for one in cells):
        widths = [("Status", 0.11), ("Latest", 0.19), ("Target", 0.2), ("Direction", 0.22)]
        cells = [one[:-1] for one in cells]
    left = 1 - sum(width for _, width in widths)
    columns = (
        Column("Indicator", row_header=True, width=left), *(Column(title, width=width) for title, width in widths)
    )  # fmt: skip
    note = note_unsettled(unsettled.get(row.indicator.id, "") for row in rows)
    return Table(table_id, "Indicators, what is off target first", columns, tuple(cells), note, cards=True)


def _mark(cells: tuple[Cell, ...], row: Row, unsettled: Mapping[str, str]) -> tuple[Cell, ...]:
    """The row with its latest result marked where the value behind it can still change."""
    name, status, latest, *others = cells
    return name, status, mark_unsettled(latest, unsettled.get(row.indicator.id, "")), *others


def _show_measure(row: Row) -> tuple[Cell, ...]:
    outlook = say_outlook(row.latest)
    return (
        Cell(f"{row.indicator.id} {row.indicator.title}"), mark_status(row.latest), show_reported(row),
        show_target(row), show_direction(row), Cell(outlook) if outlook else NOTHING,
    )  # fmt: skip


def _show_grey(row: Row) -> tuple[Cell, ...]:
    """What is not judged, with the reason where its direction would stand: there is room for it."""
    name, mark, latest, target, _, outlook = _show_measure(row)
    why = Cell("Not judged", detail=explain_grey(row.latest))
    return name, replace(mark, detail=MARKS["grey"].name), latest, target, why, outlook


def _show_green(row: Row) -> tuple[Cell, ...]:
    """What is on target, in fewer words, so that a priority fits its page."""
    name, mark, latest, target, direction, outlook = _show_measure(row)
    period = "" if row.latest is None else say_period(row.latest.period)
    return name, mark, replace(latest, detail=period), target, replace(direction, detail=""), outlook


def _tell_said(said: Iterable[Said], rows: Sequence[Row], number: int) -> list[Block]:
    """What the bodies said of their figures, exceptions first; whose text has no room is named."""
    by_ref = {one.ref: one for one in said}
    told = [(row, by_ref[row.indicator.id]) for row in _sort(rows) if row.indicator.id in by_ref]
    off = sum(row.colour != "green" for row, _ in told)
    shown, rest = told[: max(off, MOST_TEXTS)], told[max(off, MOST_TEXTS) :]
    if not shown:
        return []
    blocks: list[Block] = [_write_said(row, one) for row, one in shown]
    if rest:
        named = ", ".join(row.indicator.id for row, _ in rest)
        blocks.append(Paragraph(inline(f"Also said, of green indicators: {named} (in the performance report).")))
    return [Section(f"said-{number}", "What is said of the figures", tuple(blocks))]


def _write_said(row: Row, one: Said) -> Paragraph:
    parts = [("What happened", one.what_happened), ("So what", one.so_what), ("What next", one.what_next)]
    words: list[Strong | Text] = [
        Strong((Text(f"{row.indicator.id} {row.indicator.title}, {say_period(one.period)}. "),))
    ]
    for name, said in parts:
        if said.strip():
            words += [Strong((Text(f"{name}: "),)), Text(f"{end_sentence(' '.join(said.split()))} ")]
    return Paragraph(tuple(words))


def _build_actions(actions: Sequence[Undertaking], number: int, day: date) -> Section:
    """Each of the priority's actions that is overdue, and all of them by the four Ps."""
    late = sorted((one for one in actions if one.is_overdue(day)), key=lambda one: one.due or date.max)
    blocks: list[Block] = []
    if late:
        said = "; ".join(f"{one.no} {one.text.rstrip('.')} ({_begin_small(say_late(one, day))})" for one in late)
        blocks.append(Paragraph((Strong((Text("Overdue: "),)), Text(f"{said}."))))
    blocks.append(_count_four_ps(actions, f"four-ps-{number}", "Actions by kind of work", day))
    return Section(f"actions-{number}", "Actions", tuple(blocks))


def _begin_small(words: str) -> str:
    return words[:1].lower() + words[1:]


def _count_four_ps(actions: Sequence[Undertaking], table_id: str, caption: str, day: date) -> Table:
    columns = (Column("Kind of work", row_header=True, width=0.18),
               *(Column(t, "right", width=0.125) for t in STATES.values()),
               Column("Overdue", "right", width=0.12), Column("Next due", width=0.2))  # fmt: skip
    rows = []
    for four_p, title in FOUR_PS.items():
        own = [one for one in actions if one.four_p == four_p]
        if own or four_p:
            rows.append((Cell(title), *_count_states(own), _count(sum(one.is_overdue(day) for one in own)),
                         _find_next(own, day)))  # fmt: skip
    return Table(table_id, caption, columns, tuple(rows), cards=True)


def _count_states(actions: Sequence[Undertaking]) -> list[Cell]:
    return [_count(sum(one.state == state for one in actions)) for state in STATES]


def _count(number: int) -> Cell:
    return Cell(f"{number}", value=number)


def _find_next(actions: Sequence[Undertaking], day: date) -> Cell:
    ahead = [one.due for one in actions if one.due and one.due >= day and one.state in ("not_started", "under_way")]
    return Cell(say_day(min(ahead))) if ahead else NOTHING


# ---- the last pages -------------------------------------------------------------------------------------------------


def _build_four_ps(account: ExecutiveAccount) -> Section:
    """The whole plan's actions by prepare, protect, prevent and pursue."""
    if not account.actions:
        return Section("four-ps", "The four Ps", (Paragraph(inline("The plan holds no action.")),), begins_page=True)
    day = account.frame.as_at
    blocks: list[Block] = [_count_four_ps(account.actions, "four-ps-all", "All actions by kind of work", day)]
    for four_p, title in FOUR_PS.items():
        own = [one for one in account.actions if one.four_p == four_p and one.state in ("not_started", "under_way")]
        if own:
            blocks.append(_list_open(own, f"open-{four_p or 'none'}", f"{title}: what is not finished", day))
    return Section("four-ps", "The four Ps over the whole plan", tuple(blocks), begins_page=True)


def _list_open(actions: Sequence[Undertaking], table_id: str, caption: str, day: date) -> Table:
    columns = (
        Column("Action", row_header=True, width=0.46), Column("Who", width=0.2), Column("Due", width=0.17),
        Column("State", width=0.17),
    )  # fmt: skip
    ordered = sorted(actions, key=lambda one: (one.due is None, one.due))
    rows = tuple(
        (Cell(one.text, detail=f"priority {one.priority}, action {one.no}"), Cell(one.owner or "nobody named"),
         Cell(say_day(one.due) or "no day set"),
         Cell(STATES[one.state], detail="overdue" if one.is_overdue(day) else ""))
        for one in ordered
    )  # fmt: skip
    return Table(table_id, caption, columns, rows, cards=True)


def _build_context(rows: Sequence[Row], unsettled: Mapping[str, str]) -> tuple[Section, ...]:
    if not rows:
        return ()
    columns = (
        Column("Measure", row_header=True, width=0.5),
        Column("Latest", width=0.25),
        Column("Direction", width=0.25),
    )
    hows = [unsettled.get(row.indicator.id, "") for row in rows]
    cells = tuple(
        (name_row(row), mark_unsettled(show_reported(row), how), show_direction(row))
        for row, how in zip(rows, hows, strict=True)
    )
    note = note_unsettled(hows)
    table = Table("context-table", "Shown for context: no target, no status", columns, cells, note, cards=True)
    return (Section("context", "For context only", (table,)),)


def _build_notes(account: ExecutiveAccount) -> Section:
    frame = account.frame
    items = (
        "Each status carries its letter and its shape: R ■ missed, A ▲ missed by little, G ● met, – not judged.",
        "Better and worse are said only where the change is more than noise; otherwise the change is given without a"
        " verdict. Not comparable: what is counted has changed.",
        "Outlook is the chance of meeting the target by its end. It never colours what has happened.",
        "What is said of the figures was signed off by the lead of the priority or by the coordinator.",
        "Figures that a body has submitted and nobody has signed off yet, and those that are queried, are in the report"
        " with a mark (*); they can still change.",
        f"Figures for periods to {say_day(frame.ends_on)}; actions as they stood on {say_day(frame.as_at)}.",
        explain_quarters(frame.ends_on),
    )
    return Section("notes", "How to read this report", (BulletList(tuple(inline(item) for item in items)),))
