"""A plan from its workbook (two sheets) or its flat CSV: rows, their targets through time, and their values."""

from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import cast

from wardmote.evidence.model.errors import UnreadableInputError
from wardmote.evidence.sources.action_plan.columns import (
    FLAT_COLUMNS,
    INDICATOR_COLUMNS,
    INDICATORS_SHEET,
    POLARITIES,
    REPORT_COLUMNS,
    TARGET_COLUMNS,
    TYPED_COLUMNS,
    VALUE_COLUMNS,
    VALUES_SHEET,
)
from wardmote.evidence.sources.action_plan.entries import Faults
from wardmote.evidence.sources.action_plan.table_rows import TableRow, open_tables, read_rows
from wardmote.evidence.sources.action_plan.table_targets import NO_TARGET, read_version
from wardmote.evidence.sources.action_plan.table_terms import read_overrides, read_terms
from wardmote.evidence.sources.action_plan.table_values import join_parts, read_value
from wardmote.evidence.sources.sheets import Sheet
from wardmote.evidence.targets.kinds import Polarity, TargetVersion
from wardmote.evidence.targets.plan import Indicator, Plan, Value
from wardmote.evidence.targets.versions import check_versions

_PROMISES = (*TARGET_COLUMNS, *TYPED_COLUMNS)
_NEEDED = ("id", "title", "target")


@dataclass(slots=True)
class _Draft:
    """A row of the plan while it is gathered from the file's rows."""

    row: TableRow
    polarity: Polarity
    versions: list[TargetVersion] = field(default_factory=list)
    seen: set[tuple[str, ...]] = field(default_factory=set)
    values: list[tuple[TableRow, Value]] = field(default_factory=list)


def read_workbook_plan(path: Path) -> Plan:
    """A plan from the sheets Indicators and Values. Raises UnreadableInputError where either is not there."""
    faults = Faults()
    sheets = open_tables(path, faults)
    rows = read_rows(_get_sheet(path, sheets, INDICATORS_SHEET), INDICATOR_COLUMNS, _NEEDED, faults)
    reports = read_rows(_get_sheet(path, sheets, VALUES_SHEET), VALUE_COLUMNS, ("id", "period", "value"), faults)
    drafts: dict[str, _Draft] = {}
    for row in rows:
        _take_row(drafts, row, is_repeated=False)
    for row in reports:
        _take_value(drafts, row)
    terms, overrides = read_terms(sheets, faults), read_overrides(sheets, drafts, faults)
    plan = _finish(path, drafts, faults)
    held = tuple(replace(row, overrides=tuple(overrides.get(row.id, ()))) for row in plan.indicators)
    return replace(plan, indicators=held, terms=terms)


def read_flat_plan(path: Path) -> Plan:
    """A plan from one table: the first row of an indicator carries what it is, every row may carry a value."""
    faults = Faults()
    (sheet,) = open_tables(path, faults)
    drafts: dict[str, _Draft] = {}
    for row in read_rows(sheet, FLAT_COLUMNS, (*_NEEDED, "period", "value"), faults):
        _take_row(drafts, row, is_repeated=True)
        if row.text("id") in drafts and row.has_any(REPORT_COLUMNS):
            _take_value(drafts, row)
    return _finish(path, drafts, faults)


def _get_sheet(path: Path, sheets: list[Sheet], name: str) -> Sheet:
    found = next((s for s in sheets if s.name.casefold() == name.casefold()), None)
    if found is None:
        raise UnreadableInputError(
            f"there is no sheet '{name}'", where=path.name,
            expected=f"the sheets {INDICATORS_SHEET} and {VALUES_SHEET}",
            to_do="Start from the template that wardmote status --template writes",
        )  # fmt: skip
    return found


def _take_row(drafts: dict[str, _Draft], row: TableRow, *, is_repeated: bool) -> None:
    """A new row of the plan, or another version of a known row's target."""
    identity = row.text("id")
    if not identity:
        row.faults.add("this row has no id", row.where("id"), to_do="Give it an id of its own", code="missing_id")
    elif identity not in drafts:
        _start(drafts, identity, row)
    elif _contradicts(drafts[identity].row, row) or not (is_repeated or _is_later_version(row)):
        row.faults.add(
            f"the id '{identity}' stands here again", row.where("id"), expected="an id of its own for every row",
            to_do="For another target of the same row, fill 'Target from' and repeat nothing else", code="doubled_id",
        )  # fmt: skip
    elif row.has_any(_PROMISES):
        _add_version(drafts[identity], row)


