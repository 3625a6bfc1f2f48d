"""`wardmote work`: the loads, builds and checks that people asked for; for a machine where no server runs."""

import os
from typing import Annotated

import typer

from wardmote.cli.serve import HomeOption


def do_work(
    *,
    home: HomeOption = None,
    stay: Annotated[bool, typer.Option("--stay", help="Wait for more, until the caller ends.")] = False,
) -> None:
    """Do the jobs that wait: loads, builds of documents, checks of reports. A running server does them by itself."""
    from wardmote.web.project import opening, working

    configuration = opening.open_application(home)
    if stay:
        parent = int(os.environ.get("WARDMOTE_SERVER", os.getppid()))
        try:
            working.do_jobs(configuration.home, parent=parent)
        except KeyboardInterrupt:  # Ctrl-C reaches the server's whole family
            return
        return
    opening.prepare_database(configuration)
    if not working.do_jobs_once(configuration.home):
        typer.echo("Another process does the jobs already: a running server, or 'wardmote work' elsewhere.")
