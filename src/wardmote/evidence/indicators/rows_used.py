"""Which rows of which input file does a figure count? The same question as the cube's, asked of the rows themselves."""

from wardmote.evidence.definitions.indicators import get_indicator
from wardmote.evidence.indicators.compute import Evidence
from wardmote.evidence.indicators.counting import CUBES
from wardmote.evidence.indicators.forces import find_force
from wardmote.evidence.indicators.places import UNPLACED
from wardmote.evidence.indicators.questions import PLACE_KINDS, TIME_BREAKDOWNS
from wardmote.evidence.model.errors import UsageError
from wardmote.evidence.model.figures import Figure
from wardmote.evidence.model.periods import Period

#: Dimensions that make a figure out of others: the rows are those of the figure it was made from.
DERIVED = ("measure", "against")


def count_rows_by_file(evidence: Evidence, figure: Figure) -> dict[str, dict[int, int]] | None:
    """How many rows of each input file does the figure count? Load id -> position of the file in the load -> rows.

    None where the source keeps no file number with its rows. Rows of a small area that lies in two of the asked areas
    are counted with it, although the figure itself places them by their points.
    """
    numerator = get_indicator(figure.indicator).numerator
    if numerator.table not in CUBES or not evidence.snapshot.has(CUBES[numerator.table][2]):
        return None
    where, parameters = _filter(evidence, figure)
    sql = (
        f"SELECT load_id, file_number, count(*) FROM {CUBES[numerator.table][2]} "
        f"WHERE {' AND '.join(where)} GROUP BY ALL ORDER BY ALL"
    )
    found: dict[str, dict[int, int]] = {}
    for load, number, rows in evidence.snapshot.connection.execute(sql, parameters).fetchall():
        found.setdefault(str(load), {})[int(number)] = int(rows)
    return found


def _filter(evidence: Evidence, figure: Figure) -> tuple[list[str], list[object]]:
    """The rows that the figure counts, as conditions on the table of rows."""
    numerator = get_indicator(figure.indicator).numerator
    dimensions = {name: value for name, value in figure.dimensions if name not in DERIVED}
    period = next((Period.parse(v) for n, v in dimensions.items() if n in TIME_BREAKDOWNS), figure.period)
    force = find_force(evidence.snapshot, evidence.places, figure.area.code, numerator.table)
    where = ["force = ?", "month BETWEEN ? AND ?"]
    parameters: list[object] = [force or "", f"{period.first}-01", f"{period.last}-01"]
    for narrow in (_filter_place, _filter_category):
        condition, values = narrow(evidence, figure, dimensions)
        where += condition
        parameters += values
    return where, parameters


def _filter_place(evidence: Evidence, figure: Figure, dimensions: dict[str, str]) -> tuple[list[str], list[object]]:
    place = next((v for n, v in dimensions.items() if n in PLACE_KINDS), "")
    if (place in ("", UNPLACED)) and figure.area.kind == "force":
        return [], []
    codes = _find_codes(evidence, figure.area.code)
    if place and place != UNPLACED:
        codes &= _find_codes(evidence, place)
    return ["list_contains(?, lsoa_code)"], [sorted(codes)]


def _find_codes(evidence: Evidence, area: str) -> frozenset[str]:
    try:
        members = evidence.places.get_members(area)
    except UsageError:
        return frozenset()
    return members.codes | members.split


def _filter_category(evidence: Evidence, figure: Figure, dimensions: dict[str, str]) -> tuple[list[str], list[object]]:
    numerator = get_indicator(figure.indicator).numerator
    column = CUBES[numerator.table][1]
    where: list[str] = []
    parameters: list[object] = []
    mapping = evidence.tree.find_mapping(numerator.source, numerator.offence) if numerator.offence else None
    allowed = set(mapping.categories) if mapping else None
    if offence := dimensions.get("offence"):
        allowed = {offence}
    elif group := dimensions.get("offence_group"):
        named = {c for c, g in evidence.tree.group_of_category(numerator.source).items() if g == group} or {group}
        allowed = named if allowed is None else named & allowed
    if allowed is not None:
        where.append(f"list_contains(?, {column})")
        parameters.append(sorted(allowed))
    if "outcome" in dimensions:
        where.append("outcome = ?" if column == "outcome" else "coalesce(last_outcome, '') = ?")
        parameters.append(dimensions["outcome"])
    return where, parameters
