"""How far the figures can be trusted: what is missing, odd, unplaced, broken, or different in the official tables."""

from wardmote.evidence.definitions.breaks import Break
from wardmote.evidence.indicators.readings.trust import OfficialGap, compare_with_official
from wardmote.evidence.model.errors import UsageError
from wardmote.evidence.reports.assessment.blocks import (
    join_words,
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
from wardmote.evidence.reports.assessment.sections.vintages import tell_vintages
from wardmote.evidence.reports.direction import name_period
from wardmote.evidence.reports.document import Block, Cell, Section
from wardmote.evidence.reports.numbers import write_count, write_pct


def build_trust(context: Context) -> Section:
    blocks = [
        *_tell_months(context),
        *_tell_drops(context),
        *_tell_unlocated(context),
        *tell_vintages(context),
    ]
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
        return [say(f"{context.force_title}'s files are held for every month from {span}.")]
    return [
        remark(
            "missing",
            f"Of {context.force_title}'s files from {span} these months are not held: {held.missing_months}. A sum "
            "over any of them is given as missing, never as a smaller number.",
        )
    ]


def _tell_drops(context: Context) -> list[Block]:
    drops = context.completeness.drops
    if not drops:
        return [say("No month held lies so far below its neighbours that its file would look incomplete.")]
    items = [
        f"{d.month.title}: {write_count(d.count)} crimes in the force's file, {d.drop_pct:.0f}% below the"
        f" {d.expected:,.0f} of the months around it. The file is probably incomplete, and sums over the month are too"
        " low."
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
    rows = [_gap_cells(context, g) for g in gaps if g.open_data.is_known or g.official.is_known]
    columns = (names("Year", 0.3), numbers("Open data"), numbers("Official"), numbers("Open data against official"))
    caption = "All recorded crime in the open data and in the official tables"
    table = make_table(
        "trust-official-table",
        caption,
        columns,
        rows,
        note="[x]: a month of that year is not held, or the table gives none.",
    )
    note = say(
        "The open data leaves out rows without a place and is not revised; the official tables are. Headline totals"
        " should be quoted from the official tables, patterns from the open data."
    )
    reasons: dict[str, list[str]] = {}
    for gap in gaps:
        if gap.official.missing:
            reasons.setdefault(gap.official.missing.why, []).append(name_period(gap.period))
    lacks = [lack(f"Official count for {join_words(years)}", why) for why, years in reasons.items()]
    return [note, *([table] if rows else []), *lacks]


def _gap_cells(context: Context, gap: OfficialGap) -> tuple[Cell, ...]:
    over = Cell("[x]") if gap.gap_pct is None else Cell(write_pct(gap.gap_pct), value=gap.gap_pct)
    name = name_period(gap.period).removeprefix("the ")
    return (
        text_cell(f"{name[:1].upper()}{name[1:]}"),
        context.ledger.cell(gap.open_data),
        context.ledger.cell(gap.official),
        over,
    )


def _tell_breaks(context: Context) -> list[Block]:
    concerned = list_concerned(context)
    if not concerned:
        return [say("No break in recording, definition or boundaries is known for this area and these years.")]
    return [
        remark("break", f"{b.sentence} {b.action}{_tell_effect(context, b)} (Source: {_end(b.source)})")
        for b in concerned
    ]


def _end(text: str) -> str:
    return f"{text.rstrip('.')}."


def _tell_effect(context: Context, item: Break) -> str:
    """What the break forbids in this report: the years of the series that the period is not compared with."""
    tree, now = context.evidence.tree, context.period
    titles = [tree.nodes[o].title.lower() for o in item.offences if o in tree.nodes]
    years = [now]
    while len(years) < 5:
        years.insert(0, years[0].previous())
    apart = [name_period(y) for y in years[:-1] if item.stands_between(y, now)]
    if not titles or not apart:
        return ""
    return (
        f" {name_period(now)} is not compared here with {join_words(apart)} for {join_words(titles)}, and no line of a"
        " chart crosses the break."
    )


def list_concerned(context: Context) -> tuple[Break, ...]:
    """The breaks that touch the area within ten years of the period."""
    codes = {context.area.code, *context.evidence.places.get_enclosing(context.area.code).values(), "all"}
    earliest = context.period.last - 120
    loaded = {m.source for m in context.evidence.snapshot.manifests} | {"wards"}
    return tuple(b for b in context.breaks if codes & set(b.areas) and loaded & set(b.series) and b.last >= earliest)


def _tell_loads(context: Context) -> list[Block]:
    refused = [m for m in context.evidence.snapshot.manifests if m.rows_refused]
    if not refused:
        return [say("No row of the loaded files was refused.")]
    items = [
        f"{m.id}: some rows refused; how many is withheld."
        if context.is_withheld(m)
        else f"{m.id}: {write_count(m.rows_refused)} of {write_count(m.rows_in)} rows refused; they are kept aside with"
        " reasons."
        for m in refused
    ]
    return [list_points(items)]
