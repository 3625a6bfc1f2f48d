"""How answers look: JSON for machines, tables and faults for people, progress on stderr."""

import json
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import typer

from wardmote.evidence.model.errors import Fault, render_fault

if TYPE_CHECKING:
    from rich.table import Table

MOST_FAULTS = 20
_RANK = {"error": 0, "warning": 1}


def print_json(body: object) -> None:
    """One JSON document on stdout. A number that JSON cannot write is a fault of ours, so it is not let through."""
    typer.echo(json.dumps(body, indent=1, ensure_ascii=False, allow_nan=False))


def describe_fault(fault: Fault) -> dict[str, Any]:
    """A fault as plain values."""
    return {
        "severity": fault.severity, "found": fault.found, "where": fault.where, "expected": fault.expected,
        "to_do": fault.to_do, "rows": fault.rows, "code": fault.code,
    }  # fmt: skip


def sort_faults(faults: Iterable[Fault]) -> list[Fault]:
    """The worst first: errors before warnings, then what cost most rows."""
    return sorted(faults, key=lambda f: (_RANK[f.severity], -f.rows))


def print_faults(faults: Iterable[Fault], *, more: str) -> None:
    """The worst faults, a line each; `more` says where the others are to be read."""
    ordered = sort_faults(faults)
    for fault in ordered[:MOST_FAULTS]:
        typer.echo(f"  {fault.severity}: {render_fault(fault)}")
    if len(ordered) > MOST_FAULTS:
        typer.echo(f"  … and {len(ordered) - MOST_FAULTS} more; {more}")


def count_things(number: int, one: str, many: str = "") -> str:
    """1 file, 2 files."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def print_table(headings: Sequence[str], rows: Iterable[Sequence[str]], *, numeric: Sequence[str] = ()) -> None:
    """A table for people; columns named in `numeric` stand at the right."""
    from rich import box
    from rich.table import Table

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    for heading in headings:
        table.add_column(heading, justify="right" if heading in numeric else "left", overflow="fold")
    for row in rows:
        table.add_row(*row)
    _print_rich(table)


def _print_rich(table: "Table") -> None:
    from rich.console import Console
    from rich.measure import Measurement

    console = Console(highlight=False, markup=False)
    if not console.is_terminal:  # in a file or pipe a line is a row, however long
        console.width = max(Measurement.get(console, console.options.update(max_width=10_000), table).maximum, 80)
    console.print(table)


@contextmanager
def show_progress() -> Iterator[Callable[[str, int, int], None]]:
    """A progress line on stderr, only on a terminal; yields what is to be told (name, done, total)."""
    if not sys.stderr.isatty():
        yield lambda _name, _done, _total: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("starting", total=None)

        def tell(name: str, done: int, total: int) -> None:
            progress.update(task, description=name[-60:], completed=done, total=total or None)

        yield tell
