"""What an indicator is: its question, what it counts, what it is per, which way is better, and what to beware of."""

from dataclasses import dataclass, field
from functools import cache
from typing import Literal, cast

from wardmote.evidence.definitions.files import DefinitionReader, iterate_catalogue, read_mapping
from wardmote.evidence.model.errors import UsageError

Polarity = Literal["lower_is_better", "higher_is_better", "contested", "none"]
POLARITIES = ("lower_is_better", "higher_is_better", "contested", "none")
TABLES = (
    "street_counts",
    "outcome_counts",
    "stop_search_rows",
    "recorded_crime",
    "fly_tipping",
    "collisions",
    "casualties",
    "partner_counts",
)


@dataclass(frozen=True, slots=True)
class Numerator:
    """What is counted: a table of a source, and of it an offence of the tree or the rows with given values."""

    source: str
    table: str
    offence: str = ""
    where: dict[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class IndicatorDefinition:
    """One indicator. `multiplier` is what a rate is per (1,000); 0 for counts."""

    id: str
    title: str
    question: str
    version: str
    kind: Literal["count", "rate"]
    numerator: Numerator
    unit: str
    polarity: Polarity
    denominator: str = ""
    multiplier: float = 0
    interval_method: str = ""
    interval_level: float = 0.95
    caveats: tuple[str, ...] = ()
    checked_by: str = ""
    reviewed_on: str = ""

    @property
    def count_id(self) -> str:
        """The id of the count of which this is the rate; its own id for a count."""
        return self.id.removesuffix("_rate") + "_count" if self.kind == "rate" else self.id

    @property
    def rate_id(self) -> str:
        """The id of the rate of which this is the count; its own id for a rate."""
        return self.id if self.kind == "rate" else self.id.removesuffix("_count") + "_rate"


@cache
def list_indicators() -> dict[str, IndicatorDefinition]:
    """Every indicator of the catalogue by id."""
    return {name: parse_indicator(name, e.read_text("utf-8")) for name, e in iterate_catalogue("indicators")}


@cache
def get_indicator(name: str) -> IndicatorDefinition:
    """The indicator of that id, or an error that names near ones."""
    for found, entry in iterate_catalogue("indicators"):
        if found == name:
            return parse_indicator(name, entry.read_text("utf-8"))
    if name.startswith("partner_") and name.endswith(("_count", "_rate")):
        return _partner_indicator(name)
    raise UsageError(
        f"there is no indicator '{name}'",
        expected="one of " + ", ".join(n for n, _ in iterate_catalogue("indicators")) + " or partner_DATASET_count",
    )


def _partner_indicator(name: str) -> IndicatorDefinition:
    """A partner's dataset needs no file of its own: its mapping file said what it is."""
    kind: Literal["count", "rate"] = "rate" if name.endswith("_rate") else "count"
    dataset = name.removeprefix("partner_").removesuffix(f"_{kind}")
    rate = kind == "rate"
    return IndicatorDefinition(
        id=name,
        title=dataset.replace("_", " ").capitalize() + (", rate" if rate else ""),
        question=f"How many items does the partner's dataset '{dataset}' hold?",
        version="1",
        kind=kind,
        numerator=Numerator("partner", "partner_counts", where={"dataset": (dataset,)}),
        unit="items per 1,000 residents" if rate else "items",
        polarity="none",
        denominator="residents" if rate else "",
        multiplier=1000 if rate else 0,
        interval_method="byar" if rate else "",
    )


def parse_indicator(name: str, text: str) -> IndicatorDefinition:
    """Check the text of an indicator file and return what it declares."""
    reader = read_mapping(text, f"catalogue/indicators/{name}.yaml")
    kind = reader.choice("kind", ("count", "rate"))
    needed: dict[str, object] | None = None if kind == "rate" else {}
    denominator, interval = reader.nested("denominator", default=needed), reader.nested("interval", default=needed)
    definition = IndicatorDefinition(
        id=name,
        title=reader.text("title"),
        question=reader.text("question"),
        version=reader.text("version"),
        kind=cast(Literal["count", "rate"], kind),
        numerator=_build_numerator(reader.nested("numerator")),
        unit=reader.text("unit"),
        polarity=cast(Polarity, reader.choice("polarity", POLARITIES)),
        denominator=denominator.text("what", default=""),
        multiplier=denominator.number("multiplier", default=0),
        interval_method=interval.text("method", default=""),
        interval_level=interval.number("level", default=0.95),
        caveats=reader.texts("caveats", default=None),
        checked_by=reader.text("checked_by", default=""),
        reviewed_on=reader.text("reviewed_on"),
    )
    _check_rate(definition, denominator)
    for part in (denominator, interval):
        part.check_known()
    reader.finish()
    return definition


def _build_numerator(reader: DefinitionReader) -> Numerator:
    where = {k: v for k, v in reader.body.items() if k not in ("source", "table", "offence")}
    return Numerator(
        source=reader.text("source"),
        table=reader.choice("table", TABLES),
        offence=reader.text("offence", default=""),
        where={k: tuple(map(str, v)) if isinstance(v, list) else (str(v),) for k, v in where.items()},
    )


def _check_rate(definition: IndicatorDefinition, denominator: DefinitionReader) -> None:
    if definition.kind == "rate" and definition.denominator and definition.multiplier <= 0:
        denominator.complain("a rate is per nothing", expected="multiplier: 1000, or another number above 0")
