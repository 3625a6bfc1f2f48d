"""`wardmote load`: files of a catalogue source into the store."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from wardmote.cli.options import JsonOption, StoreOption, find_store_folder, name_user, read_clock
from wardmote.cli.output import count_things, describe_fault, print_faults, print_json, show_progress, sort_faults
from wardmote.evidence.model.errors import UsageError
from wardmote.evidence.model.periods import Month

if TYPE_CHECKING:
    from wardmote.evidence.sources.loading import LoadReport
    from wardmote.evidence.store.manifest import Manifest

FAULTS_FOUND = 1


def load(
    source: Annotated[
        str, typer.Argument(help="A source of the catalogue, such as police-street.", show_default=False)
    ],
    paths: Annotated[list[Path], typer.Argument(help="Files, folders or zip archives.", show_default=False)],
    *,
    store: StoreOption = None,
    mapping: Annotated[
        Path | None,
        typer.Option(
            "--mapping", metavar="FILE", show_default=False, help="partner: the file that explains its columns."
        ),
    ] = None,
    area_set: Annotated[
        str,
        typer.Option("--set", metavar="SET", show_default=False, help="boundaries: what they are, e.g. ward@2024."),
    ] = "",
    settings: Annotated[
        list[str] | None,
        typer.Option("--setting", metavar="NAME=VALUE", show_default=False, help="Any other setting of the source."),
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Load files, folders or zips: all of them in one load, or nothing.

    Exit status 1 when rows were refused; they are kept aside with their reasons.
    """
    from wardmote.evidence import interface

    chosen = gather_settings(settings or [], mapping=mapping, area_set=area_set)
    opened = interface.open_store(find_store_folder(store), create=True)
    with show_progress() as progress:
        report = interface.load_files(
            opened, source, paths, now=read_clock(), by=name_user(), settings=chosen, progress=progress
        )
    refused = interface.find_refused(opened, report.manifest.id)
    if as_json:
        print_json(describe_load(report.manifest, refused=refused))
    else:
        print_report(report, refused=refused)
    if report.has_refusals:
        raise typer.Exit(FAULTS_FOUND)


def gather_settings(pairs: list[str], *, mapping: Path | None = None, area_set: str = "") -> dict[str, str]:
    """The settings as the sources know them."""
    wrong = [p for p in pairs if "=" not in p]
    if wrong:
        raise UsageError(f"'{wrong[0]}' is not a setting", expected="a name and a value, such as year=2020")
    chosen = dict(p.split("=", 1) for p in pairs)
    if mapping is not None:
        chosen["mapping"] = str(mapping)
    if area_set:
        chosen["set"] = area_set
    return chosen


def describe_load(manifest: "Manifest", *, refused: Path | None) -> dict[str, Any]:
    """A load as plain values, as `load --json` and `loads LOAD --json` answer."""
    return {
        "schema": "load-1",
        "id": manifest.id,
        "source": manifest.source,
        "publisher": manifest.publisher,
        "licence": manifest.licence,
        "loaded_at": manifest.loaded_at.isoformat(),
        "by": manifest.by,
        "rows_in": manifest.rows_in,
        "rows_kept": manifest.rows_kept,
        "rows_refused": manifest.rows_refused,
        "refused_rows_file": str(refused) if refused else None,
        "period_first": manifest.period_first,
        "period_last": manifest.period_last,
        "months_missing": list(manifest.months_missing),
        "settings": manifest.settings,
        "tables": [{"name": t.name, "rows": t.rows} for t in manifest.tables],
        "files": [
            {"name": f.name, "sha256": f.sha256, "size_bytes": f.size_bytes, "rows_in": f.rows_in,
             "rows_kept": f.rows_kept, "rows_refused": f.rows_refused}
            for f in manifest.inputs
        ],
        "faults": [describe_fault(f) for f in sort_faults(manifest.faults)],
    }  # fmt: skip


def print_report(report: "LoadReport", *, refused: Path | None) -> None:
    """What the load did, in a few lines, and the worst faults."""
    manifest = report.manifest
    typer.echo(f"Loaded {manifest.id}: {count_things(len(manifest.inputs), 'file')} of {manifest.source}")
    print_totals(manifest, refused=refused)
    print_faults(manifest.faults, more=f"all with 'wardmote loads {manifest.id}'")


def print_totals(manifest: "Manifest", *, refused: Path | None) -> None:
    """Rows, months and where refused rows lie."""
    typer.echo(f"  rows: {manifest.rows_in:,} in, {manifest.rows_kept:,} kept, {manifest.rows_refused:,} refused")
    if manifest.period_first:
        typer.echo(f"  months: {manifest.period_first} to {manifest.period_last}")
    if manifest.months_missing:
        typer.echo(f"  months missing in between: {write_runs(manifest.months_missing)}")
    if refused:
        typer.echo(f"  refused rows, with reasons: {refused}")


def write_runs(months: Sequence[str]) -> str:
    """Months as runs without a gap.

    >>> write_runs(["2019-12", "2020-01", "2022-03"])
    '2019-12..2020-01, 2022-03'
    """
    runs: list[list[Month]] = []
    for month in sorted(Month.parse(m) for m in months):
        if runs and runs[-1][-1] + 1 == month:
            runs[-1].append(month)
        else:
            runs.append([month])
    return ", ".join(f"{r[0]}..{r[-1]}" if len(r) > 1 else str(r[0]) for r in runs)
