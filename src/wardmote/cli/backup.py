"""`wardmote backup`: database, evidence files and store in one sealed file; the keys apart."""

from pathlib import Path
from typing import Annotated

import typer

from wardmote.cli.options import read_clock
from wardmote.cli.output import count_things
from wardmote.cli.serve import HomeOption


def backup(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The backup to write.", show_default=False)],
    *,
    home: HomeOption = None,
    keys: Annotated[
        Path | None,
        typer.Option("--keys", metavar="FILE", show_default=False, help="Write the keys into a file of their own."),
    ] = None,
    anyway: Annotated[bool, typer.Option("--anyway", help="Even where the audit trail is broken.")] = False,
) -> None:
    """Write a backup while the server runs, sealed with the installation's backup key: it opens with nothing else.

    The keys are not in it. Write them once with --keys and keep them somewhere else: whoever has both reads everything,
    and without the keys nobody reads anything.
    """
    from wardmote.web.project.opening import open_existing

    configuration = open_existing(home)
    from wardmote.web.project.backups import check_trail, write_backup, write_keys

    if not anyway:
        check_trail()
    if keys is not None:
        write_keys(configuration, keys, archive=file)
    kept = write_backup(configuration, file, now=read_clock())
    typer.echo(
        f"Wrote {file}: {count_things(kept.rows_count, 'row')}, {count_things(kept.files_count, 'file')},"
        f" {kept.size_bytes / 1e6:,.1f} MB, sealed."
    )
    typer.echo(
        f"Keys: {keys}. Keep them apart from it." if keys else "The keys are not in it (--keys FILE writes them)."
    )
