"""How far the figures can be trusted: what is missing, odd, unplaced, broken, or different in the official tables."""

from wardmote.evidence.definitions.breaks import Break
from wardmote.evidence.indicators.readings.trust import OfficialGap, compare_with_official
from wardmote.evidence.model.errors import UsageError
from wardmote.evidence.reports.assessment.blocks import (
    lack,
    list_points,
    make_table,
    names,
    numbers,
    remark,
    say,
    text_cell,
)
from wardmote.evidence.reports.assessment.context import Context
from wardmote.evidence.reports.direction import name_period
from wardmote.evidence.reports.document import Block, Cell, Section
from wardmote.evidence.reports.numbers import write_count, write_pct


def build_trust(context: Context) -> Section:
    blocks = [*_tell_months(context), *_tell_unlocated(context), *_tell_drops(context)]
    parts = (
        Section("trust-months", "Months held", tuple(blocks)),
        Section("trust-official", "Open data and official totals", tuple(_compare_official(context))),
        Section("trust-breaks", "Breaks in the series", tuple(_tell_breaks(context))),
        Section("trust-loads", "Rows refused", tuple(_tell_loads(context))),
    )
    return Section("trust", "How far can the figures be trusted?", parts)


def _tell_months(context: Context) -> list[Block]:
    held = context.completeness
    if not held.force:
        return [lack("Police open data", "nothing of the source police-street is loaded for this area")]
    span = f"{held.span.first.title} to {held.span.last.title}"
    if not held.missing_months:
        return [say(f"{held.force}'s files are held for every month from {span}.")]
    return [
        remark(
            "missing",
            f"Of {held.force}'s files from {span} these months are not held: {held.missing_months}. A sum "
            "over any of them is given as missing, never as a smaller number.",
        )
    ]


def _tell_drops(context: Context) -> list[Block]:
    drops = context.completeness.drops
    if not drops:
        return [say("No month held lies so far below its neighbours that its file would look incomplete.")]
    items = [
        f"{d.month.title}: {write_count(d.count)} crimes in the force's file, {d.drop_pct:.0f}% below the"
        f" {write_count(d.expected)} of the months around it. The file may be incomplete."
        for d in drops
    ]
    return [list_points(items)]


def _tell_unlocated(context: Context) -> list[Block]:
    held = context.completeness
    if held.unlocated is None or held.unlocated.missing:
        return []
    return [
        say(
            f"Of {write_count(held.all_rows)} rows in the force's files for {name_period(context.period)}, "
            f"{write_count(held.unlocated_rows)} (",
            context.ledger.ref(held.unlocated),
            ") carry no small area and can be given to no district. Counts here leave them out.",
        )
    ]


def _compare_official(context: Context) -> list[Block]:
    try:
        gaps = compare_with_official(context.evidence, context.area.code)
    except UsageError as error:
        return [lack("Official tables", str(error))]
    if not gaps:
        return [lack("Official tables", "none is loaded (source ons-csp-tables)")]
    rows = [_gap_cells(context, gap) for gap in gaps]
    columns = (names("Year", 0.3), numbers("Open data"), numbers("Official"), numbers("Open data over official"))
    caption = "All recorded crime in the open data and in the official tables"
    table = make_table(
        "trust-official-table",
        caption,
        columns,
        rows,
        note="[x] a month of that year is not held, or the table gives none.",
    )
    note = say(
        "The open data leaves out rows without a place and is not revised; the official tables are. Headline totals"
        " should be quoted from the official tables, patterns from the open data."
    )
    reasons = dict.fromkeys(g.official.missing.why for g in gaps if g.official.missing)
    return [note, table, *(lack("Official tables", why) for why in reasons)]


def _gap_cells(context: Context, gap: OfficialGap) -> tuple[Cell, ...]:
    over = Cell("[x]") if gap.gap_pct is None else Cell(write_pct(gap.gap_pct), value=gap.gap_pct)
    return (
        text_cell(name_period(gap.period)),
        context.ledger.cell(gap.open_data),
        context.ledger.cell(gap.official),
        over,
    )


def _tell_breaks(context: Context) -> list[Block]:
    concerned = list_concerned(context)
    if not concerned:
        return [say("No break in recording, definition or boundaries is known for this area and these years.")]
    return [remark("break", f"{b.sentence} {b.action} (Source: {b.source}.)") for b in concerned]


def list_concerned(context: Context) -> tuple[Break, ...]:
    """The breaks that touch the area within ten years of the period."""
    codes = {context.area.code, *context.evidence.places.get_enclosing(context.area.code).values(), "all"}
    earliest = context.period.last - 120
    return tuple(b for b in context.breaks if codes & set(b.areas) and b.last >= earliest)


def _tell_loads(context: Context) -> list[Block]:
    refused = [m for m in context.evidence.snapshot.manifests if m.rows_refused]
    if not refused:
        return [say("No row of the loaded files was refused.")]
    items = [
        f"{m.id}: {write_count(m.rows_refused)} of {write_count(m.rows_in)} rows refused; they are kept aside with"
        " reasons."
        for m in refused
    ]
    return [list_points(items)]
