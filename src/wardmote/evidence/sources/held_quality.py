"""How whole is what the store holds now? Not of one load but of all that are in force, by source and force.

A load warns of what is wrong within its own files. What counts for figures is what stands in the store after all
loads: a later one may have mended a month, or taken a whole one's place with half of it.
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from wardmote.evidence.definitions.sources import list_sources
from wardmote.evidence.model.periods import Month, Period
from wardmote.evidence.sources.police_completeness import describe_months, find_vanished_categories
from wardmote.evidence.statistics.outliers import completeness_drop
from wardmote.evidence.statistics.unlocated import share_jump
from wardmote.evidence.store.manifest import Manifest
from wardmote.evidence.store.snapshot import Snapshot

FlagCode = Literal["months_missing", "month_drop", "category_vanished", "unlocated_jump", "rows_refused", "stale"]

#: A load of which this share of rows or more was refused is asked about: one row in a hundred changes a figure.
MOST_REFUSED_PCT = 1.0
#: Files by month come about two months after the month; with four nothing newer has been fetched.
STALE_MONTHS = 4
_MONTHLY = ("police-street", "police-outcomes", "police-stop-search")


@dataclass(frozen=True, slots=True)
class MonthHeld:
    """One month of a series. Shares and the drop are per cent, None where they cannot be said.

    `count` is None for a missing month; `usual` is the median of the months around; `unlocated_usual_pct` likewise.
    """

    month: str
    count: int | None
    usual: float | None = None
    drop_pct: float | None = None
    is_drop: bool = False
    unlocated: int | None = None
    unlocated_pct: float | None = None
    low_pct: float | None = None
    high_pct: float | None = None
    unlocated_usual_pct: float | None = None
    is_jump: bool = False


@dataclass(frozen=True, slots=True)
class SeriesQuality:
    """The months of one force (or dataset) in one source, from the first to the last held, missing ones included."""

    source: str
    name: str
    rows: str  # what is counted: "offences and incidents"
    months: tuple[MonthHeld, ...]

    @property
    def missing(self) -> tuple[str, ...]:
        return tuple(m.month for m in self.months if m.count is None)

    @property
    def drops(self) -> tuple[MonthHeld, ...]:
        return tuple(m for m in self.months if m.is_drop)


@dataclass(frozen=True, slots=True)
class SourceHeld:
    """What is held of one source: its loads in force, their rows, the newest one's moment."""

    source: str
    title: str
    publisher: str
    licence: str
    cadence: str
    loads_count: int
    loaded_at: datetime
    rows_in: int
    rows_refused: int
    period_first: str
    period_last: str

    @property
    def refused_pct(self) -> float | None:
        """Per cent of the rows that came; None where none came."""
        return 100 * self.rows_refused / self.rows_in if self.rows_in else None


@dataclass(frozen=True, slots=True)
class QualityFlag:
    """One thing that somebody should look at.

    `key` stays the same while it is about the same months; `saw` changes with the numbers, so that what somebody has
    looked at is asked again when it changed. `first` and `last` are months, "" where it is about none.
    """

    code: FlagCode
    source: str
    series: str
    first: str
    last: str
    text: str
    to_do: str
    key: str
    saw: str


@dataclass(frozen=True, slots=True)
class Quality:
    """What the store holds, how whole it is, and what calls for a look."""

    sources: tuple[SourceHeld, ...]
    series: tuple[SeriesQuality, ...]
    flags: tuple[QualityFlag, ...]


@dataclass(frozen=True, slots=True)
class _Count:
    """How the months of a source are counted: SQL for the series' name, its rows and those without a place."""

    source: str
    table: str
    name: str
    rows: str
    count: str
    unlocated: str = ""


_COUNTS = (
    _Count("police-street", "street_counts", "force", "offences and incidents", "sum(offences_count)",
           "sum(offences_count) FILTER (lsoa_code = '')"),
    _Count("police-outcomes", "outcome_counts", "force", "outcomes", "sum(outcomes_count)",
           "sum(outcomes_count) FILTER (lsoa_code = '')"),
    _Count("police-stop-search", "stop_search_rows", "force", "searches", "count(*)",
           "count(*) FILTER (longitude IS NULL)"),
    _Count("stats19", "collisions", "'all forces'", "collisions", "count(*)", "count(*) FILTER (lsoa_code IS NULL)"),
    _Count("partner", "partner_counts", "dataset", "items", "sum(items_count)"),
)  # fmt: skip


