"""`wardmote trace`: where a figure comes from, down to the input files and the rows counted."""

from typing import TYPE_CHECKING, Annotated

import typer

from wardmote.cli.options import (
    AsAtOption,
    JsonOption,
    PartnershipOption,
    StoreOption,
    find_store_folder,
    parse_as_at,
)
from wardmote.cli.output import print_json, print_table

if TYPE_CHECKING:
    from wardmote.evidence.reports.tracing import Trace, TracedLoad


def trace(
    figure_id: Annotated[
        str, typer.Argument(metavar="FIGURE-ID", help="indicator:area:period[:dimension=value...]", show_default=False)
    ],
    *,
    as_at: AsAtOption = None,
    partnership: PartnershipOption = None,
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Show a figure's definition, value, parts and sources, down to the input files and the rows counted."""
    from wardmote.evidence import interface

    opened = interface.open_store(find_store_folder(store))
    folder = interface.find_partnership_folder(opened, partnership)
    evidence = interface.open_evidence(opened, as_at=parse_as_at(as_at))
    found = interface.trace_figure(evidence, figure_id, partnership=folder)
    if as_json:
        print_json(interface.describe_trace(evidence, found))
    else:
        _print_for_people(found)


def _print_for_people(found: "Trace") -> None:
    typer.echo(found.entry.title)
    typer.echo(f"  {found.figure.id}")
    typer.echo(f"  {found.entry.definition}")
    for label, text in found.entry.lines:
        typer.echo(f"  {label}: {text}")
    checked = found.definition.checked_by or "nobody yet"
    typer.echo(f"  Definition checked by: {checked}; reviewed on {found.definition.reviewed_on or 'no date'}")
    for load in found.loads:
        _print_load(load)


def _print_load(load: "TracedLoad") -> None:
    m = load.manifest
    typer.echo(f"\n{load.use}: load {m.id}, {m.loaded_at:%Y-%m-%d %H:%M %Z} by {m.by}; {m.publisher}, {m.licence}")
    if load.refused_path:
        typer.echo(f"  refused rows, with reasons: {load.refused_path}")
    is_counted = any(f.rows_used is not None for f in load.files)
    headings = ("file", *(("rows counted",) if is_counted else ()), "rows in file", "refused", "sha256")
    rows = [
        (f.file.name, *((f"{f.rows_used or 0:,}",) if is_counted else ()), f"{f.file.rows_in:,}",
         f"{f.file.rows_refused:,}", f.file.sha256)
        for f in load.files
    ]  # fmt: skip
    print_table(headings, rows, numeric=("rows counted", "rows in file", "refused"))
