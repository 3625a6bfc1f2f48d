"""`wardmote restore`: a backup into an empty home."""

from pathlib import Path
from typing import Annotated

import typer

from wardmote.cli.output import count_things
from wardmote.cli.serve import HomeOption

TRAIL_BROKEN = 1


def restore(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A backup.", show_default=False)],
    *,
    home: HomeOption = None,
    keys: Annotated[
        Path | None,
        typer.Option("--keys", metavar="FILE", show_default=False, help="What 'wardmote backup --keys' wrote."),
    ] = None,
) -> None:
    """Restore a backup into an empty home. A damaged or shortened backup is refused before anything is written.

    WARDMOTE_DATABASE may name an empty PostgreSQL: a backup of one kind of database can be restored into the other.
    Everybody signs in anew. Exit status 1 when the audit trail that came back is broken.
    """
    from wardmote.web.project.backups_restoring import restore_backup

    found = restore_backup(file, home=home, keys=keys)
    typer.echo(
        f"Restored the state of {found.made_at}: {count_things(found.rows_count, 'row')},"
        f" {count_things(found.files_count, 'file')}."
    )
    for each in found.broken:
        typer.echo(f"  chain {each.chain}, entry {each.number}: {each.found}")
    if found.broken:
        raise typer.Exit(TRAIL_BROKEN)
    typer.echo("Every entry of the audit trail is as it was sealed.")
