"""An assessment as pages show it."""

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Any

from wardmote.evidence.interface import count_held, list_assessment_sections
from wardmote.evidence.model.periods import Period
from wardmote.web.foundation.design.words import say_count, say_number
from wardmote.web.observatory.assessments.models import AssessmentSection
from wardmote.web.observatory.assessments.states import SectionState

if TYPE_CHECKING:
    from wardmote.evidence.interface import NamedFigure

_COLOURS = {
    SectionState.EMPTY: "plain", SectionState.WRITTEN: "light-blue", SectionState.SUBMITTED: "yellow",
    SectionState.APPROVED: "green",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class ShownState:
    """Where a section stands, in words and in the colour of its tag."""

    words: str
    colour: str


def show_state(section: AssessmentSection) -> ShownState:
    """A draft whose words are at fault says so before all else."""
    state = SectionState(section.state)
    if section.number and section.faults is None:
        return ShownState("Not checked yet", "purple")
    if section.faults:
        return ShownState("1 fault" if len(section.faults) == 1 else f"{len(section.faults)} faults", "red")
    return ShownState(state.label, _COLOURS[state])


@dataclass(frozen=True, slots=True)
class DiffLine:
    """One line of two versions side by side: "same", "gone" or "new"."""

    kind: str
    text: str


def compare_texts(before: str, after: str) -> list[DiffLine]:
    """What became of each line between two versions, in order."""
    old, new = before.split("\n"), after.split("\n")
    found: list[DiffLine] = []
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            found += [DiffLine("same", line) for line in old[a:b]]
        else:
            found += [DiffLine("gone", line) for line in old[a:b]] + [DiffLine("new", line) for line in new[c:d]]
    return found


def list_years(today: Any) -> list[tuple[str, str]]:
    """Financial years that may be chosen: the newest that has ended first, then the one under way, then older ones."""
    current = today.year if today.month >= 4 else today.year - 1
    years = [current - 1, current, *range(current - 2, current - 8, -1)]
    names = [str(Period.financial_year(year)) for year in years]
    return [(name, f"{name} (not over yet)" if year == current else name)
            for year, name in zip(years, names, strict=True)]  # fmt: skip


def group_faults(faults: Iterable[dict[str, Any]], text: str) -> list[dict[str, Any]]:
    """Faults with the sentence or reference that each speaks of; those kept without one, with their line."""
    lines = text.split("\n")
    return [
        {**fault, "quote": fault.get("quote") or _find_line(lines, fault["line"])} for fault in faults
    ]  # fmt: skip


def _find_line(lines: list[str], number: int) -> str:
    return lines[number - 1].strip() if 0 < number <= len(lines) else ""


def say_held(text: str) -> str:
    """What of words without a fault was held against the data, and what was not."""
    held = count_held(text)
    directions = f"{say_count(held.directions_count, 'word')} of direction or rank held against them"
    if not held.figures_count:
        return "It names no figure, so nothing was held against the data. Every word of it is yours to answer for."
    outside = f" {say_count(len(held.said), 'figure')} from outside could not be recomputed." if held.said else ""
    return (
        f"{say_count(held.figures_count, 'figure')} inserted, {directions}: no fault found.{outside}"
        " What is not a figure or a direction is yours to answer for."
    )


def list_outside(text: str) -> tuple[str, ...]:
    """The figures from outside the evidence, which nobody can recompute here."""
    return count_held(text).said


@dataclass(frozen=True, slots=True)
class ShownChange:
    """A figure that was different after the data window was moved, in words and with its unit."""

    section: str
    title: str
    before: str
    after: str
    is_small_area: bool


def describe_changes(changes: Iterable[dict[str, Any]], named: "Iterable[NamedFigure]") -> list[ShownChange]:
    """Each change in words, in the order of the report's sections. Where no name is known the id stands for it."""
    names = {one.figure_id: one for one in named}
    order = [title for _, title in list_assessment_sections()]
    found = []
    for change in changes:
        name = names.get(change["id"])
        unit = name.unit if name else ""
        before, after = (_say_value(change[key], unit) for key in ("earlier", "later"))
        section, title = (name.section, name.title) if name else ("Other figures", change["id"])
        found.append(ShownChange(section, title, before, after, bool(name and name.is_small_area)))
    return sorted(found, key=lambda one: (order.index(one.section) if one.section in order else len(order), one.title))


def _say_value(value: float | None, unit: str) -> str:
    if value is None:
        return "no value"
    places = 2 if abs(value) < 10 and unit != "%" else 1
    number = say_number(int(value) if float(value).is_integer() else round(value, places))
    return f"{number}%" if unit == "%" else f"{number} {unit}".strip()
