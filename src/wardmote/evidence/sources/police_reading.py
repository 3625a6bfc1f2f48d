"""Reading police files of one kind: survey the bytes, choose between issues, let the engine read, say what came."""

import difflib
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from pathlib import Path

import duckdb

from wardmote.evidence.model.errors import Fault
from wardmote.evidence.model.periods import Month
from wardmote.evidence.sources.cells import show_text
from wardmote.evidence.sources.contract import LoadOptions, Reading
from wardmote.evidence.sources.police_choice import choose_files
from wardmote.evidence.sources.police_completeness import find_missing_months, warn_of_gaps
from wardmote.evidence.sources.police_files import PoliceFile, find_police_files
from wardmote.evidence.sources.police_kinds import PoliceKind
from wardmote.evidence.sources.police_lines import mend_file
from wardmote.evidence.sources.police_survey import Survey, survey_file
from wardmote.evidence.sources.police_tables import (
    Readable,
    count_months,
    explain_engine,
    find_claims,
    list_checks,
    open_engine,
    record_table,
    write_counts,
    write_refused_rows,
    write_rows,
)
from wardmote.evidence.store.engine import quote_text
from wardmote.evidence.store.manifest import InputFile
from wardmote.evidence.store.staging import REFUSED, Staging

_THREADS = 2  # unpacking and hashing let go of the interpreter; more threads than that only fight for the disk
_LONGEST_REASON = 300


@dataclass(slots=True)
class _Load:
    """What one reading has at hand."""

    kind: PoliceKind
    staging: Staging
    connection: duckdb.DuckDBPyConnection
    surveys: list[Survey]
    reading: Reading = field(default_factory=Reading)
    kept: dict[int, int] = field(default_factory=dict)
    bad_lines: dict[int, Path] = field(default_factory=dict)
    partly_lost: set[int] = field(default_factory=set)

    def scratch(self, name: str) -> Path:
        return self.staging.scratch / name


def read_police(kind: PoliceKind, paths: Sequence[Path], staging: Staging, options: LoadOptions) -> Reading:
    """Read every file of the kind under the paths into the kind's tables."""
    found = find_police_files(paths, kind.suffix, scratch=staging.scratch)
    surveys = _survey_all(found.files, kind, staging, options)
    with explain_engine(), open_engine(staging) as connection:
        load = _Load(kind, staging, connection, [s for s in surveys if not s.is_passed_over])
        load.reading.faults += [*found.faults, *(f for s in surveys for f in s.faults)]
        files = _choose(load)
        if files:
            _write_tables(load, _read_rows(load, files))
        _describe_inputs(load, {f.number for f in files})
    return load.reading


def _survey_all(files: Sequence[PoliceFile], kind: PoliceKind, staging: Staging, options: LoadOptions) -> list[Survey]:
    """Survey each file once, in an order that does not hang on the order of the arguments."""
    ordered = sorted(files, key=lambda f: (f.label.force, str(f.label.month), f.name, f.origin))
    targets = [staging.scratch / f"text{i}.csv" for i in range(len(ordered))]
    surveys: list[Survey] = []
    with ThreadPoolExecutor(_THREADS) as pool:
        for survey in pool.map(lambda f, t: survey_file(f, kind, t), ordered, targets):
            options.progress(survey.where, len(surveys) + 1, len(ordered))
            surveys.append(survey)
    return surveys


# -- choosing -----------------------------------------------------------------------------------------------
def _choose(load: _Load) -> list[Readable]:
    """The files to read: whole, and none for which another answers."""
    files = [_mend_if(load, Readable(i, s), s.is_irregular) for i, s in enumerate(load.surveys) if s.is_readable]
    claims = {f.number: {(f.survey.file.label.force, str(f.survey.file.label.month))} for f in files if _is_labelled(f)}
    claims |= find_claims(load.connection, [f for f in files if not _is_labelled(f)], load.kind)
    choice = choose_files(files, claims)
    load.reading.faults += choice.faults
    load.partly_lost = {number for number, _ in choice.lost}
    marked = [replace(f, lost=tuple(sorted(key for number, key in choice.lost if number == f.number))) for f in files]
    return [f for f in marked if not claims.get(f.number) or claims[f.number] - set(f.lost)]


def _is_labelled(file: Readable) -> bool:
    label = file.survey.file.label
    return bool(label.force and label.month)


def _mend_if(load: _Load, file: Readable, needed: bool) -> Readable:
    if not needed or file.mended:
        return file
    target, refused = load.scratch(f"mended{file.number}.csv"), load.scratch(f"refused{file.number}.csv")
    mend_file(file.survey, load.kind, file.number, target=target, refused=refused)
    load.bad_lines[file.number] = refused
    return replace(file, mended=target)


