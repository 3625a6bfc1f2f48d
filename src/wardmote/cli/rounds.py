"""`wardmote round`: what the application does by itself, once; for cron where no server runs."""

import os
from typing import Annotated

import typer

from wardmote.cli.options import read_clock
from wardmote.cli.serve import HomeOption

STEP_FAILED = 1


def do_round(
    *,
    home: HomeOption = None,
    every: Annotated[
        float,
        typer.Option(
            "--every", min=0, show_default=False, metavar="SECONDS", help="Again and again, until the caller ends."
        ),
    ] = 0,
) -> None:
    """Do what is due: open quarters, send messages and reminders, suspend idle accounts. Safe to repeat.

    A running server does it every few minutes. Exit status 1 when a step failed; the others are done.
    """
    from wardmote.web.project import opening, rounds

    configuration = opening.open_application(home)
    if every:
        parent = int(os.environ.get("WARDMOTE_SERVER", os.getppid()))
        try:
            rounds.do_rounds(configuration.home, every_seconds=every, read_now=read_clock, parent=parent)
        except KeyboardInterrupt:  # Ctrl-C reaches the server's whole family
            return
        return
    opening.prepare_database(configuration)
    done = rounds.do_round(configuration.home, read_clock())
    if done is None:
        typer.echo("Another process is doing the round.")
        return
    for each in done:
        typer.echo(f"  {'failed: ' if each.failed else ''}{each.step}: {each.said}")
    if any(each.failed for each in done):
        raise typer.Exit(STEP_FAILED)
