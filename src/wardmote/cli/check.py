"""`wardmote check`: the figures and words of any report, found, recomputed and judged."""

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from wardmote.cli.options import JsonOption, find_store_folder
from wardmote.cli.output import count_things, print_json
from wardmote.evidence.model.errors import UsageError

if TYPE_CHECKING:
    from wardmote.evidence.claims.check import Checked
    from wardmote.evidence.claims.model import Claim

TO_LOOK_AT = 1


def check(
    files: Annotated[
        list[Path], typer.Argument(metavar="FILE...", show_default=False, help="docx, odt, html, md, pdf or txt.")
    ],
    *,
    store: Annotated[
        Path | None,
        typer.Option("--store", metavar="DIR", show_default=False, help="Compare with what is loaded there too."),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option("--out", metavar="FILE.html", show_default=False, help="Write the text with its marks."),
    ] = None,
    level: Annotated[
        float, typer.Option("--level", help="Level of the tests behind words such as significant.")
    ] = 0.95,
    as_json: JsonOption = False,
) -> None:
    """Check every figure and every word of direction or achievement in reports, together.

    Each claim is judged: ok, imprecise, wrong, inconsistent, contradicts, unsupported, differs from evidence or not
    checkable, with the reckoning and the place. Exit status 1 says that something is to be looked at.
    """
    from wardmote.evidence import interface

    if not 0.5 <= level < 1:
        raise UsageError(f"--level {level} is no level of a test", expected="a share such as 0.95")
    if out is not None:
        interface.check_report_path(out, files)
    opened = None if store is None else interface.open_store(find_store_folder(store))
    checked = interface.check_files(files, store=opened, level=level)
    if out is not None:
        interface.write_check_report(checked, out)
    if as_json:
        print_json(interface.describe_check(checked))
    else:
        _print_for_people(checked, out)
    if checked.list_to_look_at():
        raise typer.Exit(TO_LOOK_AT)


def _print_for_people(checked: "Checked", out: Path | None) -> None:
    for document in checked.documents:
        counts = Counter(claim.verdict for claim in checked.of(document.name))
        shown = ", ".join(f"{number:,} {verdict.replace('_', ' ')}" for verdict, number in counts.most_common())
        typer.echo(f"{document.name}: {count_things(sum(counts.values()), 'claim')}" + (f" ({shown})" if shown else ""))
        for note in document.document.notes:
            typer.echo(f"  note: {note}")
    found = checked.list_to_look_at()
    if not checked.accusations():
        typer.echo("\nNothing is accused.")
    if found:
        typer.echo(f"\n{count_things(len(found), 'claim')} to look at, worst first:")
    for claim in found:
        _print_claim(claim)
    if out is not None:
        typer.echo(f"\nThe text with its marks: {out}")


def _print_claim(claim: "Claim") -> None:
    typer.echo(f"\n{claim.verdict.replace('_', ' ').upper()}  {claim.place.file}, {claim.place.title}")
    typer.echo(f"  “{claim.quote}”")
    typer.echo(f"  {claim.why}")
