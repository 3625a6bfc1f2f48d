"""Values that cannot be right: every warning, grouped by the check that gave it."""

from collections.abc import Sequence
from dataclasses import dataclass

from wardmote.evidence.reports.performance.rows import Row


@dataclass(frozen=True, slots=True)
class Oddity:
    """One warning about one row."""

    row: Row
    rule: str
    period: str
    sentence: str


def list_oddities(rows: Sequence[Row]) -> list[Oddity]:
    """What is odd about which value? By rule, then in the plan's order, each said once."""
    told = [(place, oddity) for place, row in enumerate(rows) for oddity in _list_of_row(row)]
    found = {(place, one.rule, one.period, one.sentence): one for place, one in told}
    rules = list(dict.fromkeys(oddity.rule for oddity in found.values()))
    return sorted(found.values(), key=lambda oddity: rules.index(oddity.rule))


def _list_of_row(row: Row) -> list[Oddity]:
    own = [Oddity(row, w.rule, w.period, w.sentence) for w in row.status.warnings]
    dated = [Oddity(row, w.rule, w.period or p.period, w.sentence) for p in row.status.periods for w in p.warnings]
    return [*own, *(oddity for oddity in dated if not _is_said(oddity, own))]


def _is_said(oddity: Oddity, said: Sequence[Oddity]) -> bool:
    return any(oddity.rule == one.rule and oddity.sentence == one.sentence for one in said)


def group_oddities(oddities: Sequence[Oddity]) -> dict[str, list[Oddity]]:
    """The warnings under each rule."""
    groups: dict[str, list[Oddity]] = {}
    for oddity in oddities:
        groups.setdefault(oddity.rule, []).append(oddity)
    return groups
