"""One plan as sections, in the order in which a meeting needs them."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from wardmote.evidence.reports.document import (
    Block,
    BulletList,
    Callout,
    Inline,
    KeyFigure,
    KeyFigures,
    Paragraph,
    Section,
    inline,
)
from wardmote.evidence.reports.performance.changes import TargetChange, list_changes
from wardmote.evidence.reports.performance.lapses import Lapse, list_lapses
from wardmote.evidence.reports.performance.misses import Miss, list_misses
from wardmote.evidence.reports.performance.oddities import Oddity, list_oddities
from wardmote.evidence.reports.performance.raising import Findings, choose_lines
from wardmote.evidence.reports.performance.rows import Part
from wardmote.evidence.reports.performance.runs import draw_runs
from wardmote.evidence.reports.performance.tables import (
    count_statuses,
    list_all_lapses,
    list_exceptions,
    list_measures,
    list_odd_values,
    list_target_changes,
)
from wardmote.evidence.reports.performance.words import MARKS, count_things, explain_grey
from wardmote.evidence.targets.statuses import Colour, Settings
from wardmote.evidence.targets.wording import write_percent


@dataclass(frozen=True)
class PlanReport:
    """What one plan's part says on the day `as_at`. Ids carry the part's slug where the report has several parts."""

    part: Part
    settings: Settings
    is_alone: bool = True
    as_at: date | None = None

    @cached_property
    def misses(self) -> list[Miss]:
        return list_misses(self.part.rows)

    @cached_property
    def changes(self) -> list[TargetChange]:
        return list_changes(self.part.rows, as_at=self.as_at)

    @cached_property
    def lapses(self) -> list[Lapse]:
        return list_lapses(self.part)

    @cached_property
    def oddities(self) -> list[Oddity]:
        return list_oddities(self.part.rows)

    @cached_property
    def lines(self) -> list[tuple[Inline, ...]]:
        return choose_lines(Findings(self.part.rows, self.misses, self.changes, self.lapses, self.oddities))

    def name(self, what: str) -> str:
        return what if self.is_alone else f"{self.part.slug}-{what}"

    def build_glance(self) -> tuple[Block, ...]:
        """Counts, what to raise, and the counts by priority: what a minute can take in."""
        lines, head = self.lines, "Raise at the meeting"
        chosen: Block = Callout("note", inline("No measure is red or amber, stopped, silent or in doubt."))
        listed = BulletList(tuple(lines), ordered=True) if lines else chosen
        raised = Section(self.name("raise"), head, (listed, *self._say_ownerless()))
        counts = Section(
            self.name("counts"), "By priority",
            (count_statuses(self.part, self.name("status-counts")), *self._explain_greys()),
        )  # fmt: skip
        return (self._build_tiles(), raised, counts)

    def _say_ownerless(self) -> list[Block]:
        named = sum(bool(row.indicator.owner) for row in self.part.rows)
        return [] if named else [Paragraph(inline("The plan names nobody who answers for any of its measures."))]

    def _build_tiles(self) -> KeyFigures:
        tolerance = write_percent(self._choose_settings().amber_within_pct)
        details: dict[Colour, str] = {
            "red": f"missed by more than {tolerance} of the target",
            "amber": f"missed by up to {tolerance} of the target, or part done",
            "green": "met, or on its path",
            "grey": "not judged, with the reason given",
        }
        counts = Counter(row.colour for row in self.part.rows)
        return KeyFigures(tuple(
            KeyFigure(mark.label, f"{counts[colour]}", details[colour], tone=mark.tone)
            for colour, mark in MARKS.items()
        ))  # fmt: skip

    def _choose_settings(self) -> Settings:
        """The tolerances of the latest period that the part reports on."""
        ends = [row.value.end for row in self.part.rows if row.value is not None and row.value.end is not None]
        return self.settings.choose_for(max(ends)) if ends else self.settings

    def _explain_greys(self) -> list[Block]:
        reasons = Counter(explain_grey(row.latest) for row in self.part.rows if row.colour == "grey")
        said = "; ".join(f"{count} {reason}" for reason, count in reasons.most_common())
        return [Paragraph(inline(f"Why grey: {said}."))] if reasons else []

    def build_body(self) -> tuple[Section, ...]:
        """Everything after the glance: exceptions, priorities, changed targets, lapses, odd values."""
        return (
            self._build_exceptions(), self._build_priorities(), self._build_changes(), self._build_lapses(),
            self._build_oddities(),
        )  # fmt: skip

    def _build_exceptions(self) -> Section:
        counts = Counter(miss.row.colour for miss in self.misses)
        words = (
            f"{count_things(len(self.misses), 'target is', 'targets are')} missed: {counts['red']} red and"
            f" {counts['amber']} amber. Every one is listed."
        )
        table = [list_exceptions(self.misses, self.name("exceptions-table"))] if self.misses else []
        lead = words if self.misses else "No target is missed."
        return Section(self.name("exceptions"), "Exceptions first", (Paragraph(inline(lead)), *table))

    def _build_priorities(self) -> Section:
        inner = [
            Section(
                self.name(f"priority-{place}"), title,
                (list_measures(rows, self.name(f"measures-{place}"), f"{title}: all measures"),
                 *draw_runs(rows, self.name(f"trend-{place}"))),
            )
            for place, (title, rows) in enumerate(self.part.priorities, start=1)
        ]  # fmt: skip
        return Section(self.name("priorities"), "Every measure, by priority", tuple(inner))

    def _build_changes(self) -> Section:
        silent = sum(change.is_silent for change in self.changes)
        words = f"{count_things(len(self.changes), 'target')} changed, {silent} of them with no reason given."
        table = [list_target_changes(self.changes, self.name("changes-table"))] if self.changes else []
        lead = words if self.changes else "No target changed."
        return Section(self.name("changes"), "Targets that changed", (Paragraph(inline(lead)), *table))

    def _build_lapses(self) -> Section:
        lead = "Every measure of the plan was reported."
        if self.lapses:
            lead = f"{count_things(len(self.lapses), 'measure')} stopped, left the plan or gave no figure."
        table = [list_all_lapses(self.lapses, self.name("lapses-table"))] if self.lapses else []
        return Section(self.name("lapses"), "Stopped or not reported", (Paragraph(inline(lead)), *table))

    def _build_oddities(self) -> Section:
        lead = "No figure contradicts another."
        wrong = [oddity for oddity in self.oddities if oddity.is_impossible]
        doubtful = [oddity for oddity in self.oddities if not oddity.is_impossible]
        if self.oddities:
            lead = f"{count_things(len(wrong), 'figure')} cannot be right; {len(doubtful)} more must be read with care."
        found = (("Cannot be right", wrong), ("Read with care", doubtful))
        tables = [
            list_odd_values(title, listed, self.name(f"oddities-table-{place}"))
            for place, (title, listed) in enumerate(found, start=1)
            if listed
        ]
        return Section(self.name("oddities"), "Values that cannot be right", (Paragraph(inline(lead)), *tables))
