"""The ledger of a report: every figure that it shows, once, with where it comes from."""

from collections.abc import Iterable

from wardmote.evidence.definitions.indicators import IndicatorDefinition
from wardmote.evidence.definitions.sources import get_source
from wardmote.evidence.disclosure import SMALL_NUMBER_NOTE
from wardmote.evidence.indicators.described import describe_indicator, find_description
from wardmote.evidence.indicators.readings.measured import MEASURES
from wardmote.evidence.model.figures import Figure
from wardmote.evidence.reports.document import Cell, Entry, FigureRef, KeyFigure, Provenance, Tone
from wardmote.evidence.reports.numbers import write_count, write_figure, write_interval
from wardmote.evidence.store.snapshot import Snapshot

_HIDDEN = ("measure", "against")


class Ledger:
    """Hands out references to figures and remembers each. What a document shows without it cannot be traced."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot
        self._figures: dict[str, Figure] = {}

    @property
    def figures(self) -> tuple[Figure, ...]:
        """Every figure shown, in the order of its first use."""
        return tuple(self._figures.values())

    def record(self, figure: Figure) -> str:
        """Remember the figure and return its id."""
        self._figures.setdefault(figure.id, figure)
        return figure.id

    def ref(self, figure: Figure, text: str = "") -> FigureRef:
        """The figure inside a sentence."""
        return FigureRef(self.record(figure), text or write_figure(figure))

    def cell(self, figure: Figure, text: str = "") -> Cell:
        """The figure in a table; a star marks a small number that goes no further than the partnership."""
        mark = " *" if SMALL_NUMBER_NOTE in figure.notes else ""
        return Cell((text or write_figure(figure)) + mark, self.record(figure), figure.value, figure.state)

    def key(self, label: str, figure: Figure, detail: str = "", *, tone: Tone = "neutral", text: str = "") -> KeyFigure:
        """The figure at a glance."""
        return KeyFigure(label, text or write_figure(figure), detail, self.record(figure), tone)

    def provenance(self) -> Provenance:
        """An entry for each figure shown, in order of id."""
        return Provenance(tuple(describe_figure(f, self.snapshot) for f in sorted(self.figures, key=lambda f: f.id)))


def describe_figure(figure: Figure, snapshot: Snapshot) -> Entry:
    """Where one figure comes from: definition, value, parts, source, loads, rows, and what to beware of."""
    definition = describe_indicator(snapshot, figure.indicator)
    lines = [line for line in _lines(figure, snapshot) if line[1]]
    return Entry(
        figure.id,
        title_figure(figure, definition.title),
        f"{definition.question} {' '.join(definition.caveats)}".strip(),
        tuple(lines),
    )


def title_figure(figure: Figure, title: str) -> str:
    """'Burglary, rate: Medway, 2021/22 (ward E05002249; share of the total)'."""
    dimensions = dict(figure.dimensions)
    words = [f"{name} {value}" for name, value in figure.dimensions if name not in _HIDDEN]
    if "measure" in dimensions:
        words.append(MEASURES.get(dimensions["measure"], dimensions["measure"].replace("_", " ")))
    if "against" in dimensions:
        words.append(f"against {dimensions['against']}")
    tail = f" ({'; '.join(words)})" if words else ""
    return f"{title}: {figure.area.title}, {figure.period.title}{tail}"


def _lines(figure: Figure, snapshot: Snapshot) -> Iterable[tuple[str, str]]:
    definition = describe_indicator(snapshot, figure.indicator)
    yield "Value", _write_with_unit(figure) if figure.missing is None else f"none: {figure.missing.why}"
    if figure.numerator is not None and figure.numerator != figure.value:
        yield "Count", write_count(figure.numerator)
    yield "Per", figure.denominator.title if figure.denominator else ""
    if figure.interval:
        yield f"{figure.interval.level:.0%} interval", f"{write_interval(figure)} ({figure.interval.method})"
    yield "Source", _describe_source(figure, definition, snapshot)
    yield "Rows counted", "" if figure.rows is None else write_count(figure.rows)
    yield "Loads", "; ".join(_describe_load(load, snapshot) for load in figure.loads)
    yield "Notes", " ".join(figure.notes)
    yield "Definition", f"{definition.id}, version {definition.version}"


def _describe_source(figure: Figure, definition: IndicatorDefinition, snapshot: Snapshot) -> str:
    """Title, publisher and licence: of a partner's records those that its mapping file names."""
    if not figure.source:
        return ""
    said = find_description(snapshot, definition) or get_source(figure.source)
    return f"{said.title}. {said.publisher}. {said.licence}."


def _write_with_unit(figure: Figure) -> str:
    """'31,389 offences'; what is written with its unit ('4 of 62', '22.1%') gets only the rest of it."""
    text, unit = write_figure(figure), figure.unit
    if text.endswith(unit):
        return text
    return f"{text} {unit.removeprefix('% ') if unit.startswith('%') else unit}"


def _describe_load(load: str, snapshot: Snapshot) -> str:
    manifest = snapshot.find_manifest(load)
    if manifest is None:
        return load
    files = "1 file" if len(manifest.inputs) == 1 else f"{len(manifest.inputs)} files"
    return f"{load} ({files}, loaded {manifest.loaded_at:%-d %B %Y})"