# -- reading ------------------------------------------------------------------------------------------------
def _read_rows(load: _Load, files: list[Readable]) -> list[Readable]:
    """Let the engine read. Files of which it did not keep every line are read again line by line, to say why."""
    target = load.staging.table_path(load.kind.rows_table)
    try:
        load.kept = write_rows(load.connection, files, load.kind, target)
        doubtful = {f.number for f in files if load.kept.get(f.number, 0) != f.survey.lines}
    except duckdb.InvalidInputException:
        doubtful = {f.number for f in files}  # the engine's reader gave up on one of them
    mended = [_mend_if(load, f, f.number in doubtful) for f in files]
    if mended != files:
        load.kept = write_rows(load.connection, mended, load.kind, target)
    return mended


def _write_tables(load: _Load, files: list[Readable]) -> None:
    kind, staging, connection = load.kind, load.staging, load.connection
    write_refused_rows(connection, files, kind, [load.bad_lines[f.number] for f in files if f.mended])
    load.reading.faults += _explain_refused(load)
    rows = counted = staging.table_path(kind.rows_table)
    if kind.counts_table:
        counted = staging.table_path(kind.counts_table)
        write_counts(connection, kind, rows, counted)
    for name in filter(None, (kind.rows_table, kind.counts_table)):
        staging.add_table(record_table(connection, name, staging.table_path(name), counted=counted))
    _check_whole(load, counted)


def _explain_refused(load: _Load) -> list[Fault]:
    """One fault for each file and reason, with the first line; the rows themselves go into the refused table."""
    target = load.staging.table_path(REFUSED)
    groups = load.connection.execute(
        "SELECT file, code, count(*), min(line), arg_min(reason, line) FROM refused GROUP BY ALL "
        "ORDER BY file, min(line), code"
    ).fetchall()
    if groups:
        load.connection.execute(
            "COPY (SELECT file, line, reason, row FROM refused ORDER BY ALL) "
            f"TO {quote_text(str(target))} (FORMAT parquet, COMPRESSION zstd)"
        )
    checks = list_checks(load.kind)
    return [
        Fault(
            f"{show_text(reason, _LONGEST_REASON)}; "
            + ("the row was refused" if rows == 1 else f"{rows:,} rows were refused for such a reason"),
            where=f"{file}, line {line}",
            expected=checks[code].expected,
            to_do=checks[code].to_do,
            rows=rows,
            code=code,
        )
        for file, code, rows, line, reason in groups
    ]


def _check_whole(load: _Load, counted: Path) -> None:
    """Say what seems missing, and which categories nobody here knows."""
    series = count_months(load.connection, load.kind, counted)
    load.reading.months = {m for months in series.values() for m in months}
    load.reading.faults += [*_explain_unknown(load, series), *warn_of_gaps(series, load.kind)]
    missing = {m for months in find_missing_months(series).values() for m in months}
    load.reading.months_missing = tuple(str(m) for m in sorted(missing))


def _explain_unknown(load: _Load, series: dict[tuple[str, str], dict[Month, int]]) -> list[Fault]:
    kind = load.kind
    names = sorted({name for _, name in series if name and kind.categories and name not in kind.categories})
    counted = {name: sum(sum(m.values()) for (_, n), m in series.items() if n == name) for name in names}
    return [
        Fault(
            f"'{show_text(name)}' is no {kind.category_title} that is known here; "
            f"its {rows:,} rows were kept under that name",
            where=kind.title,
            expected=_name_near(name, kind),
            to_do="Check the spelling; if the publisher has a new category, figures by offence leave it out until the "
            "offence tree names it",
            severity="warning",
            rows=rows,
            code="unknown_category",
        )
        for name, rows in counted.items()
    ]


def _name_near(name: str, kind: PoliceKind) -> str:
    near = difflib.get_close_matches(name, sorted(kind.categories), n=1, cutoff=0.0)
    return f"one of {len(kind.categories)} known, such as '{near[0]}'"


def _describe_inputs(load: _Load, read: set[int]) -> None:
    """Rows kept and refused by file. Of a file for which another answered no row is kept or refused."""
    refused: dict[int, int] = {}
    if read:
        sql = "SELECT file_number, count(*) FROM refused GROUP BY ALL"
        refused = dict(load.connection.execute(sql).fetchall())
    for number, survey in enumerate(load.surveys):
        kept, bad = load.kept.get(number, 0), refused.get(number, 0)
        if not survey.is_readable:
            bad = survey.lines
        counted = number in read and number not in load.partly_lost
        rows_in = kept + bad if counted else survey.lines
        size = survey.size_bytes
        load.reading.inputs.append(InputFile(survey.where, survey.sha256, size, rows_in, kept, bad))
