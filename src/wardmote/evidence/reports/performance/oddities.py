"""Values that cannot be right: every warning, grouped by the check that gave it."""

from collections.abc import Sequence
from dataclasses import dataclass

from wardmote.evidence.reports.performance.rows import Row

#: Checks whose finding means that a printed figure contradicts itself, another figure, or arithmetic.
IMPOSSIBLE = frozenset((
    "part_larger_than_whole", "percent_out_of_range", "printed_percent_differs", "projection_below_actual",
    "breakdown_does_not_add_up", "running_total_falls", "year_below_its_parts", "year_share_outside_quarters",
    "number_in_two_measures", "number_in_two_rows", "target_forms_disagree",
))  # fmt: skip
#: Checks whose finding has a place of its own in the report: changed targets, and marks beside the status.
SAID_ELSEWHERE = frozenset(("target_changed_silently", "target_eased", "small_numbers"))


@dataclass(frozen=True, slots=True)
class Oddity:
    """One warning about one row."""

    row: Row
    rule: str
    period: str
    sentence: str

    @property
    def is_impossible(self) -> bool:
        """Whether a figure cannot be right as it stands; else it must only be read with care."""
        return self.rule in IMPOSSIBLE


def list_oddities(rows: Sequence[Row]) -> list[Oddity]:
    """What is odd about which value? By rule, then in the plan's order, each said once."""
    told = [(place, oddity) for place, row in enumerate(rows) for oddity in _list_of_row(row)]
    found = {(place, one.rule, one.period, one.sentence): one for place, one in told}
    rules = list(dict.fromkeys(oddity.rule for oddity in found.values()))
    return sorted(found.values(), key=lambda oddity: rules.index(oddity.rule))


def _list_of_row(row: Row) -> list[Oddity]:
    own = [Oddity(row, w.rule, w.period, w.sentence) for w in row.status.warnings]
    dated = [Oddity(row, w.rule, w.period or p.period, w.sentence) for p in row.status.periods for w in p.warnings]
    both = [*own, *(oddity for oddity in dated if not _is_said(oddity, own))]
    return [oddity for oddity in both if oddity.rule not in SAID_ELSEWHERE]


def _is_said(oddity: Oddity, said: Sequence[Oddity]) -> bool:
    return any(oddity.rule == one.rule and oddity.sentence == one.sentence for one in said)
