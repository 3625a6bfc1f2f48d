"""Places: small areas and wards on maps, how concentrated crime is, and deprivation."""

from collections.abc import Iterable

import numpy as np
import shapely

from wardmote.evidence.indicators.compute import compute_figures
from wardmote.evidence.indicators.places import UNPLACED
from wardmote.evidence.indicators.points import read_shapes
from wardmote.evidence.indicators.readings.geography import (
    DecileRow,
    PlaceRow,
    PlaceTable,
    list_ward_sets,
    measure_concentration,
    read_deprivation,
)
from wardmote.evidence.model.areas import AreaSet
from wardmote.evidence.model.errors import UsageError
from wardmote.evidence.model.figures import Figure, Missing
from wardmote.evidence.reports.assessment.blocks import (
    count_cell,
    lack,
    make_chart,
    make_table,
    name_source,
    names,
    numbers,
    say,
    text_cell,
)
from wardmote.evidence.reports.assessment.context import Context
from wardmote.evidence.reports.assessment.residents import (
    explain_rates,
    has_most_rates,
    note_residents,
    note_unnamed,
)
from wardmote.evidence.reports.charts.deciles import DecileRow as DrawnDecile
from wardmote.evidence.reports.charts.deciles import decile_rates
from wardmote.evidence.reports.charts.lorenz import lorenz
from wardmote.evidence.reports.charts.maps import MapArea, choropleth
from wardmote.evidence.reports.direction import name_period
from wardmote.evidence.reports.document import Block, Cell, Section, Table
from wardmote.evidence.reports.numbers import write_count, write_interval, write_rate
from wardmote.evidence.statistics.concentration import LorenzCurve

CRIME = "crime_count"


def build_places(context: Context) -> Section:
    """Where in the area crime is recorded."""
    lead = say(
        "Crime is placed by the small area that the police publish with each record; published points are moved to a "
        "point nearby, so no address can be read from them. Busy places have few residents and many visitors: a rate "
        "per resident is high there without residents being at greater risk."
    )
    parts = (
        Section("small-areas", "Small areas", (lead, *_map_small_areas(context))),
        Section("wards", "Wards", tuple(_map_wards(context))),
        Section("concentration", "Concentration", tuple(_tell_concentration(context))),
        Section("deprivation", "Deprivation", tuple(_tell_deprivation(context))),
    )
    return Section("places", "Places", parts)


# -- maps ---------------------------------------------------------------------------------------------------
def _map_small_areas(context: Context) -> list[Block]:
    try:
        counts = compute_figures(context.evidence, CRIME, context.area.code, context.period, "lsoa")
    except UsageError as error:
        return [lack("Small areas", str(error))]
    figures = {
        dict(f.dimensions)["lsoa"]: f for f in counts.figures if dict(f.dimensions).get("lsoa") not in ("", UNPLACED)
    }
    if not figures or any(f.missing for f in figures.values()):
        why = next((f.missing.why for f in counts.figures if f.missing), "no rows carry a small area")
        return [lack("Small areas", why)]
    year = 2021 if _is_vintage(context, figures, 2021) else 2011
    shapes = read_shapes(context.evidence.snapshot, figures, AreaSet("lsoa", year))
    ordered = sorted(figures.items(), key=lambda item: (-(item[1].value or 0), item[0]))
    table = _table_areas(
        context,
        "map-small-areas",
        [(c, counts.title_of("lsoa", c), f) for c, f in ordered[:10]],
        f"The ten small areas with most recorded crime, {name_period(context.period)}",
    )
    if not shapes:
        return [table, lack("Map of small areas", f"no boundaries of lsoa@{year} are loaded")]
    areas = [MapArea(c, counts.title_of("lsoa", c), shapes.get(c), f.value) for c, f in figures.items()]
    title = f"Recorded crime by small area ({year} boundaries), {name_period(context.period)}"
    drawn = choropleth(
        areas, unit="offences", title=title, outline=_outline(context), theme=context.theme, size=context.size
    )
    data = make_table("map-small-areas-data", table.caption, table.columns, table.rows)
    return [
        make_chart(
            drawn,
            data,
            title=title,
            source=_credit(context, *figures.values()),
            kind="map",
            note=" ".join(filter(None, [table.note, *counts.notes])),
        )
    ]


def _is_vintage(context: Context, figures: Iterable[str], year: int) -> bool:
    codes = list(figures)
    return context.evidence.places.codes_of_vintage(codes, AreaSet("lsoa", year)) == set(codes)


