"""Tables of places as CSV: every row says what it is, of when, and by which state of the store."""

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from django.http import HttpResponse

from wardmote.web.foundation.clock import read_now

if TYPE_CHECKING:
    from wardmote.evidence.model.figures import Figure

Cell = str | float | int | None

#: Licences of what the figures and the boundaries are made of, as their publishers ask to be named.
SOURCE_WORDS = (
    "Contains public sector information licensed under the Open Government Licence v3.0; boundaries contain OS data "
    "\N{COPYRIGHT SIGN} Crown copyright and database right"
)


def answer_csv(
    name: str, columns: Sequence[str], rows: Iterable[Sequence[Cell]], about: Mapping[str, Cell]
) -> HttpResponse:
    """A download whose last columns, the same in every row, say what the table is of."""
    told = {**about, "downloaded_at": read_now().isoformat(timespec="seconds")}
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([*columns, *told])
    for row in rows:
        writer.writerow([_write(cell) for cell in (*row, *told.values())])
    response = HttpResponse("\ufeff" + text.getvalue(), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{_name_file(name)}.csv"'
    response.headers["Cache-Control"] = "no-store"
    return response


def _write(cell: Cell) -> str:
    """A number in full; a text that a spreadsheet would take for a formula is kept from being one."""
    if cell is None:
        return ""
    if isinstance(cell, float):
        return repr(int(cell)) if cell.is_integer() else repr(cell)
    text = str(cell)
    return f"'{text}" if isinstance(cell, str) and text[:1] in "=+-@\t\r" and text[:1] else text


def _name_file(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")


def list_loads(figure: "Figure | None") -> str:
    """The loads from which a figure was counted."""
    return " ".join(figure.loads) if figure else ""
