"""`wardmote demo`: the complete sample partnership, loaded and assessed, with no network."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from wardmote.cli.assess import describe_written, print_written
from wardmote.cli.options import JsonOption, OutOption, name_user, read_clock
from wardmote.cli.output import count_things, print_json, show_progress

if TYPE_CHECKING:
    from wardmote.evidence.interface import Demo


def demo(
    *,
    out: OutOption = None,
    formats: Annotated[
        str, typer.Option("--formats", show_default=False, help="Some of html,docx,odt,pdf,xlsx; else all.")
    ] = "",
    as_json: JsonOption = False,
) -> None:
    """Write the fictional sample partnership, load every source and build its assessment. No network is needed."""
    from wardmote.evidence import interface

    folder = out or _make_folder()
    chosen = [f.strip().lower() for f in formats.split(",") if f.strip()]
    now = read_clock()
    with show_progress() as progress:
        built = interface.build_demo(folder, now=now, by=name_user(), formats=chosen, progress=progress)
    if as_json:
        body = describe_written(built.assessment, now, audience="partnership")
        print_json(body | {"schema": "demo-1", "store": str(built.store), "sample": str(built.sample)})
        return
    typer.echo("A fictional partnership: everything in it is invented.")
    typer.echo(
        f"  files: {built.sample} (what is wrong in them on purpose: FAULTS.md)\n"
        f"  store: {built.store} ({count_things(built.loads_count, 'load')}, "
        f"{_count_faults(built)} while loading)"
    )
    print_written(built.assessment, now)
    typer.echo(f"Open {built.assessment.paths.get('html', built.assessment.paths['figures'])}")
    typer.echo(f"Ask it: wardmote figures crime_count --area {built.area} --period {built.year} --store {built.store}")
    typer.echo("See its plan, returns and people on the web: wardmote serve --sample")


def _count_faults(built: "Demo") -> str:
    """Only what loading met: other planted faults are for the assessment to tell."""
    warnings = count_things(built.warnings_count, "warning")
    return f"{count_things(built.errors_count, 'error')} and {warnings}" if built.errors_count else warnings


def _make_folder() -> Path:
    from tempfile import mkdtemp

    return Path(mkdtemp(prefix="wardmote-demo-"))
