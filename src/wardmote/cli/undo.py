"""`wardmote undo`: take a load back."""

from typing import Annotated

import typer

from wardmote.cli.options import JsonOption, StoreOption, find_store_folder, name_user, read_clock
from wardmote.cli.output import print_json


def undo(
    load_id: Annotated[
        str, typer.Argument(metavar="LOAD", help="The load's id, from 'wardmote loads'.", show_default=False)
    ],
    *,
    store: StoreOption = None,
    as_json: JsonOption = False,
) -> None:
    """Take a load back: it counts no more, and what it superseded counts again. Its files stay in the store."""
    from wardmote.evidence import interface

    opened = interface.open_store(find_store_folder(store))
    undone = interface.undo_load(opened, load_id, now=read_clock(), by=name_user())
    if as_json:
        moment = undone.undone_at.isoformat()
        print_json({"schema": "undo-1", "load_id": undone.load_id, "undone_at": moment, "by": undone.by})
        return
    typer.echo(f"Took back {undone.load_id}; what it superseded counts again.")
