"""`wardmote export`: all that is kept of a partnership, in open formats."""

from pathlib import Path
from typing import Annotated

import typer

from wardmote.cli.options import read_clock
from wardmote.cli.output import count_things
from wardmote.cli.serve import HomeOption


def export(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="A new folder.", show_default=False)],
    *,
    partnership: Annotated[str, typer.Option("--partnership", metavar="SLUG", help="Whose, as in its address.")],
    home: HomeOption = None,
) -> None:
    """Write plans as JSON, every version of every value and every record as CSV, evidence files, the audit trail.

    The folder holds personal data: names and e-mail addresses of the partnership's people.
    """
    from wardmote.web.project.opening import open_existing

    open_existing(home)
    from wardmote.web.project.exports import find_partnership, write_export

    found = write_export(find_partnership(partnership), folder, now=read_clock())
    typer.echo(
        f"Wrote {folder}: {count_things(found.rows_count, 'row')} in {count_things(found.tables_count, 'table')},"
        f" {count_things(found.files_count, 'file')},"
        f" {count_things(found.entries_count, 'audit entry', 'audit entries')}. Start with README.md."
    )
