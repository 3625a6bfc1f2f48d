"""Outcomes, roads, fly-tipping, stop and search and partners' own data: drawn where loaded, named where not."""

from wardmote.evidence.disclosure import SMALL_NUMBER_NOTE
from wardmote.evidence.indicators.compute import compute_figures, compute_one
from wardmote.evidence.indicators.readings.comparisons import derive_rate_change
from wardmote.evidence.indicators.readings.measured import share_of
from wardmote.evidence.model.errors import UsageError
from wardmote.evidence.model.figures import Figure, FigureTable
from wardmote.evidence.model.periods import Period
from wardmote.evidence.reports.assessment.blocks import (
    figure_table,
    lack,
    make_chart,
    make_table,
    name_source,
    names,
    numbers,
    pair_charts,
    remark,
    say,
    text_cell,
)
from wardmote.evidence.reports.assessment.context import Context
from wardmote.evidence.reports.assessment.released import PartnerDataset
from wardmote.evidence.reports.charts.bars import BarRow, ranked_bars
from wardmote.evidence.reports.charts.trend import TrendPoint, annual_trend
from wardmote.evidence.reports.direction import describe_change, name_period
from wardmote.evidence.reports.document import Block, KeyFigures, Section
from wardmote.evidence.reports.numbers import write_pct

#: Under a table for the public in which a value is withheld.
WITHHELD_NOTE = "[c] withheld so that nobody can be told from a small number; it is not zero."


def build_outcomes(context: Context) -> Section:
    """What became of crimes: by type of outcome, with shares."""
    title = "Outcomes of crimes"
    try:
        table = compute_figures(context.evidence, "outcomes_count", context.area.code, context.period, "outcome")
        total = context.figure("outcomes_count")
    except UsageError as error:
        return Section("outcomes", title, (lack("Outcomes", str(error)),))
    if total.missing or not total.value:
        why = (
            total.missing.why
            if total.missing
            else f"the files that are loaded hold none for {context.area.title} in the period"
        )
        return Section("outcomes", title, (lack("Outcomes", why),))
    figures = sorted(table.figures, key=lambda f: (-(f.value or 0), f.dimensions))
    named = [(dict(f.dimensions)["outcome"], f, share_of(f, total)) for f in figures]
    bars = [BarRow(name, f.value, note=write_pct(s.value or 0)) for name, f, s in named]
    drawn = ranked_bars(bars, unit="outcomes", title=title, theme=context.theme, size=context.size)
    rows = [(text_cell(n), context.ledger.cell(f), context.ledger.cell(s)) for n, f, s in named]
    data = make_table(
        "outcomes-types-data",
        f"Outcomes by type, {name_period(context.period)}",
        (names("Outcome", 0.6), numbers("Outcomes"), numbers("Share")),
        rows,
    )
    lead = say(
        "In ",
        name_period(context.period),
        " ",
        context.ledger.ref(total),
        " outcomes were recorded. The month is that of the outcome, not of the crime; a crime can have more than one.",
    )
    return Section(
        "outcomes",
        title,
        (
            lead,
            make_chart(
                drawn, data, title=f"Outcomes by type, {name_period(context.period)}", source=name_source(total)
            ),
        ),
    )


def build_roads(context: Context) -> Section:
    """Collisions and the people killed or seriously injured, in calendar years."""
    if not context.has("collisions"):
        return Section("roads", "Roads", (lack("Road collisions", "nothing of the source stats19 is loaded"),))
    last = context.period.last.year if context.period.last.number == 12 else context.period.last.year - 1
    years = [Period.calendar_year(y) for y in range(last - 4, last + 1)]
    blocks = [
        *pair_charts(
            context,
            lambda shown: _show_years(shown, "roads-ksi", "Killed or seriously injured", "ksi_count", years),
            lambda shown: _show_years(shown, "roads-collisions", "Injury collisions", "collisions_count", years),
        ),
    ]
    return Section("roads", "Roads", tuple(blocks))


def build_fly_tipping(context: Context) -> Section:
    """Incidents that the council recorded, in financial years."""
    if not context.has("fly_tipping"):
        return Section(
            "fly-tipping", "Fly-tipping", (lack("Fly-tipping", "nothing of the source fly-tipping is loaded"),)
        )
    start = context.period.last.financial_year - (0 if context.period.last.number == 3 else 1)
    years = [Period.financial_year(y) for y in range(start - 4, start + 1)]
    note = say("Counts follow what the council records and how: crews that report what they clear add to the count.")
    return Section(
        "fly-tipping",
        "Fly-tipping",
        (note, *_show_years(context, "fly-tipping", "Fly-tipping incidents", "fly_tipping_count", years)),
    )


