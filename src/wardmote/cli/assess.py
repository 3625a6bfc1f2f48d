"""`wardmote assess`: the strategic assessment of an area and year, or one chart or table of it."""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from wardmote.cli.options import (
    AsAtOption,
    JsonOption,
    OutOption,
    PartnershipOption,
    StoreOption,
    find_store_folder,
    parse_as_at,
    read_clock,
)
from wardmote.cli.output import print_json, print_table, show_progress
from wardmote.evidence.model.errors import UsageError

if TYPE_CHECKING:
    from wardmote.evidence.interface import WrittenAssessment
    from wardmote.evidence.reports.assessment.build import Assessment
    from wardmote.evidence.store.store import Store

ACCUSED = 1
AUDIENCES = ("partnership", "public")


def assess(
    *,
    area: Annotated[str, typer.Option("--area", metavar="CODE", show_default=False, help="The district's code.")],
    year: Annotated[str, typer.Option("--year", show_default=False, help="The financial year, such as 2021/22.")],
    out: OutOption = None,
    audience: Annotated[str, typer.Option("--for", metavar="READER", help="partnership or public.")] = "partnership",
    as_at: AsAtOption = None,
    partnership: PartnershipOption = None,
    commentary: Annotated[
        Path | None, typer.Option("--commentary", metavar="DIR", show_default=False, help="The analyst's own words.")
    ] = None,
    formats: Annotated[
        str, typer.Option("--formats", show_default=False, help="Some of html,docx,odt,pdf,xlsx; else all.")
    ] = "",
    only: Annotated[
        str, typer.Option("--only", metavar="ID", show_default=False, help="One chart or table alone; with --as.")
    ] = "",
    as_file: Annotated[
        Path | None,
        typer.Option(
            "--as", metavar="FILE", show_default=False, help="Its file: .svg, .png, .docx, .odt, .csv or .xlsx."
        ),
    ] = None,
    list_elements: Annotated[bool, typer.Option("--list-elements", help="List the charts and tables.")] = False,
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Write the strategic assessment: html, docx, odt, pdf, xlsx and figures.json.

    Exit status 1 when the commentary claims what the data does not bear: each line is named with what the data says.
    """
    from wardmote.evidence import interface

    _check_options(out, audience, only=only, as_file=as_file, list_elements=list_elements)
    opened = interface.open_store(find_store_folder(store))
    now = read_clock()
    moment = parse_as_at(as_at) or now
    asked: dict[str, Any] = {
        "as_at": moment, "audience": audience, "partnership": partnership, "commentary": commentary,
    }  # fmt: skip
    if only or list_elements:
        with show_progress() as progress:
            progress("working out the figures", 0, 0)
            assessment = interface.plan_assessment(opened, area, year, **asked)
        _take_element(assessment, only, as_file, as_json=as_json)
        return
    _write(opened, area, year, out=out, now=now, formats=formats, as_json=as_json, asked=asked)


def _check_options(out: Path | None, audience: str, *, only: str, as_file: Path | None, list_elements: bool) -> None:
    if audience not in AUDIENCES:
        raise UsageError(f"there is no reader '{audience}'", expected="--for partnership or --for public")
    if bool(only) != bool(as_file):
        raise UsageError("--only and --as go together", expected="such as --only map-lsoa --as map.svg")
    if out is None and not only and not list_elements:
        raise UsageError("--out must be said", expected="the folder for the assessment, such as --out assessment")


def _take_element(assessment: "Assessment", only: str, as_file: Path | None, *, as_json: bool) -> None:
    from wardmote.evidence import interface

    if only and as_file:
        interface.export_element(assessment, only, as_file)
        typer.echo(f"Wrote {only} to {as_file}")
        return
    elements = interface.list_elements(assessment)
    if as_json:
        body = [{"id": i, "kind": kind, "title": title} for i, kind, title in elements]
        print_json({"schema": "elements-1", "elements": body})
        return
    print_table(("id", "kind", "title"), elements)


def _write(
    store: "Store", area: str, year: str, *, out: Path | None, now: datetime, formats: str, as_json: bool,
    asked: dict[str, Any],
) -> None:  # fmt: skip
    from wardmote.evidence import interface

    chosen = [f.strip().lower() for f in formats.split(",") if f.strip()]
    with show_progress() as progress:
        written = interface.assess(
            store, area, year, out or Path(), now=now, formats=chosen, progress=progress, **asked
        )  # fmt: skip
    if written.record is None:
        warn_not_recorded(store.folder, written.not_recorded)
    if as_json:
        print_json(describe_written(written, asked["as_at"], audience=asked["audience"]))
    else:
        print_written(written, asked["as_at"])
    warn_accused(written)
    if written.accused:
        raise typer.Exit(ACCUSED)


def warn_accused(written: "WrittenAssessment") -> None:
    """Say on stderr what the check of the report's own words and figures holds against it."""
    for claim in written.accused:
        typer.echo(f"wardmote: the report's own check: {claim.verdict}: “{claim.quote}”: {claim.why}", err=True)


def warn_not_recorded(store: Path, why: str) -> None:
    """Say on stderr that the report is there and its record is not: no failure, as readers of a store may not write."""
    typer.echo(
        f"wardmote: warning: {store}: the report is written, but the store could not record it ({why}). "
        "'wardmote compare' will not know of it; name its figures.json there with --figures.",
        err=True,
    )


def describe_written(written: "WrittenAssessment", as_at: datetime, *, audience: str) -> dict[str, Any]:
    """A written assessment as plain values."""
    return {
        "schema": "assess-1",
        "title": written.title,
        "as_at": as_at.isoformat(),
        "audience": audience,
        "figures_count": written.figures_count,
        "accused_count": len(written.accused),
        "files": {name: str(path) for name, path in written.paths.items()},
        "record": str(written.record) if written.record else None,
    }


def print_written(written: "WrittenAssessment", as_at: datetime) -> None:
    """What was written and where, with the moment that gives the same bytes again."""
    typer.echo(f"{written.title}: {written.figures_count:,} figures, as at {as_at.isoformat()}")
    for path in written.paths.values():
        typer.echo(f"  {path}")
    if not written.accused:
        typer.echo("Its own figures and words were checked as any report's are: nothing is accused.")
