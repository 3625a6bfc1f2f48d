"""`wardmote audit`: is the trail of every write whole, where does it end, and what does it say?"""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from wardmote.cli.options import JsonOption, read_clock
from wardmote.cli.output import count_things, print_json
from wardmote.cli.serve import HomeOption

if TYPE_CHECKING:
    from wardmote.web.foundation.audit import Anchor, BrokenLink

BROKEN = 1
_MOST_SHOWN = 20

app = typer.Typer(
    help="The audit trail: verify it, write its ends down elsewhere, hand it over.", no_args_is_help=True,
    rich_markup_mode=None,
)  # fmt: skip


@app.command(short_help="Is every entry as it was sealed, and none missing?")
def verify(
    *,
    home: HomeOption = None,
    anchor: Annotated[
        Path | None,
        typer.Option(
            "--anchor", metavar="FILE", show_default=False, help="Ends that 'audit anchor' wrote down earlier."
        ),
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Read every chain from its first entry and name each entry that was changed, removed, moved or put in.

    A chain that is gone whole is named too, and a trigger of the database that no longer refuses changes. Exit status 1
    when something is wrong. A database that was put back whole to an earlier day fits together; only an anchor, kept
    where nobody can write who runs the database, finds that.
    """
    from wardmote.web.project.opening import open_existing

    open_existing(home)
    from wardmote.web.project.anchors import read_anchors, verify_moment

    ends, broken = verify_moment(read_anchors(anchor) if anchor else ())
    if as_json:
        print_json(_describe(ends, broken))
    else:
        _print(ends, broken, is_anchored=anchor is not None)
    if broken:
        raise typer.Exit(BROKEN)


def _describe(ends: "list[Anchor]", broken: "list[BrokenLink]") -> dict[str, object]:
    return {
        "schema": "audit-1",
        "is_whole": not broken,
        "chains": [
            {"chain": e.chain, "of": name, "length": e.length, "last_seal": e.last_seal} for e, name in _name(ends)
        ],
        "broken": [{"chain": b.chain, "number": b.number, "found": b.found} for b in broken],
    }


def _print(ends: "list[Anchor]", broken: "list[BrokenLink]", *, is_anchored: bool) -> None:
    for end, name in _name(ends):
        faults = sum(b.chain == end.chain for b in broken)
        state = f"BROKEN, {count_things(faults, 'fault')}" if faults else "whole"
        typer.echo(f"  {name}: {count_things(end.length, 'entry', 'entries')}, {state}")
    for each in broken[:_MOST_SHOWN]:
        typer.echo(f"  {each.where}: {each.found}")
    if len(broken) > _MOST_SHOWN:
        typer.echo(f"  … and {len(broken) - _MOST_SHOWN} more; --json lists all")
    if not broken:
        typer.echo(
            "Every entry is as it was sealed" + (", and every end written down is there." if is_anchored else ".")
        )


def _name(ends: "list[Anchor]") -> "list[tuple[Anchor, str]]":
    """Each end with what its chain belongs to."""
    from wardmote.web.foundation.writes import SITE_CHAIN
    from wardmote.web.partnerships.interface import Partnership

    names = {str(key): name for key, name in Partnership.objects.values_list("pk", "name")}
    names[SITE_CHAIN] = "the installation"
    return [(end, names.get(end.chain, f"chain {end.chain}")) for end in ends]


@app.command(short_help="Write where every chain ends, to be kept elsewhere.")
def anchor(*, home: HomeOption = None) -> None:
    """Print a line for each chain: `wardmote audit anchor >> FILE`, on a medium that the server cannot write again."""
    from wardmote.web.project.opening import open_existing

    open_existing(home)
    from wardmote.web.project.anchors import verify_moment, write_anchors

    ends, broken = verify_moment()
    if broken:
        typer.echo(
            "wardmote: the trail is broken; its ends are not worth keeping. See: wardmote audit verify", err=True
        )
        raise typer.Exit(BROKEN)
    for line in write_anchors(ends, read_clock()):
        typer.echo(line)


@app.command(short_help="A partnership's own trail, as JSON lines.")
def export(
    *,
    partnership: Annotated[str, typer.Option("--partnership", metavar="SLUG", help="Whose trail, as in its address.")],
    home: HomeOption = None,
) -> None:
    """Print every entry of a partnership's chain, a JSON object a line: its number, what was sealed, and the seal."""
    from wardmote.web.project.opening import open_existing

    open_existing(home)
    from wardmote.web.project.exports import find_partnership, write_audit_lines

    for line in write_audit_lines(find_partnership(partnership)):
        typer.echo(line)