def _outline(context: Context) -> shapely.Geometry | None:
    return read_shapes(context.evidence.snapshot, [context.area.code]).get(context.area.code)


def _table_areas(context: Context, table_id: str, rows: list[tuple[str, str, Figure]], caption: str) -> Table:
    cells = [(text_cell(name), text_cell(code), context.ledger.cell(f)) for code, name, f in rows]
    note = note_unnamed([(code, name) for code, name, _ in rows], "small areas")
    return make_table(table_id, caption, (names("Place"), names("Code"), numbers("Offences")), cells, note=note)


def _map_wards(context: Context) -> list[Block]:
    try:
        sets = list_ward_sets(context.evidence, context.area.code)
    except UsageError as error:
        return [lack("Wards", str(error))]
    if not sets:
        return [lack("Wards", "no look-up links the small areas to wards")]
    blocks: list[Block] = []
    for area_set in sets:
        found = context.places(CRIME, area_set)
        blocks += (
            [lack(f"Wards of {area_set.year}", found.why)]
            if isinstance(found, Missing)
            else _show_wards(context, found)
        )
    if len(sets) > 1:
        blocks.insert(
            0,
            say(
                f"Ward boundaries changed. Both sets are shown ({', '.join(str(s.year) for s in sets)}); a ward of "
                "one set must not be compared with a ward of the other, even of the same name."
            ),
        )
    return blocks


def _show_wards(context: Context, table: PlaceTable) -> list[Block]:
    year = table.area_set.year
    shapes = read_shapes(context.evidence.snapshot, [r.code for r in table.rows], table.area_set)
    by_rate = has_most_rates(table)
    title = f"Recorded crime by ward ({year} boundaries), {name_period(context.period)}"
    rows = _table_wards(context, table)
    note = _note_wards(context, table, by_rate=by_rate)
    columns = (
        names("Ward", 0.34),
        numbers("Count"),
        numbers("Share"),
        numbers("Rate per 1,000"),
        numbers("95% interval"),
    )
    if len(shapes) < len(table.rows):
        missing = f"boundaries are loaded for {len(shapes)} of the {len(table.rows)} wards of {year}"
        full = make_table(f"wards-{year}", title, columns, rows, note=note, source=name_source(table.rows[0].count))
        return [full, lack(f"Map of the wards of {year}", missing)]
    areas = [_map_ward(r, shapes[r.code], by_rate=by_rate) for r in table.rows]
    unit = "per 1,000 residents" if by_rate else "offences"
    drawn = choropleth(areas, unit=unit, title=title, outline=_outline(context), theme=context.theme, size=context.size)
    data = make_table(f"map-wards-{year}-data", title, columns, rows)
    return [make_chart(drawn, data, title=title, note=note, source=_credit(context, table.rows[0].count), kind="map")]


def _map_ward(row: PlaceRow, shape: shapely.Geometry, *, by_rate: bool) -> MapArea:
    """One ward; without a rate it is hatched among those that have one."""
    if not by_rate:
        return MapArea(row.code, row.name, shape, row.count.value)
    if row.rate.is_known:
        return MapArea(row.code, row.name, shape, row.rate.value)
    return MapArea(row.code, row.name, shape, None, state="missing", note="no rate")


def _note_wards(context: Context, table: PlaceTable, *, by_rate: bool) -> str:
    """What was not placed, whose residents the rates are per, which wards have none and why, and bare codes."""
    said = [
        f"{write_count(table.unplaced)} rows could not be placed in a ward." if table.unplaced else "",
        "" if by_rate else "The map shows counts, not rates, since fewer than half of the wards have a rate.",
        note_residents([r.rate for r in table.rows], "ward"),
        explain_rates(context, table),
        note_unnamed([(r.code, r.name) for r in table.rows], "wards"),
        *table.notes,
    ]
    return " ".join(filter(None, said))


def _table_wards(context: Context, table: PlaceTable) -> list[tuple[Cell, ...]]:
    return [
        (
            text_cell(r.name),
            context.ledger.cell(r.count),
            context.ledger.cell(r.share),
            context.ledger.cell(r.rate),
            text_cell(write_interval(r.rate)),
        )
        for r in table.rows
    ]


