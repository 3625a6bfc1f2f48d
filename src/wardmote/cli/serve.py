"""`wardmote serve`: the partnership's web application, with nothing to configure."""

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from wardmote.web.project.configuration import Configuration
    from wardmote.web.project.serving import Place

HomeOption = Annotated[
    Path | None,
    typer.Option(
        "--home", envvar="WARDMOTE_HOME", show_default=False, metavar="DIR",
        help="Folder of the installation: database, files, store, keys; else a data folder of your account.",
    ),
]  # fmt: skip


def serve(
    *,
    home: HomeOption = None,
    host: Annotated[str, typer.Option("--host", help="The address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", min=1, max=65535, help="The port to listen on.")] = 8000,
    workers: Annotated[
        int, typer.Option("--workers", min=0, show_default=False, help="Processes; else one for each core.")
    ] = 0,
    sample: Annotated[
        bool, typer.Option("--sample", help="Load the sample partnership and print a way in for each role.")
    ] = False,
) -> None:
    """Serve the web application until Ctrl-C. The first start prints a one-time link for the administrator.

    Data lies in the home, on SQLite; WARDMOTE_DATABASE=postgresql://user:password@host/name puts it on PostgreSQL.
    """
    from wardmote.web.project.opening import keep_private, make_home
    from wardmote.web.project.serving import Place, check_port, run_server

    place = Place(host, port, workers)
    check_port(place)
    keep_private()
    make_home(home)
    _name_address(place)
    _prepare_beside(place, sample=sample)
    run_server(place, tell=typer.echo)


def _prepare_beside(place: "Place", *, sample: bool) -> None:
    """Do the first work in a process of its own, which is gone before the server forks.

    Loading the sample draws charts and reads tables: libraries with threads of their own. A worker that is forked
    beside such threads waits for them for ever when it uses the same library.
    """
    command = [sys.executable, "-m", "wardmote", "prepare", "--host", place.host, *(["--sample"] if sample else [])]
    done = subprocess.run(command, stdin=subprocess.DEVNULL, check=False)  # noqa: S603 - our own command
    if done.returncode:
        raise typer.Exit(max(done.returncode, 1))


def prepare(
    *,
    host: Annotated[str, typer.Option("--host")] = "127.0.0.1",
    sample: Annotated[bool, typer.Option("--sample")] = False,
) -> None:
    """Make the home and its database ready, and print the way in: what `wardmote serve` does before it serves."""
    from wardmote.web.project import opening
    from wardmote.web.project.serving import Place, find_warning

    configuration = opening.open_application()
    opening.prepare_database(configuration)
    opening.check_application()
    typer.echo(f"Data: {configuration.home} ({'PostgreSQL' if configuration.database_url else 'SQLite'})")
    warning = find_warning(configuration, Place(host, 0))
    if warning:
        typer.echo(warning, err=True)
    _welcome(configuration, sample=sample)
    opening.close_database()


def _name_address(place: "Place") -> None:
    """Links in messages name the port that is served, unless the installation has an address of its own."""
    from wardmote.web.project.configuration import note_served, read_configuration

    note_served(read_configuration().home, place.address)
    os.environ["WARDMOTE_URL"] = read_configuration().url


def _welcome(configuration: "Configuration", *, sample: bool) -> None:
    from wardmote.web.project.serving_welcome import list_ways_in, make_first_link, say_who_is_missing

    if sample:
        typer.echo("The sample partnership: everything in it is invented. A link for each role, good for one sign-in:")
        for way in list_ways_in(configuration.url):
            typer.echo(f"  {way.role:<15} {way.link}")
        return
    link = make_first_link(configuration.url)
    if link:
        typer.echo(f"{say_who_is_missing()} (the link works once):\n  {link}")
