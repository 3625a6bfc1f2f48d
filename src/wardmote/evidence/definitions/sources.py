"""What a source is: who publishes it, under which licence, what a row stands for, what is known to be wrong with it."""

from dataclasses import dataclass
from functools import cache

from wardmote.evidence.definitions.files import iterate_catalogue, read_mapping
from wardmote.evidence.model.errors import UsageError


@dataclass(frozen=True, slots=True)
class SourceDefinition:
    """One source of the catalogue.

    `disclosure` is "open" for data that its publisher released for anybody, "partner" for what a partner shared with
    the partnership; only the latter needs disclosure control before the public sees it.
    """

    id: str
    title: str
    publisher: str
    licence: str
    attribution: str
    homepage: str
    grain: str
    cadence: str
    disclosure: str
    columns: dict[str, str]
    known_faults: tuple[str, ...]
    checked_by: str
    reviewed_on: str


@cache
def list_sources() -> dict[str, SourceDefinition]:
    """Every source of the catalogue by its name."""
    return {name: parse_source(name, entry.read_text("utf-8")) for name, entry in iterate_catalogue("sources")}


def get_source(name: str) -> SourceDefinition:
    """The source of that name, or an error that lists the names."""
    sources = list_sources()
    if name not in sources:
        raise UsageError(f"there is no source '{name}'", expected="one of " + ", ".join(sources))
    return sources[name]


def parse_source(name: str, text: str) -> SourceDefinition:
    """Check the text of a catalogue file and return what it declares."""
    reader = read_mapping(text, f"catalogue/sources/{name}.yaml")
    definition = SourceDefinition(
        id=name,
        title=reader.text("title"),
        publisher=reader.text("publisher"),
        licence=reader.text("licence"),
        attribution=reader.text("attribution", default=""),
        homepage=reader.text("homepage"),
        grain=reader.text("grain"),
        cadence=reader.text("cadence"),
        disclosure=reader.choice("disclosure", ("open", "partner")),
        columns={str(k): str(v) for k, v in reader.mapping("columns").items()},
        known_faults=reader.texts("known_faults"),
        checked_by=reader.text("checked_by", default=""),
        reviewed_on=reader.text("reviewed_on", default=""),
    )
    reader.finish()
    return definition
