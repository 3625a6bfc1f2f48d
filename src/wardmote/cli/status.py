"""`wardmote status`: what may honestly be said of every row of an action plan."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from wardmote.cli.options import JsonOption
from wardmote.cli.output import count_things, describe_fault, print_faults, print_json, print_table, sort_faults
from wardmote.evidence.interface import AMBER_WITHIN_PCT, SMALL_NUMBER
from wardmote.evidence.model.errors import UsageError

if TYPE_CHECKING:
    from wardmote.evidence.targets.plan import Indicator, Plan
    from wardmote.evidence.targets.statuses import Colour, IndicatorStatus, PeriodStatus

FAULTS_FOUND = 1
_COLOURS: "tuple[Colour, ...]" = ("red", "amber", "grey", "green")


def status(
    files: Annotated[
        list[Path] | None,
        typer.Argument(metavar="FILE...", help="Action plans: .json, .yaml, .xlsx or .csv.", show_default=False),
    ] = None,
    *,
    outs: Annotated[
        list[Path] | None,
        typer.Option(
            "--out",
            metavar="FILE",
            show_default=False,
            help="Write the performance report: .html, .docx, .odt, .pdf or .xlsx. May be said again.",
        ),
    ] = None,
    template: Annotated[
        Path | None,
        typer.Option("--template", metavar="FILE", show_default=False, help="Write a plan to fill: .xlsx or .csv."),
    ] = None,
    plans: Annotated[
        list[str] | None,
        typer.Option("--plan", metavar="NAME", show_default=False, help="Only this plan of the file; may be repeated."),
    ] = None,
    as_at: Annotated[
        str,
        typer.Option(
            "--as-at",
            metavar="DATE",
            show_default=False,
            help="The day by which an action may be overdue; else as the file says.",
        ),
    ] = "",
    amber_within: Annotated[
        float | None,
        typer.Option(
            "--amber-within",
            metavar="PCT",
            show_default=False,
            help=f"A miss of at most this share of the target is amber; as in the file, else {AMBER_WITHIN_PCT:g}.",
        ),
    ] = None,
    small_number: Annotated[
        float | None,
        typer.Option(
            "--small-number",
            metavar="N",
            show_default=False,
            help=f"Counts below this are marked; as in the file, else {SMALL_NUMBER:g}.",
        ),
    ] = None,
    title: Annotated[str, typer.Option("--title", show_default=False, help="The report's title.")] = "",
    as_json: JsonOption = False,
) -> None:
    """The status of every row of an action plan: met, missed, or the reason why nobody can say.

    Exit status 1 when rows of a file could not be used; the others are answered. A colour is never an exit status.
    """
    from wardmote.evidence import interface

    named, reports, day = files or [], outs or [], _parse_day(as_at)
    if not named:
        _check_template_alone(template, reports)
    if template is not None:
        interface.write_plan_template(template)
        typer.echo(f"Wrote {template}", err=as_json)
    if not named:
        return
    interface.check_plan_reports(reports, named)
    plan = interface.choose_plans(interface.read_plans(named), plans or [])
    terms: Mapping[str, Any] = {"as_at": day, "amber_within_pct": amber_within, "small_number": small_number}
    judged = interface.judge_plan(plan, **terms)
    interface.write_plan_reports(plan, judged, reports, title=title, **terms)
    if as_json:
        _print_as_json(plan, judged)
    else:
        _print_for_people(plan, judged)
    for report in reports:
        typer.echo(f"Wrote {report}", err=as_json)
    if any(fault.severity == "error" for fault in plan.faults):
        raise typer.Exit(FAULTS_FOUND)


def _check_template_alone(template: Path | None, reports: Sequence[Path]) -> None:
    if template is None or reports:
        raise UsageError(
            "no action plan is named", expected="such as: wardmote status plan.xlsx",
            to_do="Run 'wardmote status --template plan.xlsx' for a plan to fill",
        )  # fmt: skip


def _parse_day(text: str) -> date | None:
    if not text:
        return None
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        raise UsageError(f"'{text}' is not a day", expected="a day such as 2026-01-31") from None


def _print_as_json(plan: "Plan", judged: "tuple[IndicatorStatus, ...]") -> None:
    from wardmote.evidence import interface

    print_json(
        {
            "schema": "status-1",
            "indicators": interface.describe_statuses(plan, judged),
            "faults": [describe_fault(fault) for fault in sort_faults(plan.faults)],
        }
    )


def _print_for_people(plan: "Plan", judged: "tuple[IndicatorStatus, ...]") -> None:
    """The latest status of every row, exceptions first; then how many of each, and what is odd."""
    from wardmote.evidence import interface

    ordered = interface.list_by_urgency(plan, judged)
    if ordered:
        headings = ("status", "row", "indicator", "period", "value", "target", "why")
        print_table(headings, [_row(row, latest) for row, latest in ordered], numeric=("value",))
    typer.echo(f"{count_things(len(plan.indicators), 'row')}: {_count_colours(ordered)}")
    warnings = sum(len(a.warnings) + sum(len(p.warnings) for p in a.periods) for a in judged)
    if warnings:
        typer.echo(f"{count_things(warnings, 'warning')} about what was reported; --json and --out show them")
    print_faults(plan.faults, more="all with --json")


def _count_colours(ordered: "Sequence[tuple[Indicator, PeriodStatus]]") -> str:
    counts = Counter(latest.status for _, latest in ordered)
    return ", ".join(f"{counts[colour]:,} {colour}" for colour in _COLOURS)


def _row(row: "Indicator", latest: "PeriodStatus") -> tuple[str, ...]:
    colour = f"{latest.status} (set by hand)" if latest.computed else latest.status
    return colour, row.id, row.title, latest.period, latest.shown_value, latest.shown_target, latest.why
