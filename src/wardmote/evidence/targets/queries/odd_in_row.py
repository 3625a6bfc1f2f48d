"""What the warnings about a whole row say as soon as this value stands in it, and did not say without it."""

from collections.abc import Iterator

from wardmote.evidence.targets.queries.case import Case, Query, QueryField, Severity
from wardmote.evidence.targets.warnings import list_rules

CODE = "odd_in_row"
QUESTION = "Does the value make the row contradict itself, another row, or its own account?"
EXAMPLE = "62 of 54: the part is larger than its whole."

_SAY = "Correct it, or say why it is right."
_COPIED = "Give this period's own figure, or confirm that it is the same by chance."
_WORDS = "Write what happened in this period, or confirm that nothing changed."
#: Which warnings are asked about at once: how sure they are, what is to be answered, and in which box.
_ASKED: dict[str, tuple[Severity, str, QueryField]] = {
    "part_larger_than_whole": ("impossible", "Which of the two counts is wrong?", "part"),
    "percent_out_of_range": ("impossible", "Give the percentage again, from 0 to 100.", "number"),
    "printed_percent_differs": ("unlikely", "Which is right, the counts or the percentage?", "printed_percent"),
    "running_total_falls": ("unlikely", "Give the total since April, or say what was corrected.", "number"),
    "year_below_its_parts": ("unlikely", "Give the whole year's total, or say which quarter was corrected.", "number"),
    "year_share_outside_quarters": ("unlikely", _SAY, "number"),
    "projection_below_actual": ("unlikely", _SAY, "number"),
    "breakdown_does_not_add_up": ("unlikely", _SAY, "number"),
    "unit_differs_from_target": ("unlikely", "Give it in the unit of the target, or say what was counted.", "number"),
    "definition_changed": ("ask", "Say what changed in how it is counted, and from when.", "number"),
    "value_repeats": ("ask", _COPIED, "number"),
    "number_in_two_rows": ("ask", _COPIED, "number"),
    "number_in_two_measures": ("ask", "Say which of the two the number belongs to.", "narrative"),
    "text_copied": ("ask", _WORDS, "narrative"),
    "dated_outside_period": ("ask", "Say what happened in this period itself.", "narrative"),
}  # fmt: skip


def find(case: Case) -> Iterator[Query]:
    for rule in list_rules():
        if rule.name not in _ASKED:
            continue
        severity, asks, field = _ASKED[rule.name]
        known = set(rule.find(case.plan_before, case.indicator_before, case.settings))
        for warning in rule.find(case.plan, case.indicator, case.settings):
            if warning not in known:
                yield Query(rule.name, severity, warning.sentence, asks, field)
