"""Labels of financial years used for other years."""

import pytest

from evidence.claims.rules.judging_sums import list_verdicts


@pytest.mark.parametrize(
    ("text", "verdicts"),
    [
        ("In 2017/18 (July to June) 241 cases were heard.", ["imprecise"]),
        ("In 2017/18 (Oct-Sep) 241 cases were heard.", ["imprecise"]),
        ("In 2017/18 (Apr-Mar) 241 cases were heard.", ["ok"]),
        ("In 2017/18 241 cases were heard.", []),
        ("In the academic year 2017/18 (September to August) 12 schools took part.", []),
        ("In 2017/18 (Q1) 241 cases were heard.", []),
    ],
)
def test_label_of_a_year(text: str, verdicts: list[str]) -> None:
    assert list_verdicts("period_labels", text) == verdicts
