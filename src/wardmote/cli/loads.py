"""`wardmote loads`: which loads the store holds, and everything about one of them."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from wardmote.cli.load import describe_load, print_totals
from wardmote.cli.options import JsonOption, StoreOption, find_store_folder
from wardmote.cli.output import count_things, print_json, print_table, sort_faults
from wardmote.evidence.model.errors import render_fault

if TYPE_CHECKING:
    from wardmote.evidence.interface import LoadRecord
    from wardmote.evidence.store.store import Store

SHOWN_REFUSED = 50


def loads(
    load_id: Annotated[
        str | None, typer.Argument(metavar="LOAD", help="One load: its files, faults and refused rows.")
    ] = None,
    *,
    store: StoreOption = None,
    as_json: JsonOption = False,
) -> None:
    """List the loads of the store, or show one with its files, faults and refused rows."""
    from wardmote.evidence import interface

    opened = interface.open_store(find_store_folder(store))
    if load_id is None:
        _list(interface.list_loads(opened), as_json=as_json)
        return
    record = interface.get_load(opened, load_id)
    if as_json:
        print_json(_describe(record) | describe_load(record.manifest, refused=record.refused_path))
    else:
        _print_one(opened, record)


def _list(records: "tuple[LoadRecord, ...]", *, as_json: bool) -> None:
    if as_json:
        print_json({"schema": "loads-1", "loads": [_describe(r) for r in records]})
        return
    if not records:
        typer.echo("The store is empty.")
        return
    headings = ("load", "loaded at", "by", "files", "rows kept", "refused", "months", "faults", "state")
    print_table(headings, [_row(r) for r in records], numeric=("files", "rows kept", "refused", "faults"))


def _row(record: "LoadRecord") -> tuple[str, ...]:
    m = record.manifest
    months = f"{m.period_first} to {m.period_last}" if m.period_first else ""
    state = f"taken back {record.undo.undone_at:%Y-%m-%d %H:%M}" if record.undo else "in force"
    return (
        m.id, f"{m.loaded_at:%Y-%m-%d %H:%M}", m.by, f"{len(m.inputs):,}", f"{m.rows_kept:,}",
        f"{m.rows_refused:,}", months, f"{len(m.faults):,}", state,
    )  # fmt: skip


def _describe(record: "LoadRecord") -> dict[str, Any]:
    m = record.manifest
    undo = record.undo
    return {
        "id": m.id,
        "source": m.source,
        "loaded_at": m.loaded_at.isoformat(),
        "by": m.by,
        "files_count": len(m.inputs),
        "rows_in": m.rows_in,
        "rows_kept": m.rows_kept,
        "rows_refused": m.rows_refused,
        "period_first": m.period_first,
        "period_last": m.period_last,
        "faults_count": len(m.faults),
        "undone_at": undo.undone_at.isoformat() if undo else None,
        "undone_by": undo.by if undo else None,
    }


def _print_one(store: "Store", record: "LoadRecord") -> None:
    m = record.manifest
    typer.echo(f"{m.id}, loaded {m.loaded_at:%Y-%m-%d %H:%M %Z} by {m.by}")
    if record.undo:
        typer.echo(f"  taken back {record.undo.undone_at:%Y-%m-%d %H:%M %Z} by {record.undo.by}")
    typer.echo(f"  {m.publisher}. {m.licence}.")
    print_totals(m, refused=record.refused_path)
    for name, value in m.settings.items():
        typer.echo(f"  setting: {name}={value}")
    _print_files(record)
    if m.faults:
        typer.echo(f"\n{count_things(len(m.faults), 'fault')}")
    for fault in sort_faults(m.faults):
        typer.echo(f"  {fault.severity}: {render_fault(fault)}")
    _print_refused(store, record)


def _print_files(record: "LoadRecord") -> None:
    typer.echo("")
    rows = [
        (f.name, f"{f.rows_in:,}", f"{f.rows_kept:,}", f"{f.rows_refused:,}", f.sha256) for f in record.manifest.inputs
    ]
    print_table(("file", "rows in", "kept", "refused", "sha256"), rows, numeric=("rows in", "kept", "refused"))


def _print_refused(store: "Store", record: "LoadRecord") -> None:
    from wardmote.evidence import interface

    rows = interface.list_refused(store, record.manifest.id, limit=SHOWN_REFUSED)
    if rows:
        typer.echo(f"\nrefused rows (the first {SHOWN_REFUSED}; all in {record.refused_path})")
    for file, line, reason, row in rows:
        typer.echo(f"  {file}, line {line}: {reason}: {row}")
