"""Can these counts stand beside what was published of the same data before?

Two reports of one year that rest on the same data show the same. After a corrected load they differ, and a reader who
holds both takes one from the other: a total that grew by one tells of one more item, and where. Which withheld cell
a change falls into follows from the cells that did not change, so small differences cannot be hidden one by one.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from wardmote.evidence.disclosure.rules import DisclosureRule
from wardmote.evidence.model.figures import Figure
from wardmote.evidence.model.periods import Period

#: Indicator, area, first and last month, breakdowns: 2021/22 and 2021-04..2022-03 are one.
EditionKey = tuple[str, str, int, int, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class EarlierFigure:
    """A figure of an earlier report for the public: its count, or that it was withheld; `record` names the report."""

    figure_id: str
    value: float | None
    is_withheld: bool
    record: str

    @property
    def key(self) -> EditionKey:
        return read_key(self.figure_id)

    @property
    def period(self) -> Period:
        return Period.parse(self.figure_id.split(":")[2])

    @property
    def is_telling(self) -> bool:
        """Did its reader learn a count, or that one is withheld? A missing one told nothing."""
        return self.value is not None or self.is_withheld


@dataclass(frozen=True, slots=True)
class Clash:
    """An earlier report beside which these counts cannot be shown, and why not."""

    record: str
    why: str


def read_key(figure_id: str) -> EditionKey:
    """The cell that a figure's name speaks of, however its period is written.

    >>> read_key("fires_count:E06000035:2021/22") == read_key("fires_count:E06000035:2021-04..2022-03")
    True
    """
    indicator, area, period, *cells = figure_id.split(":")
    months = Period.parse(period)
    return indicator, area, months.first.ordinal, months.last.ordinal, tuple(cells)


def find_clash(
    raw: Iterable[Figure],
    shown: Iterable[Figure],
    earlier: Iterable[EarlierFigure],
    *,
    rule: DisclosureRule,
    foreign: Collection[EarlierFigure] = (),
) -> Clash | None:
    """Beside which earlier report would these counts tell a small number?

    Parameters: `raw`, one year's counts before protection and `shown`, the same after it; `earlier`, what reports for
    the public showed of the same data; `foreign`, those of `earlier` that overlap the year without being a cell of it.
    Returns None where all may be shown: where every earlier report showed the same counts and withheld the same cells;
    or where nothing was withheld then or now and each count that changed did so by the rule's minimum or more.
    """
    overlapping = next((e for e in foreign if e.value is not None), None)
    if overlapping:
        return Clash(overlapping.record, f"shows {overlapping.figure_id}, which overlaps these counts")
    counts = {read_key(f.id): f.value for f in raw}
    hidden = {read_key(f.id): f.state == "suppressed" for f in shown}
    same = [e for e in earlier if e.is_telling and e.key in counts]
    changed = [e for e in same if _is_changed(e, counts, hidden)]
    if not changed:
        return None
    is_open = not any(hidden.values()) and not any(e.is_withheld for e in same)
    if is_open and all(_is_large(e, counts, rule) for e in changed):
        return None
    return Clash(changed[0].record, "shows counts of an earlier load that have changed since")


def _is_changed(
    earlier: EarlierFigure, counts: Mapping[EditionKey, float | None], hidden: Mapping[EditionKey, bool]
) -> bool:
    if earlier.is_withheld or hidden[earlier.key]:
        return earlier.is_withheld != hidden[earlier.key]
    return earlier.value != counts[earlier.key]


def _is_large(earlier: EarlierFigure, counts: Mapping[EditionKey, float | None], rule: DisclosureRule) -> bool:
    now = counts[earlier.key]
    return now is not None and earlier.value is not None and abs(now - earlier.value) >= rule.minimum_count
