"""The performance report of a plan: as a document in every format, and as a workbook to filter."""

from collections.abc import Sequence
from datetime import date, datetime, time
from pathlib import Path

from wardmote.evidence.model.errors import UsageError
from wardmote.evidence.reports.document import Block, Callout, Document, Paragraph, Section, inline
from wardmote.evidence.reports.look import DEFAULT_LOOK, Look
from wardmote.evidence.reports.performance.notes import build_notes, build_unread, list_unread
from wardmote.evidence.reports.performance.rows import Part, find_newest_day, part_plans
from wardmote.evidence.reports.performance.sections import PlanReport
from wardmote.evidence.reports.performance.tables import count_plans
from wardmote.evidence.reports.performance.words import count_things
from wardmote.evidence.reports.performance.workbook import write_workbook
from wardmote.evidence.reports.writers.write import WRITERS
from wardmote.evidence.targets.plan import Plan
from wardmote.evidence.targets.statuses import DEFAULT_SETTINGS, IndicatorStatus, Settings

DEFAULT_TITLE = "Performance report"


def write_performance_report(
    plan: Plan,
    judged: Sequence[IndicatorStatus],
    out: Path,
    *,
    as_at: date | None = None,
    title: str = "",
    settings: Settings = DEFAULT_SETTINGS,
    look: Look = DEFAULT_LOOK,
) -> None:
    """Write the performance report in the format that the path's ending names: html, docx, odt, pdf or xlsx.

    Parameters: as for `build_performance_document`. A workbook has a sheet for each section, each with filters, and
    one flat sheet with every period's status. Raises UsageError for another ending, before anything is written.
    """
    form = out.suffix.lower().removeprefix(".")
    if form not in WRITERS:
        known = ", ".join(f".{name}" for name in WRITERS)
        raise UsageError(f"{out.name} is of no known form", expected=f"one of {known}", to_do="Change the ending")
    document = build_performance_document(plan, judged, as_at=as_at, title=title, settings=settings, look=look)
    if form == "xlsx":
        write_workbook(document, [PlanReport(part, settings, as_at=as_at) for part in part_plans(plan, judged)], out)
    else:
        WRITERS[form](document, out)


def build_performance_document(
    plan: Plan,
    judged: Sequence[IndicatorStatus],
    *,
    as_at: date | None = None,
    title: str = "",
    settings: Settings = DEFAULT_SETTINGS,
    look: Look = DEFAULT_LOOK,
) -> Document:
    """What did the partnership promise, what came of it, and what should the next meeting talk about?

    Parameters
    ----------
    plan, judged : the plan and one judgement for each of its indicators (`assess_plan`), with the same `settings`.
    as_at : the day that the report speaks from; without it the last day of which anything was reported.
    title : the report's title.
    look : colours, logo and Word reference of the publisher.

    Returns
    -------
    Document : the latest plan's glance as its summary, then every part; several plans each as a part, latest first.

    Raises
    ------
    UsageError : an empty plan, an indicator without judgement, or neither `as_at` nor any dated value.
    """
    if not plan.indicators:
        raise UsageError("the plan holds no indicator", expected="at least one", to_do="Check the plan's file")
    parts = part_plans(plan, judged)
    unread = list_unread(plan)
    reports = [PlanReport(part, settings, is_alone=len(parts) == 1, as_at=as_at) for part in parts]
    return Document(
        title=title or DEFAULT_TITLE,
        subtitle=_name_subject(plan, parts),
        area_name="",
        period_title=parts[0].period_title,
        publisher=_name_publisher(plan, parts),
        as_at=datetime.combine(_choose_day(plan, as_at), time()),
        audience="Community Safety Partnership",
        sections=(*_list_sections(reports), *([build_unread(plan)] if unread else []), build_notes(settings)),
        summary=(*_warn_unread(len(unread)), *reports[0].build_glance(), *_count_others(parts)),
        look=look,
        landscape=True,
    )


def _warn_unread(count: int) -> tuple[Block, ...]:
    """A row that could not be read is not in the report, and a reader must know it before the counts."""
    if not count:
        return ()
    words = f"{count_things(count, 'part')} of the plan's file could not be read. They are listed near the end."
    return (Callout("caution", inline(words)),)


def _count_others(parts: Sequence[Part]) -> tuple[Block, ...]:
    """Of several plans the summary speaks of the newest; the others are counted beside it."""
    if len(parts) == 1:
        return ()
    words = f"What stands above is of {_name_part(parts[0])}. Each plan has its own part below."
    return (Section("plans", "By plan", (Paragraph(inline(words)), count_plans(parts, "plan-counts"))),)


def _list_sections(reports: Sequence[PlanReport]) -> tuple[Section, ...]:
    """One plan's sections as they are; of several plans each plan as a section, the older with its own glance."""
    if len(reports) == 1:
        return reports[0].build_body()
    return tuple(_wrap_plan(report) for report in reports)


def _wrap_plan(report: PlanReport) -> Section:
    glance = Section(report.name("glance"), "At a glance", report.build_glance())
    inner = report.build_body() if report.part.is_latest else (glance, *report.build_body())
    return Section(report.part.slug, _name_part(report.part), inner)


def _name_part(part: Part) -> str:
    return part.name or part.period_title


def _name_subject(plan: Plan, parts: Sequence[Part]) -> str:
    """Which plan, and how many before it."""
    name = _name_part(parts[0]) or plan.title
    return f"{name}, with {count_things(len(parts) - 1, 'earlier plan')}" if len(parts) > 1 else name


def _name_publisher(plan: Plan, parts: Sequence[Part]) -> str:
    """The plan's own title, unless it is only a file's name or is said in the subtitle already."""
    is_name = any(char.isupper() or char == " " for char in plan.title) and plan.title != parts[0].name
    return plan.title if is_name else "Community Safety Partnership"


def _choose_day(plan: Plan, as_at: date | None) -> date:
    day = as_at or find_newest_day(plan.indicators)
    if day is None:
        raise UsageError(
            "no value of the plan is dated", expected="the day that the report speaks from",
            to_do="Name the day with as_at",
        )  # fmt: skip
    return day