def _credit(context: Context, *figures: Figure) -> str:
    """The data's source and that of the boundaries, whose licence asks for its own words."""
    if context.is_synthetic:
        return f"{name_source(*figures)}; boundaries invented"
    return (
        f"{name_source(*figures)}; boundaries: Office for National Statistics, contains OS data \N{COPYRIGHT SIGN}"
        " Crown copyright and database right"
    )


# -- concentration ------------------------------------------------------------------------------------------
def _tell_concentration(context: Context) -> list[Block]:
    try:
        found = measure_concentration(context.evidence, CRIME, context.area.code, context.period, context.generator)
    except UsageError as error:
        return [lack("Concentration", str(error))]
    if isinstance(found, Missing):
        return [lack("Concentration", found.why)]
    chance = found.chance
    more = chance.generalised_gini > chance.chance_high
    verdict = "more than chance alone would do" if more else "no more than chance alone would do"
    words = say(
        f"Half of all recorded crime lies in {found.half.places_count:.0f} of {found.places} small areas (",
        context.ledger.ref(found.half_figure),
        "). The generalised Gini is ",
        context.ledger.ref(found.gini_figure),
        f" (0 evenly spread, 1 all in one place); chance alone would give {chance.chance_low:.2f} to"
        f" {chance.chance_high:.2f}, so crime is concentrated {verdict}.",
    )
    drawn = lorenz(
        found.lorenz.counts.tolist(),
        places="small areas",
        events="recorded offences",
        unit="share of recorded offences",
        comparison=chance,
        title="Concentration of recorded crime",
        theme=context.theme,
        size=context.size,
    )
    rows = [
        (text_cell(f"{p:.0%}"), text_cell(f"{_share_at(found.lorenz, p):.1%}")) for p in (0.25, 0.5, 0.75, 0.9, 0.95)
    ]
    table = make_table(
        "concentration-lorenz-data",
        "Share of crime in the quietest small areas",
        (names("Quietest small areas"), numbers("Share of crime")),
        rows,
    )
    return [
        words,
        make_chart(
            drawn,
            table,
            title="Concentration of recorded crime over small areas",
            source=name_source(found.half_figure),
        ),
    ]


def _share_at(curve: LorenzCurve, share: float) -> float:
    """What share of crime lies in this share of the places, the quietest first?"""
    return float(np.interp(share, curve.places_share, curve.events_share))


# -- deprivation --------------------------------------------------------------------------------------------
def _tell_deprivation(context: Context) -> list[Block]:
    try:
        found = read_deprivation(context.evidence, CRIME, context.area.code, context.period)
    except UsageError as error:
        return [lack("Deprivation", str(error))]
    if isinstance(found, Missing):
        return [lack("Deprivation", found.why)]
    columns = (
        names("Tenth (1 the most deprived)"),
        numbers("Small areas"),
        numbers("Offences"),
        numbers("Rate per 1,000"),
        numbers("95% interval"),
    )
    rows = [_decile_cells(r) for r in found.rows]
    if any(r.rate is None for r in found.rows):
        table = make_table(
            "deprivation-deciles", f"Recorded crime by tenth of deprivation, {found.edition}", columns, rows
        )
        return [table, lack("Rates by tenth of deprivation", "residents are not loaded for every small area")]
    data = make_table(
        "deprivation-deciles-data", f"Recorded crime by tenth of deprivation, {found.edition}", columns, rows
    )
    drawn = decile_rates(
        [DrawnDecile(r.decile, r.rate, r.low, r.high) for r in found.rows],
        unit="per 1,000 residents",
        title="Recorded crime by deprivation",
        theme=context.theme,
        size=context.size,
    )
    note = f"{found.edition}, tenths of England's small areas. Residents: {found.vintage}."
    lead = say(
        "Tenths are of all small areas in England, so a tenth can hold few places here. A higher rate in deprived"
        " places says where crime is recorded, not who commits it."
    )
    return [
        lead,
        make_chart(
            drawn,
            data,
            title="Recorded crime by tenth of deprivation",
            note=note,
            source="Police open data; indices of deprivation",
        ),
    ]


def _decile_cells(row: DecileRow) -> tuple[Cell, ...]:
    rate = Cell("[x]") if row.rate is None else Cell(write_rate(row.rate), value=row.rate)
    limits = "" if row.low is None or row.high is None else f"{write_rate(row.low)} to {write_rate(row.high)}"
    return (text_cell(str(row.decile)), count_cell(row.places), count_cell(row.count), rate, text_cell(limits))
