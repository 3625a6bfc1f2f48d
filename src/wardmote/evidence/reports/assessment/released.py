"""Partners' figures as this reader may see them: all that the report will show of a dataset, protected together.

A number can be worked out from others only if they are looked at together, so nothing of a partner's dataset reaches a
page except through here. For the public that reaches across reports: what is shown of a dataset's financial year is
worked out for a partnership and its districts at once, and so is the same in whichever report it stands.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from wardmote.evidence.disclosure import (
    SMALL_NUMBER_NOTE,
    Audience,
    Clash,
    DisclosureRule,
    EarlierFigure,
    derive_part_relations,
    derive_relations,
    find_clash,
    mark_small_numbers,
    protect_figures,
    rule_for_source,
)
from wardmote.evidence.indicators.compute import Evidence, compute_figures
from wardmote.evidence.indicators.places import Places
from wardmote.evidence.model.areas import kind_of_code
from wardmote.evidence.model.errors import UsageError
from wardmote.evidence.model.figures import Figure, FigureTable, Missing
from wardmote.evidence.model.periods import Period
from wardmote.evidence.reports.earlier import list_public_figures

#: The tables of a dataset that a report shows, by their breakdown; "" is the total.
BREAKDOWNS = ("", "category", "quarter", "ward")

ONLY_YEARS = "partners' data is published by financial year only"
ONLY_DISTRICTS = "partners' data is published for districts and community safety partnerships only"
_NO_CATEGORIES = "It is not broken down by category, since its mapping file lists no values that may be printed."
_MADE_OF_PARTNERS = "withheld to protect people: beside an earlier report it could tell a small number"


@dataclass(frozen=True, slots=True)
class PartnerDataset:
    """One dataset: its description, and its figures by breakdown. `refused` says why this reader sees none of them."""

    id: str
    title: str
    publisher: str
    licence: str
    minimum_count: int
    tables: dict[str, FigureTable]
    previous: Figure | None
    note: str
    refused: str = ""

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

    The public sees whole financial years of districts and partnerships. Raises DisclosureError when a small number
    could still be worked out from what would be shown.
    """
    if not evidence.snapshot.has("partner_datasets"):
        return ()
    answer = evidence.snapshot.connection.execute("SELECT * FROM partner_datasets ORDER BY dataset")
    columns = [c[0] for c in answer.description]
    readers = [_Reader(evidence, dict(zip(columns, row, strict=True))) for row in answer.fetchall()]
    for reader in readers:
        reader.family = find_family(reader, readers)
    if audience == "partnership":
        return tuple(r.read_for_partnership(area, period) for r in readers)
    if refused := _refuse_question(area, period):
        return tuple(r.describe({}, None, refused=refused) for r in readers)
    return tuple(r.read_for_public(area, period) for r in readers)


def _refuse_question(area: str, period: Period) -> str:
    """Why the public is told nothing of this area and period, if so: runs of months and areas of any cut overlap."""
    if not (period.is_year and period.first.number == 4):
        return ONLY_YEARS
    return "" if kind_of_code(area) in ("district", "csp") else ONLY_DISTRICTS


@dataclass(frozen=True, slots=True)
class _Year:
    """What the public may see of a dataset's financial year: figures by id, or the report that stands against it."""

    shown: dict[str, Figure]
    clash: Clash | None