def _show_years(context: Context, key: str, title: str, count_id: str, years: list[Period]) -> list[Block]:
    """Years as a chart with their numbers, and the last change in words."""
    try:
        figures = [compute_one(context.evidence, count_id, context.area.code, year) for year in years]
    except UsageError as error:
        return [lack(title, str(error))]
    if not any(f.is_known for f in figures):
        return [lack(title, next(f.missing.why for f in figures if f.missing))]
    table = figure_table(context, f"{key}-years-data", title, "Year", [(str(f.period), f) for f in figures])
    points = [TrendPoint(str(f.period), f.value, state="actual" if f.is_known else "missing") for f in figures]
    drawn = annual_trend(points, unit=figures[0].unit, title=title, theme=context.theme, size=context.size)
    return [
        make_chart(drawn, table, title=f"{title}: years", source=name_source(*figures)),
        _tell_change(context, count_id, years[-1]),
    ]


def _tell_change(context: Context, count_id: str, year: Period) -> Block:
    comparison = context.comparison(count_id, year)
    words = describe_change(comparison)
    if comparison.change is None:
        return lack(f"Change in {name_period(year)}", words.sentence)
    context.ledger.record(derive_rate_change(comparison))
    return say(
        f"In {name_period(year)}: ",
        context.ledger.ref(comparison.current),
        f". {words.sentence}",
    )


def build_partner_data(context: Context) -> Section:
    """Each dataset that a partner gave, as this reader may see it."""
    if not context.partner_datasets:
        return Section("partner-data", "Partners' data", (lack("Partners' data", "no partner's dataset is loaded"),))
    return Section("partner-data", "Partners' data", tuple(_show_dataset(context, d) for d in context.partner_datasets))


def _show_dataset(context: Context, dataset: PartnerDataset) -> Section:
    key, total = f"partner-{dataset.id.replace('_', '-')}", dataset.total
    if dataset.refused:
        return Section(key, dataset.title, (lack(dataset.title, dataset.refused),))
    if total is None or (total.missing and total.state != "suppressed"):
        why = total.missing.why if total and total.missing else "it holds nothing for this area"
        return Section(key, dataset.title, (lack(dataset.title, why),))
    blocks: list[Block] = [
        KeyFigures((context.ledger.key("Count", total, f"{name_period(context.period)}, {dataset.publisher}"),)),
        _tell_partner_change(context, dataset, total),
    ]
    for by, caption in (("category", "by category"), ("quarter", "by quarter"), ("ward", "by ward")):
        if by in dataset.tables:
            title = f"{dataset.title} {caption}, {name_period(context.period)}"
            blocks.append(_tabulate(context, f"{key}-{by}", title, dataset, by))
    if dataset.note and context.audience == "public":
        blocks.append(remark("note", dataset.note))
    return Section(key, dataset.title, tuple(blocks))


def _tabulate(context: Context, table_id: str, caption: str, dataset: PartnerDataset, by: str) -> Block:
    """One breakdown. Wards stand by name: an order by count would tell what a withheld count is near."""
    table = dataset.tables[by]
    named = [(_name_value(table, f, by), f) for f in table.figures]
    if by == "ward":
        named.sort(key=lambda pair: pair[0])
    is_small = any(SMALL_NUMBER_NOTE in f.notes for _, f in named)
    note = dataset.note if is_small else WITHHELD_NOTE if any(f.state == "suppressed" for _, f in named) else ""
    rows = [(text_cell(name), context.ledger.cell(f)) for name, f in named]
    columns = (names(by.capitalize(), 0.6), numbers("Count"))
    return make_table(table_id, caption, columns, rows, note=note, source=dataset.publisher)


def _name_value(table: FigureTable, figure: Figure, by: str) -> str:
    """A ward by its name; a category 'fire_type=primary' as 'Fire type: primary'."""
    value = dict(figure.dimensions)[by]
    if by == "quarter":
        return Period.parse(value).title
    if by != "category":
        return table.title_of(by, value)
    pairs = [part.partition("=") for part in value.split("; ")]
    return "; ".join(f"{n.replace('_', ' ').capitalize()}: {v}" if mark else n for n, mark, v in pairs)


def _tell_partner_change(context: Context, dataset: PartnerDataset, total: Figure) -> Block:
    if "suppressed" in (total.state, dataset.previous.state if dataset.previous else ""):
        return remark("note", "No change is given, since one of the two counts is withheld.")
    comparison = context.comparison(f"partner_{dataset.id}_count")
    words = describe_change(comparison)
    if comparison.change is None:
        return lack("Change", words.sentence)
    context.ledger.record(derive_rate_change(comparison))
    return say(words.sentence)
