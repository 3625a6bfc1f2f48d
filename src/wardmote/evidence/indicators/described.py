"""What an indicator is called where a partner's records say it: their own title, direction, publisher and caveats.

The catalogue knows an indicator of a partner's dataset by its name alone; what the data is was said by the mapping file
with which it was loaded.
"""

from dataclasses import dataclass, replace
from typing import cast

from wardmote.evidence.definitions.indicators import IndicatorDefinition, Polarity, get_indicator
from wardmote.evidence.definitions.sources import SourceDefinition, get_source
from wardmote.evidence.store.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class DatasetDescription:
    """What a partner's mapping file said of its dataset."""

    dataset: str
    title: str
    publisher: str
    licence: str
    polarity: Polarity
    caveats: tuple[str, ...]


def describe_indicator(snapshot: Snapshot, name: str) -> IndicatorDefinition:
    """The indicator of that id, completed by what the loaded dataset says of itself where it counts a partner's.

    Raises UsageError for an unknown id. A dataset that is not loaded leaves the catalogue's answer as it is.
    """
    definition = get_indicator(name)
    dataset = find_description(snapshot, definition)
    if dataset is None:
        return definition
    return replace(
        definition,
        title=dataset.title + (", rate" if definition.kind == "rate" else ""),
        question=f"How many items does {dataset.publisher} record as '{dataset.title}'"
        + (" per 1,000 residents?" if definition.kind == "rate" else "?"),
        polarity=dataset.polarity,
        caveats=(*definition.caveats, *dataset.caveats),
    )


def describe_source(snapshot: Snapshot, definition: IndicatorDefinition) -> SourceDefinition:
    """The source of an indicator; of a partner's dataset with the publisher and the licence that its mapping names.

    Raises UsageError for a source that the catalogue does not know.
    """
    source, said = get_source(definition.numerator.source), find_description(snapshot, definition)
    if said is None:
        return source
    return replace(source, title=f"{source.title}: {said.title}", publisher=said.publisher, licence=said.licence)


def find_description(snapshot: Snapshot, definition: IndicatorDefinition) -> DatasetDescription | None:
    """What is known of the partner's dataset that the indicator counts; None for any other indicator."""
    if definition.numerator.table != "partner_counts" or not snapshot.has("partner_datasets"):
        return None
    (name,) = definition.numerator.where["dataset"]
    answer = snapshot.connection.execute("SELECT * FROM partner_datasets WHERE dataset = ?", [name])
    columns = [c[0] for c in answer.description]
    row = answer.fetchone()
    if row is None:
        return None
    held = dict(zip(columns, row, strict=True))
    caveats = tuple(held.get("caveats") or ())  # loads made before the column came have none
    return DatasetDescription(
        name, held["title"], held["publisher"], held["licence"], cast(Polarity, held["polarity"]), caveats
    )
