"""Breaks in series: dates across which two numbers do not mean the same, with the reason and what to do instead."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from wardmote.evidence.definitions.files import DefinitionReader, LinedDict, iterate_catalogue, parse_yaml
from wardmote.evidence.model.errors import DefinitionError
from wardmote.evidence.model.periods import Month, Period


@dataclass(frozen=True, slots=True)
class Break:
    """One break. `first`..`last` is the transition: periods wholly before `first` compare with one another, and
    periods wholly after the transition do; a period that meets the transition compares with neither."""

    id: str
    title: str
    series: tuple[str, ...]
    offences: tuple[str, ...]
    areas: tuple[str, ...]
    first: Month
    last: Month
    effect: str
    source: str
    action: str

    def concerns(self, *, source: str, offence: str, areas: Iterable[str]) -> bool:
        """Does the break touch this source, offence and area (any of the area's own and its enclosing codes)?"""
        named = set(self.areas)
        return (
            source in self.series
            and (not self.offences or offence in self.offences)
            and ("all" in named or bool(named & set(areas)))
        )

    def stands_between(self, earlier: Period, later: Period) -> bool:
        """Is it wrong to compare the two?

        A transition of one month (first == last) is a clean cut: `first` is the first month of the new way.
        """
        first, second = sorted((earlier, later), key=lambda p: p.first)
        both_before = second.last < self.first
        both_after = first.first >= (self.first if self.first == self.last else self.last + 1)
        return not (both_before or both_after)

    def falls_inside(self, period: Period) -> bool:
        """Does the new way begin, or the transition lie, inside the period, so that its own parts differ?"""
        return period.first < self.first <= period.last or (self.first != self.last and self.last in period)

    @property
    def sentence(self) -> str:
        when = f"from {self.first.title}" if self.first == self.last else f"{self.first.title} to {self.last.title}"
        return f"{self.title} ({when}): {self.effect}"


@cache
def list_breaks() -> tuple[Break, ...]:
    """Every break of the catalogue."""
    found: list[Break] = []
    for name, entry in iterate_catalogue("breaks"):
        found += parse_breaks(entry.read_text("utf-8"), f"catalogue/breaks/{name}.yaml")
    return tuple(found)


def parse_breaks(text: str, where: str) -> tuple[Break, ...]:
    """Check a file of breaks (a list) and return them."""
    body = parse_yaml(text, where)
    if not isinstance(body, list) or not all(isinstance(item, LinedDict) for item in body):
        raise DefinitionError("this file is not a list of breaks", where=where, expected="a list of '- id: …' entries")
    return tuple(_parse_break(item, where) for item in body)


def _parse_break(item: LinedDict, where: str) -> Break:
    reader = DefinitionReader(item, where, line=min(item.lines.values(), default=1))
    first = reader.month("from")
    found = Break(
        id=reader.text("id"),
        title=reader.text("title", default=str(item.get("id", "")).replace("-", " ").capitalize()),
        series=reader.texts("series"),
        offences=reader.texts("offences"),
        areas=reader.texts("areas"),
        first=first,
        last=reader.month("to", default=first),
        effect=reader.text("effect"),
        source=reader.text("source"),
        action=reader.text("action"),
    )
    if found.last < found.first:
        reader.complain(f"the break ends in {found.last}, before it starts in {found.first}", expected="from before to")
    reader.finish()
    return found
