"""Partners' figures as this reader may see them: all that the report will show of a dataset, protected together.

A number can be worked out from others only if they are looked at together, so nothing of a partner's dataset reaches a
page except through here.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from wardmote.evidence.disclosure import (
    SMALL_NUMBER_NOTE,
    Audience,
    DisclosureReport,
    DisclosureRule,
    mark_small_numbers,
    protect_figures,
    rule_for_source,
)
from wardmote.evidence.indicators.compute import Evidence, compute_figures
from wardmote.evidence.model.errors import UsageError
from wardmote.evidence.model.figures import Figure, FigureTable, Missing
from wardmote.evidence.model.periods import Period

#: The tables of a dataset that a report shows, by their breakdown; "" is the total.
BREAKDOWNS = ("", "category", "quarter", "ward")


@dataclass(frozen=True, slots=True)
class PartnerDataset:
    """One dataset: its description, and its figures by breakdown. `report` says what was withheld from the public."""

    id: str
    title: str
    publisher: str
    minimum_count: int
    tables: dict[str, FigureTable]
    previous: Figure | None
    report: DisclosureReport | None
    note: str

    @property
    def total(self) -> Figure | None:
        table = self.tables.get("")
        return table.figures[0] if table else None

    @property
    def figures(self) -> tuple[Figure, ...]:
        """Every figure of the dataset that may be shown."""
        shown = [f for table in self.tables.values() for f in table.figures]
        return (*shown, *([self.previous] if self.previous else []))


def read_datasets(evidence: Evidence, area: str, period: Period, audience: Audience) -> tuple[PartnerDataset, ...]:
    """Every partner dataset that is loaded, for the area and period.

    Raises DisclosureError when a small number could still be worked out from what would be shown.
    """
    if not evidence.snapshot.has("partner_datasets"):
        return ()
    rows = evidence.snapshot.connection.execute(
        "SELECT DISTINCT dataset, title, publisher, minimum_count FROM partner_datasets ORDER BY dataset"
    ).fetchall()
    return tuple(_read(evidence, area, period, audience, row) for row in rows)


def _read(
    evidence: Evidence, area: str, period: Period, audience: Audience, row: tuple[str, str, str, int | None]
) -> PartnerDataset:
    dataset, title, publisher, minimum = row
    rule = rule_for_source("partner", minimum) or DisclosureRule()
    least = rule.minimum_count
    raw = _compute_tables(evidence, f"partner_{dataset}_count", area, period)
    before = _compute_tables(evidence, f"partner_{dataset}_count", area, period.previous(), ("",)).get("")
    previous = before.figures[0] if before else None
    figures = [f for t in raw.values() for f in t.figures] + ([previous] if previous else [])
    if audience == "public":
        released = protect_figures(figures, rule)
        shown, report, note = released.figures, released.report, released.report.sentence
    else:
        shown, report = mark_small_numbers(figures, least), None
        note = f"* {SMALL_NUMBER_NOTE}." if shown != tuple(figures) else ""
    by_id = {f.id: f for f in shown}
    tables = {name: _replace_figures(t, [by_id[f.id] for f in t.figures]) for name, t in raw.items()}
    return PartnerDataset(
        dataset, title, publisher, least, tables, by_id[previous.id] if previous else None, report, note
    )


def _compute_tables(
    evidence: Evidence, count_id: str, area: str, period: Period, breakdowns: Sequence[str] = BREAKDOWNS
) -> dict[str, FigureTable]:
    """The tables that the dataset can answer; one that it cannot (no wards, one category) is left out."""
    found: dict[str, FigureTable] = {}
    for by in breakdowns:
        try:
            table = compute_figures(evidence, count_id, area, period, by)
        except UsageError:
            continue
        if by and (len(table.figures) < 2 or all(f.missing for f in table.figures)):
            continue
        found[by] = table
    return found


def _replace_figures(table: FigureTable, figures: Sequence[Figure]) -> FigureTable:
    return FigureTable(table.indicator, table.breakdown, tuple(figures), table.notes, table.titles)


def protect_one(figure: Figure, datasets: Sequence[PartnerDataset], audience: Audience) -> Figure:
    """A single figure for this reader: open data as it is, a partner's only as the report shows it."""
    if figure.source != "partner":
        return figure
    shown = {f.id: f for dataset in datasets for f in dataset.figures}
    if figure.id in shown:
        return shown[figure.id]
    if audience == "partnership":
        return figure
    why = "the report for the public shows a partner's figure only in its own tables"
    return figure.without_value(Missing("suppressed", why), state="suppressed")