def describe_quality(snapshot: Snapshot, *, now: datetime) -> Quality:
    """How whole is what the store holds: months missing, drops, rows without a place, rows refused, age?

    Parameters
    ----------
    now : with its zone; the age of the newest month is held against it.

    Returns
    -------
    Quality : `series` of every source that is counted by month, `sources` of all that are held, `flags` in the order
        of source, series and month.

    Notes
    -----
    A drop is one of `completeness_drop`, over all rows of a force's month; a jump one of `share_jump`. A missing month
    is one between the first and the last that are held. Partners' quarterly items are counted, and not judged.
    """
    quarterly = _find_quarterly(snapshot)
    series = [s for count in _COUNTS if snapshot.has(count.table) for s in _count_months(snapshot, count, quarterly)]
    sources = tuple(_describe_sources(snapshot))
    flags = [
        *(flag for s in series for flag in _flag_series(s)),
        *_flag_vanished(snapshot),
        *_flag_refused(snapshot),
        *(flag for s in series for flag in _flag_stale(s, now)),
    ]
    return Quality(sources, tuple(series), tuple(sorted(flags, key=lambda f: (f.source, f.series, f.first, f.code))))


def _find_quarterly(snapshot: Snapshot) -> frozenset[str]:
    if not snapshot.has("partner_datasets"):
        return frozenset()
    rows = snapshot.connection.execute("SELECT dataset FROM partner_datasets WHERE step = 'quarter'").fetchall()
    return frozenset(str(dataset) for (dataset,) in rows)


def _count_months(snapshot: Snapshot, count: _Count, left_out: frozenset[str]) -> Iterator[SeriesQuality]:
    rows = snapshot.connection.execute(
        f"SELECT {count.name}, strftime(month, '%Y-%m'), {count.count}, {count.unlocated or 'NULL'} "
        f"FROM {count.table} WHERE month IS NOT NULL GROUP BY 1, 2 ORDER BY 1, 2"
    ).fetchall()
    found: dict[str, dict[Month, tuple[int, int | None]]] = {}
    for name, month, held, unlocated in rows:
        known = int(unlocated or 0) if count.unlocated else None
        found.setdefault(str(name), {})[Month.parse(month)] = (round(held), known)
    for name, months in found.items():
        if name not in left_out:
            yield SeriesQuality(count.source, name, count.rows, _judge_months(months))


def _judge_months(held: Mapping[Month, tuple[int, int | None]]) -> tuple[MonthHeld, ...]:
    span = Period(min(held), max(held)).months
    counts = [float(held[m][0]) if m in held else math.nan for m in span]
    drop = completeness_drop(counts)
    has_places = all(unlocated is not None for _, unlocated in held.values())
    jump = share_jump([_read_unlocated(held, m) for m in span], counts) if has_places else None
    months = []
    for i, month in enumerate(span):
        if month not in held:
            months.append(MonthHeld(str(month), None))
            continue
        count, unlocated = held[month]
        said = {} if jump is None else {
            "unlocated_pct": _percent(jump.share[i]), "low_pct": _percent(jump.low[i]),
            "high_pct": _percent(jump.high[i]), "unlocated_usual_pct": _percent(jump.median[i]),
        }  # fmt: skip
        months.append(
            MonthHeld(
                str(month), count, _known(drop.median[i]), _known(drop.drop_pct[i]), bool(drop.is_flagged[i]),
                unlocated, is_jump=bool(jump is not None and jump.is_flagged[i]), **said,
            )
        )  # fmt: skip
    return tuple(months)


def _read_unlocated(held: Mapping[Month, tuple[int, int | None]], month: Month) -> float:
    return float(held[month][1] or 0) if month in held else math.nan


def _known(value: float) -> float | None:
    return None if math.isnan(value) else float(value)


def _percent(value: float) -> float | None:
    return None if math.isnan(value) else 100 * float(value)


def _describe_sources(snapshot: Snapshot) -> Iterator[SourceHeld]:
    catalogue = list_sources()
    owning = {load for table in snapshot.table_names for load in snapshot.loads_of(table)}
    by_source: dict[str, list[Manifest]] = {}
    for manifest in snapshot.manifests:
        if manifest.id in owning:
            by_source.setdefault(manifest.source, []).append(manifest)
    for source, manifests in sorted(by_source.items()):
        about = catalogue.get(source)
        newest = manifests[-1]
        whose, licences = newest.publisher, newest.licence
        if about and about.disclosure == "partner":  # each load may be another partner's
            whose = "; ".join(dict.fromkeys(m.publisher for m in manifests))
            licences = "; ".join(dict.fromkeys(m.licence for m in manifests))
        yield SourceHeld(
            source, about.title if about else source, whose, licences, about.cadence if about else "",
            len(manifests), max(m.loaded_at for m in manifests), sum(m.rows_in for m in manifests),
            sum(m.rows_refused for m in manifests),
            min((m.period_first for m in manifests if m.period_first), default=""),
            max((m.period_last for m in manifests), default=""),
        )  # fmt: skip


def _make_flag(
    code: FlagCode, series: SeriesQuality, first: str, last: str, *, text: str, to_do: str, saw: str, about: str = ""
) -> QualityFlag:
    key = ":".join(filter(None, (code, series.source, series.name, first, about)))
    return QualityFlag(code, series.source, series.name, first, last, text, to_do, key, saw)


