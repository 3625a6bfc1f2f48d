"""The executive's first page is one page: the most pressing matters, and how many more there are."""

import pytest

from evidence.reports.governance.test_accounts import FRAME, judge
from wardmote.evidence.reports.document import Paragraph, Table
from wardmote.evidence.reports.governance.executive import build_executive_report
from wardmote.evidence.reports.governance.matters import MOST_LINES
from wardmote.evidence.targets.accounts import ExecutiveAccount, Matter, MatterKind

LONG = "60.2% against at least 80%, the second quarter running; it will be missed by 12 points at the end of the plan"


def list_matters(kind: MatterKind, count: int, why: str) -> tuple[Matter, ...]:
    return tuple(Matter(kind, f"1.{at}", f"Measure {at}", why, "Council", 1) for at in range(count))


@pytest.mark.parametrize("why", ["Short", LONG])
def test_matters_that_do_not_fit_are_counted(why: str) -> None:
    matters = (*list_matters("red", 40, why), *list_matters("turned", 1, why))
    first = build_executive_report(ExecutiveAccount(FRAME, judge(), matters=matters)).sections[0]
    table = next(block for block in first.blocks if isinstance(block, Table))
    assert 5 < len(table.rows) < MOST_LINES
    assert table.rows[0][0].text == "Turned red"  # the most pressing stay
    last = first.blocks[-1]
    assert isinstance(last, Paragraph)
    assert (
        last.children[0].text
        == f"And {41 - len(table.rows)} more, under “Other matters for the executive” behind the priorities."
    )  # type: ignore[union-attr]


def test_matters_that_fit_are_all_listed() -> None:
    first = build_executive_report(ExecutiveAccount(FRAME, judge(), matters=list_matters("red", 6, LONG))).sections[0]
    assert isinstance(first.blocks[-1], Table)
    assert len(first.blocks[-1].rows) == 6
