"""The `wardmote` command: its commands, and how errors reach the person."""

import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from wardmote import __version__
from wardmote.cli import (
    assess,
    audit,
    backup,
    check,
    compare,
    demo,
    export,
    fetch,
    figures,
    load,
    loads,
    restore,
    rounds,
    serve,
    status,
    trace,
    undo,
    work,
)
from wardmote.evidence.model.errors import WardmoteError

REFUSED_BY_SYSTEM = 3  # as for input that cannot be read
INTERRUPTED = 130  # what a shell expects of a program that Ctrl-C ended


class Commands(TyperGroup):
    """The group of commands; turns what went wrong into a message on stderr and an exit status."""

    def invoke(self, ctx: Any) -> Any:
        try:
            with _noticing_interruption():
                result = super().invoke(ctx)
                sys.stdout.flush()
        except WardmoteError as error:
            typer.echo(f"wardmote: {error.render()}", err=True)
            raise typer.Exit(error.exit_code) from None
        except KeyboardInterrupt:
            typer.echo("wardmote: stopped; the store is as it was before this command", err=True)
            raise typer.Exit(INTERRUPTED) from None
        except BrokenPipeError:
            _close_stdout()
            raise typer.Exit(0) from None
        except OSError as error:
            where = f"{error.filename}: " if error.filename else ""
            typer.echo(
                f"wardmote: {where}{error.strerror or error}. Check the path, its permissions and room.", err=True
            )
            raise typer.Exit(REFUSED_BY_SYSTEM) from None
        return result


@contextmanager
def _noticing_interruption() -> Iterator[None]:
    """Whatever goes wrong after Ctrl-C was pressed is that Ctrl-C.

    What is not written in Python may make another error of it on its way out: DuckDB says "Query interrupted", and an
    import says that a module is not there.
    """
    pressed: list[int] = []

    def notice(number: int, frame: FrameType | None) -> None:
        pressed.append(number)
        signal.default_int_handler(number, frame)

    is_ours = threading.current_thread() is threading.main_thread()
    before = signal.signal(signal.SIGINT, notice) if is_ours else None
    try:
        yield
    except Exception as error:
        if pressed and not isinstance(error, typer.Exit):
            raise KeyboardInterrupt from error
        raise
    finally:
        if is_ours:
            signal.signal(signal.SIGINT, before)


def _close_stdout() -> None:
    """Whoever read our output has heard enough (`| head`): nothing more is to be written, nor complained about."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


app = typer.Typer(
    cls=Commands,
    name="wardmote",
    help="From police files and open tables to a strategic assessment whose every figure can be traced.",
    epilog="Exit status: 0 done; 1 done, and faults were found; 2 wrong usage; 3 input cannot be read.",
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    add_completion=False,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)


def _show_version(asked: bool) -> None:
    if asked:
        typer.echo(f"wardmote {__version__}")
        raise typer.Exit


@app.callback(invoke_without_command=True)
def start(
    context: typer.Context,
    version: Annotated[  # noqa: ARG001 - answered by its callback
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version and stop.")
    ] = False,
) -> None:
    """Show the help where no command is named."""
    if context.invoked_subcommand is None:
        typer.echo(context.get_help())


#: The commands in the order in which a person meets them, each with its line in the list.
_COMMANDS = (
    ("load", load.load, "Load files, folders or zips of a source."),
    ("loads", loads.loads, "List the loads of the store, or show one."),
    ("undo", undo.undo, "Take a load back."),
    ("figures", figures.figures, "Any indicator for any area and period."),
    ("assess", assess.assess, "The strategic assessment of an area."),
    ("status", status.status, "An action plan's rows: met, missed, or why nobody can say."),
    ("trace", trace.trace, "Where a figure comes from."),
    ("compare", compare.compare, "What changed between two states."),
    ("check", check.check, "The claims of any report, recomputed and judged."),
    ("demo", demo.demo, "The sample partnership, loaded and assessed."),
    ("serve", serve.serve, "The web application: people, plan, returns, status."),
    ("round", rounds.do_round, "What the web application does by itself, once."),
    ("work", work.do_work, "The loads, builds and checks that people asked for, once."),
    ("backup", backup.backup, "Database, evidence files and store, sealed in one file."),
    ("restore", restore.restore, "A backup into an empty home."),
    ("export", export.export, "All that is kept of a partnership, in open formats."),
)
for _name, _command, _line in _COMMANDS:
    app.command(_name, short_help=_line)(_command)
app.command("prepare", hidden=True)(serve.prepare)  # `serve` runs it in a process of its own
app.add_typer(audit.app, name="audit", short_help="The web application's audit trail: verify it, hand it over.")
app.add_typer(fetch.app, name="fetch", short_help="Download from a publisher, then load.")