def _start(drafts: dict[str, _Draft], identity: str, row: TableRow) -> None:
    before = row.faults.errors_count
    if not row.text("title"):
        row.faults.add("this row does not say what is measured", row.where("title"), code="title")
    polarity = row.choice("polarity", POLARITIES) or "none"
    row.number("priority_no")
    draft = _Draft(row, cast(Polarity, polarity))
    _add_version(draft, row)
    if row.faults.errors_count == before:
        drafts[identity] = draft


def _contradicts(first: TableRow, row: TableRow) -> bool:
    """Does a later row say something else of what the row is?"""
    names = ("title", "polarity", "unit")
    return any(row.text(name) and row.text(name).casefold() != first.text(name).casefold() for name in names)


def _is_later_version(row: TableRow) -> bool:
    return row.has_any(_PROMISES) and bool(row.text("valid_from") or row.text("valid_to"))


def _add_version(draft: _Draft, row: TableRow) -> None:
    """The row's target, unless it only says again what was read. The unit is that of the first row."""
    said = tuple(row.text(c.field) for c in _PROMISES)
    if said in draft.seen:
        return
    draft.seen.add(said)
    first = draft.row
    cells = {**row.cells, "unit": row.cells.get("unit") or first.cells.get("unit")}
    whole = TableRow(cells, row.headings, row.place, row.faults)
    version = read_version(whole, title=first.text("title"), polarity=draft.polarity)
    if version is not None:
        draft.versions.append(version)


def _take_value(drafts: dict[str, _Draft], row: TableRow) -> None:
    identity = row.text("id")
    if identity not in drafts:
        what = f"there is no indicator '{identity}'" if identity else "this value has no id"
        row.faults.add(what, row.where("id"), expected="an id of the indicators", code="unknown_id")
        return
    value = read_value(row, unit=drafts[identity].row.text("unit"))
    if value is not None:
        drafts[identity].values.append((row, value))


def _finish(path: Path, drafts: dict[str, _Draft], faults: Faults) -> Plan:
    indicators = tuple(_build(identity, draft, path.stem) for identity, draft in drafts.items())
    for indicator in indicators:
        faults.found += check_versions(indicator)
    return Plan(path.stem, indicators, tuple(faults.found))


def _build(identity: str, draft: _Draft, plan: str) -> Indicator:
    row = draft.row
    return Indicator(
        identity,
        row.text("title"),
        draft.polarity,
        tuple(draft.versions) or (TargetVersion(NO_TARGET),),
        tuple(_join_values(draft.values)),
        priority_no=int(row.number("priority_no") or 0),
        priority_title=row.text("priority"),
        unit=row.text("unit"),
        owner=row.text("owner"),
        series_key=identity,  # the template says that an id never changes, so last year's row is this one's past
        plan=plan,
        source=row.place,
    )


def _join_values(rows: list[tuple[TableRow, Value]]) -> list[Value]:
    """Values in the order of the file; rows with parts become one.

    The same period twice is a fault. Two different values of it are both kept: which is right is for people to say,
    and the status of the period says so where it matters.
    """
    values: list[Value] = []
    for members in _gather(rows).values():
        row, _ = members[0]
        if row.text("part"):
            joined = join_parts(members)
            values += [joined] if joined is not None else []
            continue
        if len(members) > 1:
            row.faults.add("this period stands twice for the same row", members[-1][0].where("period"),
                           to_do="Take one of the two out, or name their measures", code="doubled_value")  # fmt: skip
        values += _drop_repeats([value for _, value in members])
    return values


def _drop_repeats(values: list[Value]) -> list[Value]:
    """The values that say different things; of those that say the same, the first."""
    return list({(value.best, value.text, value.change_pct): value for value in reversed(values)}.values())[::-1]


def _key(row: TableRow, value: Value) -> tuple[str, ...]:
    return (
        value.period.casefold(),
        value.measure.casefold(),
        value.state,
        value.basis,
        "part" if row.text("part") else "",
    )


def _gather(rows: list[tuple[TableRow, Value]]) -> dict[tuple[str, ...], list[tuple[TableRow, Value]]]:
    """The rows of each value together, in the order in which the values begin."""
    gathered: dict[tuple[str, ...], list[tuple[TableRow, Value]]] = {}
    for row, value in rows:
        gathered.setdefault(_key(row, value), []).append((row, value))
    return gathered
