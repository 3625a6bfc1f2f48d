"""Since when are a district's present wards in force? Declared, because no look-up says it."""

from functools import cache

from wardmote.evidence.definitions.files import DefinitionReader, read_catalogue_text, read_mapping
from wardmote.evidence.model.areas import kind_of_code
from wardmote.evidence.model.periods import Month

_PATH = "places/ward-changes.yaml"


@cache
def list_ward_changes() -> dict[str, Month]:
    """The month of the first election in its present wards for each district of which the catalogue knows it."""
    return parse_ward_changes(read_catalogue_text(_PATH), f"catalogue/{_PATH}")


def parse_ward_changes(text: str, where: str) -> dict[str, Month]:
    """Check the text of a file of ward changes and return what it declares.

    Raises DefinitionError naming every fault with its line.
    """
    reader = read_mapping(text, where)
    found: dict[str, Month] = {}
    for entry in reader.items("changes"):
        area, month = _read_change(entry)
        if area in found:
            entry.complain(f"{area} stands twice", expected="one entry a district, that of its last change")
        found[area] = month
    reader.finish()
    return found


def _read_change(entry: DefinitionReader) -> tuple[str, Month]:
    area, month = entry.text("area"), entry.month("from")
    entry.text("name")
    entry.text("source")
    if kind_of_code(area) != "district":
        entry.complain(f"area is '{area}'", expected="a district's code, such as E06000035")
    entry.check_known()
    return area, month