def _flag_series(series: SeriesQuality) -> Iterator[QualityFlag]:
    if series.missing:
        yield _flag_missing(series)
    for month in series.months:
        if month.is_drop:
            yield _flag_drop(series, month)
        if month.is_jump:
            yield _flag_jump(series, month)


def _flag_missing(series: SeriesQuality) -> QualityFlag:
    missing = [Month.parse(m) for m in series.missing]
    many = "1 month is" if len(missing) == 1 else f"{len(missing)} months are"
    return _make_flag(
        "months_missing", series, str(missing[0]), str(missing[-1]), saw=describe_months(missing),
        text=f"{many} missing between the first and the last: {_name_runs(missing)}",
        to_do="Load them if they were published; until then they are missing, not zero",
    )  # fmt: skip


def _name_runs(months: Sequence[Month]) -> str:
    """Months as runs in words: 'March 2019 to February 2021, January 2023'."""
    runs: list[list[Month]] = []
    for month in months:
        if runs and runs[-1][-1] + 1 == month:
            runs[-1].append(month)
        else:
            runs.append([month])
    return ", ".join(r[0].title if len(r) == 1 else f"{r[0].title} to {r[-1].title}" for r in runs)


def _title(month: str) -> str:
    return Month.parse(month).title


def _flag_drop(series: SeriesQuality, month: MonthHeld) -> QualityFlag:
    return _make_flag(
        "month_drop", series, month.month, month.month, saw=str(month.count),
        text=f"{_title(month.month)} has {month.count:,} {series.rows}, {month.drop_pct:.0f}% below the "
        f"{month.usual:,.0f} usual in the months around it: the file may be incomplete",
        to_do="Compare with the publisher's site; load the file again if a fuller one has been issued",
    )  # fmt: skip


def _flag_jump(series: SeriesQuality, month: MonthHeld) -> QualityFlag:
    return _make_flag(
        "unlocated_jump", series, month.month, month.month, saw=f"{month.unlocated} of {month.count}",
        text=f"{month.unlocated_pct:.1f}% of the {series.rows} of {_title(month.month)} have no place "
        f"({month.low_pct:.1f}% to {month.high_pct:.1f}%), where {month.unlocated_usual_pct:.1f}% is usual in the "
        "months around it: they count for the force and for no district",
        to_do="Do not read a fall of a district or ward in that month as a fall; ask the force what happened",
    )  # fmt: skip


def _flag_vanished(snapshot: Snapshot) -> Iterator[QualityFlag]:
    if not snapshot.has("street_counts"):
        return
    rows = snapshot.connection.execute(
        "SELECT force, crime_type, strftime(month, '%Y-%m'), sum(offences_count) FROM street_counts GROUP BY 1, 2, 3"
    ).fetchall()
    forces: dict[str, dict[str, dict[Month, int]]] = {}
    for force, crime_type, month, count in rows:
        forces.setdefault(str(force), {}).setdefault(str(crime_type), {})[Month.parse(month)] = int(count)
    for force, categories in sorted(forces.items()):
        series = SeriesQuality("police-street", force, "offences and incidents", ())
        for name, gone, usual in find_vanished_categories(categories):
            yield _make_flag(
                "category_vanished", series, str(gone), str(gone), saw=f"0, {usual:.0f} usual", about=name,
                text=f"{gone.title} has no row of '{name}', of which the months around have {usual:,.0f}",
                to_do="Compare with the publisher's site; load the file again if a fuller one has been issued",
            )  # fmt: skip


def _flag_refused(snapshot: Snapshot) -> Iterator[QualityFlag]:
    """Loads in force that lost more than a row in a hundred."""
    owning = {load for table in snapshot.table_names for load in snapshot.loads_of(table)}
    for manifest in snapshot.manifests:
        share = 100 * manifest.rows_refused / manifest.rows_in if manifest.rows_in else 0.0
        if manifest.id in owning and share >= MOST_REFUSED_PCT:
            series = SeriesQuality(manifest.source, manifest.id, "rows", ())
            yield _make_flag(
                "rows_refused", series, manifest.period_first, manifest.period_last, saw=str(manifest.rows_refused),
                text=f"{manifest.rows_refused:,} of {manifest.rows_in:,} rows of the load {manifest.id} were refused "
                f"({share:.1f}%)",
                to_do="Look at their reasons on the load's page; mend the file and load it again",
            )  # fmt: skip


def _flag_stale(series: SeriesQuality, now: datetime) -> Iterator[QualityFlag]:
    if series.source not in _MONTHLY:
        return
    last = Month.parse(series.months[-1].month)
    months = Month(now.year, now.month).ordinal - last.ordinal
    if months > STALE_MONTHS:
        yield _make_flag(
            "stale", series, str(last), str(last), saw=str(last), text=f"Nothing newer than {last.title} is held",
            to_do="Fetch and load what has been published since; a new month comes out about two months after it",
        )  # fmt: skip
