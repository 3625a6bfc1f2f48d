"""`wardmote compare`: which figures changed between two states of the store, and which documents used them."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from wardmote.cli.options import JsonOption, PartnershipOption, StoreOption, find_store_folder, parse_moment
from wardmote.cli.output import count_things, print_json, print_table, show_progress
from wardmote.evidence.model.errors import UsageError

if TYPE_CHECKING:
    from wardmote.evidence.reports.published import Change, StateComparison


def compare(
    *,
    moments: Annotated[
        tuple[str, str], typer.Option("--as-at", metavar="T1 T2", show_default=False, help="The two moments.")
    ],
    area: Annotated[
        str, typer.Option("--area", metavar="CODE", show_default=False, help="Ask every indicator of it.")
    ] = "",
    period: Annotated[str, typer.Option("--period", show_default=False, help="With --area: the period.")] = "",
    figures: Annotated[
        list[Path] | None,
        typer.Option("--figures", metavar="FILE", show_default=False, help="A figures.json of a published report."),
    ] = None,
    partnership: PartnershipOption = None,
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """List the figures that changed between two states of the store, with the published documents that used them.

    Documents are those that 'wardmote assess' wrote from this store and the figures.json files named.
    """
    from wardmote.evidence import interface

    if bool(area) != bool(period):
        raise UsageError("--area and --period go together", expected="such as --area E06000035 --period 2021/22")
    opened = interface.open_store(find_store_folder(store))
    with show_progress() as progress:
        found = interface.compare_states(
            opened, parse_moment(moments[0]), parse_moment(moments[1]), area=area, period=period,
            files=figures or [], partnership=partnership, progress=progress,
        )  # fmt: skip
    if as_json:
        print_json(interface.describe_comparison(found))
    else:
        _print_for_people(found)


def _print_for_people(found: "StateComparison") -> None:
    for text, ids in (("Came into force", found.loads_added), ("No longer in force", found.loads_removed)):
        if ids:
            typer.echo(f"{text} between them: {', '.join(ids)}")
    if found.is_same_state:
        typer.echo("Both moments show the same loads, so no figure can differ.")
    typer.echo(f"{count_things(found.asked_count, 'figure')} asked, {found.changed_count:,} changed.")
    for document in found.documents:
        typer.echo(f"\n{document.title} ({document.name}): {count_things(len(document.changes), 'figure')} changed")
        if document.changes:
            _print_changes(document.changes)
        for figure_id, why in document.unanswered:
            typer.echo(f"  cannot be asked any more: {figure_id}: {why}")


def _print_changes(changes: "tuple[Change, ...]") -> None:
    rows = [(c.figure_id, _write(c.published), _write(c.earlier), _write(c.later)) for c in changes]
    print_table(("figure", "in the document", "at T1", "at T2"), rows, numeric=("in the document", "at T1", "at T2"))


def _write(value: float | None) -> str:
    if value is None:
        return "none"
    return f"{value:,.0f}" if float(value).is_integer() else f"{value:,.2f}"
