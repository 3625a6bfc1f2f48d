"""`wardmote fetch`: bring files from a publisher, then load them."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from wardmote.cli.load import FAULTS_FOUND, describe_load, print_report
from wardmote.cli.options import JsonOption, OutOption, StoreOption, find_store_folder, name_user, read_clock
from wardmote.cli.output import count_things, describe_fault, print_faults, print_json, show_progress
from wardmote.evidence.model.errors import UsageError
from wardmote.evidence.model.periods import Month

if TYPE_CHECKING:
    from wardmote.evidence.sources.fetch_police import FetchReport
    from wardmote.evidence.sources.loading import LoadReport
    from wardmote.evidence.store.store import Store

app = typer.Typer(help="Download from a publisher, then load.", rich_markup_mode=None, no_args_is_help=True)


@app.callback()
def fetch() -> None:
    """Download from a publisher, then load."""


@app.command("police")
def police(
    *,
    force: Annotated[str, typer.Option("--force", help="The publisher's own id, such as kent.", show_default=False)],
    first: Annotated[
        str, typer.Option("--from", metavar="MONTH", help="First month, such as 2021-04.", show_default=False)
    ],
    last: Annotated[str, typer.Option("--to", metavar="MONTH", help="Last month.", show_default=False)],
    kinds: Annotated[str, typer.Option("--kinds", help="Some of street,outcomes,stop-and-search.")] = "street",
    out: OutOption = None,
    no_load: Annotated[bool, typer.Option("--no-load", help="Only download.")] = False,
    store: StoreOption = None,
    base_url: Annotated[str, typer.Option("--base-url", envvar="WARDMOTE_POLICE_URL", hidden=True)] = "",
    as_json: JsonOption = False,
) -> None:
    """Download one force's files of these months from data.police.uk, and load them.

    Without --out the files lie in the store's folder, under fetched. Exit status 1 when a month is not to be had.
    """
    from wardmote.evidence import interface

    months = Month.parse(first), Month.parse(last)
    wanted = [k.strip() for k in kinds.split(",") if k.strip()]
    opened = None if no_load and out else interface.open_store(find_store_folder(store), create=True)
    folder = out or _default_folder(opened, force)
    with show_progress() as progress:
        fetched = interface.fetch_police_files(
            folder, force=force, first=months[0], last=months[1], now=read_clock(), kinds=wanted,
            base_url=base_url, progress=progress,
        )  # fmt: skip
    loaded = _load_all(opened, fetched) if opened and not no_load else []
    if as_json:
        _print_as_json(fetched, loaded)
    else:
        _print_for_people(fetched, loaded, opened)
    if fetched.faults or any(r.has_refusals for r in loaded):
        raise typer.Exit(FAULTS_FOUND)


def _default_folder(store: "Store | None", force: str) -> Path:
    if store is None:
        raise UsageError("there is no folder to download into", to_do="Name one with --out")
    return store.folder / "fetched" / f"police-{Path(force).name}"


def _load_all(store: "Store", fetched: "FetchReport") -> "list[LoadReport]":
    """A load for each kind that came."""
    from wardmote.evidence import interface

    reports = []
    with show_progress() as progress:
        for kind, source in interface.list_police_kinds().items():
            paths = fetched.paths_of(kind)
            if paths:
                report = interface.load_files(
                    store, source, paths, now=read_clock(), by=name_user(), progress=progress
                )  # fmt: skip
                reports.append(report)
    return reports


def _print_as_json(fetched: "FetchReport", loaded: "list[LoadReport]") -> None:
    print_json(
        {
            "schema": "fetch-1",
            "folder": str(fetched.folder),
            "force": fetched.force,
            "archives": [{"url": a.url, "size_bytes": a.size_bytes, "sha256": a.sha256} for a in fetched.archives],
            "files": [
                {"path": f.path, "kind": f.kind, "month": f.month, "size_bytes": f.size_bytes, "sha256": f.sha256}
                for f in fetched.files
            ],
            "faults": [describe_fault(f) for f in fetched.faults],
            "loads": [describe_load(r.manifest, refused=None) for r in loaded],
        }
    )


def _print_for_people(fetched: "FetchReport", loaded: "list[LoadReport]", store: "Store | None") -> None:
    from wardmote.evidence import interface

    typer.echo(f"Fetched {count_things(len(fetched.files), 'file')} of {fetched.force} into {fetched.folder}")
    print_faults(fetched.faults, more=f"all in {fetched.folder / 'fetch-manifest.json'}")
    for report in loaded:
        refused = interface.find_refused(store, report.manifest.id) if store else None
        print_report(report, refused=refused)
