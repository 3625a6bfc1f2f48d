"""`wardmote figures`: any indicator for any area and period, for people, spreadsheets or machines."""

import csv
import sys
from typing import TYPE_CHECKING, Annotated

import typer

from wardmote.cli.options import AsAtOption, JsonOption, StoreOption, find_store_folder, parse_as_at
from wardmote.cli.output import print_json, print_table
from wardmote.evidence.model.errors import UsageError

if TYPE_CHECKING:
    from wardmote.evidence.indicators.compute import Evidence
    from wardmote.evidence.model.figures import Figure, FigureTable

SCOPES = ("force", "all")


def figures(
    indicator: Annotated[str | None, typer.Argument(help="An indicator's id, such as crime_count.")] = None,
    *,
    area: Annotated[str, typer.Option("--area", metavar="CODE", show_default=False, help="Any area's code.")] = "",
    period: Annotated[
        str, typer.Option("--period", show_default=False, help="2021/22, 2021/22Q3, 2022, 2022-06, 2021-07..2022-06.")
    ] = "",
    by: Annotated[
        str,
        typer.Option("--by", metavar="NAMES", show_default=False, help="Breakdown, such as month,ward@2024,offence."),
    ] = "",
    scope: Annotated[
        str, typer.Option("--scope", help="force: the area's own force; all: every force's rows in the area.")
    ] = "force",
    as_at: AsAtOption = None,
    as_csv: Annotated[bool, typer.Option("--csv", help="Answer as CSV.")] = False,
    as_json: JsonOption = False,
    list_all: Annotated[bool, typer.Option("--list", help="List the indicators.")] = False,
    store: StoreOption = None,
) -> None:
    """The figures of an indicator. A true zero is printed; what is not held has no value and says why."""
    if list_all:
        _list_indicators(as_json=as_json)
        return
    name = _check_question(indicator, area, period, scope=scope, as_csv=as_csv, as_json=as_json)
    from wardmote.evidence import interface

    interface.check_indicator(name)
    opened = interface.open_store(find_store_folder(store))
    evidence = interface.open_evidence(opened, as_at=parse_as_at(as_at))
    table = interface.ask_figures(evidence, name, area, period, by, scope="all" if scope == "all" else "force")
    if as_csv:
        print_csv(table)
    elif as_json:
        _print_as_json(table, evidence, scope=scope, as_at=as_at)
    else:
        _print_for_people(table, evidence)


def _check_question(indicator: str | None, area: str, period: str, *, scope: str, as_csv: bool, as_json: bool) -> str:
    absent = [what for what, said in (("INDICATOR", indicator), ("--area", area), ("--period", period)) if not said]
    if absent:
        raise UsageError(
            f"{' and '.join(absent)} must be said",
            expected="such as: wardmote figures crime_count --area E06000035 --period 2021/22",
            to_do="Run 'wardmote figures --list' to see the indicators",
        )
    if scope not in SCOPES:
        raise UsageError(f"there is no scope '{scope}'", expected="force or all")
    if as_csv and as_json:
        raise UsageError("--csv and --json cannot both be had", expected="one of them")
    return indicator or ""


def _list_indicators(*, as_json: bool) -> None:
    from wardmote.evidence import interface

    found = interface.list_indicators()
    if as_json:
        entries = [
            {"id": d.id, "title": d.title, "question": d.question, "unit": d.unit, "source": d.numerator.source}
            for d in found.values()
        ]
        print_json({"schema": "indicators-1", "indicators": entries})
        return
    rows = [(d.id, d.title, d.unit, d.numerator.source) for d in found.values()]
    print_table(("indicator", "title", "unit", "source"), rows)


# -- CSV ----------------------------------------------------------------------------------------------------
def print_csv(table: "FigureTable") -> None:
    """The table as CSV: counts as integers, other numbers with four decimals, an empty value where there is none."""
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(["indicator", "area", "period", *table.breakdown, "value", "unit", "low", "high", "state"])
    writer.writerows(_csv_row(f) for f in table.figures)


def _csv_row(figure: "Figure") -> list[str]:
    low, high = (figure.interval.low, figure.interval.high) if figure.interval else (None, None)
    return [
        figure.indicator, figure.area.code, str(figure.period), *(v for _, v in figure.dimensions),
        _write_number(figure.value, whole=figure.denominator is None), figure.unit,
        _write_number(low), _write_number(high), figure.state,
    ]  # fmt: skip


def _write_number(value: float | None, *, whole: bool = False) -> str:
    """Whole counts have no decimals; a limit that does not exist is empty."""
    if value is None or value in (float("inf"), float("-inf")) or value != value:  # noqa: PLR0124 - not a number
        return ""
    return str(int(value)) if whole and float(value).is_integer() else f"{value:.4f}"


# -- JSON ---------------------------------------------------------------------------------------------------
def _print_as_json(table: "FigureTable", evidence: "Evidence", *, scope: str, as_at: str | None) -> None:
    from wardmote.evidence import interface

    moment = parse_as_at(as_at)
    first = table.figures[0]
    print_json(
        {
            "schema": "figures-table-1",
            "indicator": table.indicator,
            "area": first.area.code,
            "period": str(first.period),
            "breakdown": list(table.breakdown),
            "scope": scope,
            "as_at": moment.isoformat() if moment else None,
            "notes": list(table.notes),
            "titles": table.titles,
            "figures": interface.describe_figures(evidence, table),
        }
    )


# -- for people ---------------------------------------------------------------------------------------------
def _print_for_people(table: "FigureTable", evidence: "Evidence") -> None:
    from wardmote.evidence import interface

    first = table.figures[0]
    definition = interface.describe_indicator(evidence, table.indicator)
    typer.echo(f"{definition.title}: {first.area.title}, {first.period.title} ({first.unit})")
    if table.breakdown or first.is_known:
        headings = [*table.breakdown, "value", *(["95% interval"] if any(f.interval for f in table.figures) else [])]
        rows = [_person_row(table, f, len(headings)) for f in table.figures]
        print_table(headings, rows, numeric=headings[len(table.breakdown) :])
    _print_reasons(table)
    for note in (*table.notes, *definition.caveats):
        typer.echo(f"Note: {note}")


def _person_row(table: "FigureTable", figure: "Figure", width: int) -> list[str]:
    from wardmote.evidence import interface

    cells = [_title(table, name, value) for name, value in figure.dimensions]
    return [*cells, *interface.write_value(figure)][:width]


def _title(table: "FigureTable", name: str, value: str) -> str:
    title = table.title_of(name, value)
    return title if title == value else f"{title} ({value})"


def _print_reasons(table: "FigureTable") -> None:
    """Each kind of reason why values are missing, once: how many figures, the first reason, how many are like it."""
    reasons: dict[str, list[str]] = {}
    for figure in table.figures:
        if figure.missing:
            reasons.setdefault(figure.missing.code, []).append(figure.missing.why)
    for whys in reasons.values():
        different = len(set(whys)) - 1
        head = "missing" if len(table.figures) == 1 else f"{len(whys):,} missing ([x])"
        tail = f"; {different:,} more reasons of this kind" if different else ""
        typer.echo(f"{head}: {whys[0]}{tail}")
