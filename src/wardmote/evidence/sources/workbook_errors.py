"""Which cells of a sheet hold an error ("#DIV/0!") where a value should be? The reader takes them for empty ones."""

import io
import zipfile
import zlib
from xml.parsers import expat

from wardmote.evidence.model.errors import UnreadableInputError
from wardmote.evidence.sources.workbook_cells import CellPlace, parse_strictly
from wardmote.evidence.sources.workbook_extent import find_titles
from wardmote.evidence.sources.workbook_parts import unpack_part

_LONGEST_ERROR = 40


def list_error_cells(content: bytes, sheet: str) -> dict[tuple[int, int], str]:
    """Which cells of an xlsx's sheet hold an error, and which?

    By row and column, from 0. For a workbook whose extents are checked already (`check_workbook`): what is unpacked
    here was measured there. Nothing for a sheet that is not there.

    Raises UnreadableInputError for what is no workbook.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            titles = {part.casefold(): title for part, title in find_titles(archive).items()}
            found = _ErrorCells()
            for part in archive.infolist():
                if titles.get(part.filename.replace("\\", "/").casefold()) == sheet:
                    parse_strictly(found, unpack_part(content, part), texts=found.take)
    except (zipfile.BadZipFile, zlib.error, expat.ExpatError, EOFError, ValueError) as error:
        raise UnreadableInputError(f"this is not a workbook that can be read ({error})") from error
    return found.cells


class _ErrorCells:
    """Follows the cells of a sheet and keeps those that say of themselves that they hold an error."""

    def __init__(self) -> None:
        self.cells: dict[tuple[int, int], str] = {}
        self._place = CellPlace()
        self._is_error = self._in_value = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        local = name.rpartition(":")[2]
        self._place.follow(local, attributes)
        if local == "c":
            self._is_error = attributes.get("t") == "e"
        self._in_value = self._is_error and local == "v"
        if self._in_value:
            self.cells[self._place.row - 1, self._place.column - 1] = ""

    def take(self, text: str) -> None:
        """Take the text of the element that is open."""
        if self._in_value:
            at = self._place.row - 1, self._place.column - 1
            self.cells[at] = (self.cells[at] + text)[:_LONGEST_ERROR]

    def end(self, name: str) -> None:
        self._in_value = self._in_value and name.rpartition(":")[2] != "v"