class _Reader:
    """Reads one dataset; `said` is what its mapping file said of it."""

    def __init__(self, evidence: Evidence, said: dict[str, Any]) -> None:
        self.evidence = evidence
        self.said = said
        self.rule = rule_for_source("partner", said["minimum_count"]) or DisclosureRule()
        self.count_id = f"partner_{said['dataset']}_count"
        self.part_of = str(said.get("part_of") or "")
        self.family: tuple[_Reader, ...] = (self,)

    def describe(
        self, tables: dict[str, FigureTable], previous: Figure | None, *, note: str = "", refused: str = ""
    ) -> PartnerDataset:
        said = self.said
        return PartnerDataset(
            id=said["dataset"],
            title=said["title"],
            publisher=said["publisher"],
            licence=said["licence"],
            minimum_count=self.rule.minimum_count,
            tables=tables,
            previous=previous,
            note=note,
            refused=refused,
        )

    # -- for the partnership --------------------------------------------------------------------------------
    def read_for_partnership(self, area: str, period: Period) -> PartnerDataset:
        raw, previous = self.compute(area, period, BREAKDOWNS), self.compute_total(area, period.previous())
        figures = _list_figures(raw) + ([previous] if previous else [])
        marked = mark_small_numbers(figures, self.rule.minimum_count)
        by_id = {f.id: f for f in marked}
        note = f"* {SMALL_NUMBER_NOTE}." if marked != tuple(figures) else ""
        return self.describe(_fill_tables(raw, by_id), by_id[previous.id] if previous else None, note=note)

    def compute(self, area: str, period: Period, breakdowns: Sequence[str]) -> dict[str, FigureTable]:
        """The tables that the dataset can answer; one that it cannot (no wards, one category) is left out."""
        found: dict[str, FigureTable] = {}
        for by in breakdowns:
            try:
                table = compute_figures(self.evidence, self.count_id, area, period, by)
            except UsageError:
                continue
            if by and (len(table.figures) < 2 or all(f.missing for f in table.figures)):
                continue
            found[by] = table
        return found

    def compute_total(self, area: str, period: Period) -> Figure | None:
        table = self.compute(area, period, ("",)).get("")
        return table.figures[0] if table else None

    # -- for the public -------------------------------------------------------------------------------------
    def read_for_public(self, area: str, period: Period) -> PartnerDataset:
        year = self.release_year(area, period)
        if year.clash:
            return self.describe({}, None, refused=_explain_clash(year.clash))
        tables = _fill_tables(self.compute(area, period, self.breakdowns), year.shown)
        previous = self._release_previous(area, period.previous())
        shown = [*_list_figures(tables), *([previous] if previous else [])]
        return self.describe(tables, previous, note=self._write_note(shown))

    @property
    def breakdowns(self) -> tuple[str, ...]:
        """The public sees categories whose values the mapping file lists; in any other column a name may stand."""
        return tuple(by for by in BREAKDOWNS if by != "category" or self.said.get("has_listed_categories"))

    def _release_previous(self, area: str, year: Period) -> Figure | None:
        """Last year's total as last year's own report shows it."""
        total = self.compute_total(area, year)
        if total is None:
            return None
        found = self.release_year(area, year)
        if found.clash:
            return total.without_value(Missing("suppressed", _MADE_OF_PARTNERS), state="suppressed")
        return found.shown.get(total.id, replace(total, rows=None))

    def release_year(self, area: str, year: Period) -> _Year:
        """What may be published of a financial year, for all areas that share people with the area, at once.

        Does not depend on which of them is asked for, nor on the years beside it: no two reports differ in it.
        """
        areas = list_related(self.evidence.places, area)
        raw = [f for reader in self.family for f in reader.list_raw(areas, year)]
        sums = derive_relations(raw, _find_parents(self.evidence.places, areas))
        parts = derive_part_relations(raw, {r.count_id: f"partner_{r.part_of}_count" for r in self.family if r.part_of})
        released = protect_figures(raw, {r.count_id: r.rule for r in self.family}, (*sums, *parts)).figures
        earlier = [e for reader in self.family for e in reader.list_earlier(year)]
        foreign = [e for e in earlier if _is_foreign(e, raw, areas)]
        strictest = max((r.rule for r in self.family), key=lambda rule: rule.minimum_count)
        clash = find_clash(raw, released, earlier, rule=strictest, foreign=foreign)
        return _Year({f.id: replace(f, rows=None) for f in released}, clash)

    def list_raw(self, areas: Sequence[str], year: Period) -> list[Figure]:
        """Every count of the year in every area of which the dataset tells anything."""
        found = [_list_figures(self.compute(code, year, self.breakdowns)) for code in areas]
        return [f for figures in found if any(map(_is_telling, figures)) for f in figures]

    def list_earlier(self, year: Period) -> list[EarlierFigure]:
        names = (self.count_id, self.count_id.removesuffix("_count") + "_rate")
        found = list_public_figures(self.evidence.snapshot.folder, names)
        return [e for e in found if e.is_telling and e.period.overlaps(year)]

    def _write_note(self, shown: Sequence[Figure]) -> str:
        hidden = sum(f.state == "suppressed" for f in shown)
        words = [
            f"{hidden:,} of {len(shown):,} figures are withheld ([c]): small numbers, and others from which a small "
            "number could be worked out."
            if hidden
            else f"None of {len(shown):,} figures had to be withheld."
        ]
        return " ".join([*words, *([] if "category" in self.breakdowns else [_NO_CATEGORIES])])


def find_family(reader: _Reader, readers: Sequence[_Reader]) -> tuple[_Reader, ...]:
    """The datasets that hang together as parts of one another, in the order of `readers`."""
    found: set[str] = set()
    waiting = {reader.said["dataset"]}
    while waiting:
        found |= waiting
        pairs = [(r.said["dataset"], r.part_of) for r in readers if r.part_of]
        waiting = {name for pair in pairs if found & set(pair) for name in pair} - found
    return tuple(r for r in readers if r.said["dataset"] in found)


def _is_telling(figure: Figure) -> bool:
    return figure.is_known or (figure.missing is not None and figure.missing.code == "suppressed")


def _explain_clash(clash: Clash) -> str:
    return (
        f"an earlier report for the public ({clash.record}) {clash.why}, and the two side by side could tell small "
        "numbers; what was published then stands"
    )


def _is_foreign(earlier: EarlierFigure, raw: Sequence[Figure], areas: Sequence[str]) -> bool:
    """Does this figure overlap the year's counts without being one of them?

    Districts and partnerships that are not among `areas` share nobody with them; any other area may.
    """
    code = earlier.key[1]
    if code not in areas and kind_of_code(code) in ("district", "csp"):
        return False
    return earlier.key not in {EarlierFigure(f.id, f.value, False, "").key for f in raw}


def list_related(places: Places, area: str) -> tuple[str, ...]:
    """The area, the partnerships that it lies in and the districts of those, in order of code."""
    found, waiting = {area}, [area]
    while waiting and places.has_lookups:
        code = waiting.pop()
        near = places.get_districts(code) if kind_of_code(code) == "csp" else places.get_partnerships(code)
        waiting += sorted(set(near) - found)
        found |= set(near)
    return tuple(sorted(found))


def _find_parents(places: Places, areas: Sequence[str]) -> dict[str, tuple[str, ...]]:
    districts = [code for code in areas if kind_of_code(code) == "district"]
    return {code: found for code in districts if (found := places.get_partnerships(code))}


def _list_figures(tables: dict[str, FigureTable]) -> list[Figure]:
    return [f for table in tables.values() for f in table.figures]


def _fill_tables(tables: dict[str, FigureTable], by_id: dict[str, Figure]) -> dict[str, FigureTable]:
    """The tables with each figure as it may be shown; one without any value to protect stays as it is."""
    return {
        name: replace(table, figures=tuple(by_id.get(f.id, f) for f in table.figures)) for name, table in tables.items()
    }


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
