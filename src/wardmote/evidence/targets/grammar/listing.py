"""Every target of a plan, read and listed, for somebody who checks the reading by eye."""

from collections.abc import Iterable, Sequence

from wardmote.evidence.targets.grammar.describe import describe_target
from wardmote.evidence.targets.grammar.parse import parse_target
from wardmote.evidence.targets.grammar.understanding import Understanding


def list_understandings(rows: Iterable[tuple[str, str]]) -> tuple[Understanding, ...]:
    """What does each (title, target text) row promise? In the rows' order; mark-up in the cells is left out."""
    return tuple(parse_target(text, title=title) for title, text in rows)


def tabulate_understandings(understandings: Sequence[Understanding]) -> list[dict[str, str]]:
    """The understandings as rows of a table: text, outcome, kind, meaning, not_understood, asked."""
    return [
        {
            "text": each.text,
            "outcome": each.outcome,
            "kind": "" if each.target is None else type(each.target).__name__,
            "meaning": each.why if each.target is None else describe_target(each.target),
            "not_understood": "; ".join(each.not_understood),
            "asked": ", ".join(question.code for question in each.questions),
        }
        for each in understandings
    ]
