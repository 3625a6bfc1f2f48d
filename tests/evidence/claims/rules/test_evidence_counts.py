"""Counts, rates and changes against evidence that is told."""

from dataclasses import replace

import pytest

from wardmote.evidence.claims.check import check_documents
from wardmote.evidence.claims.contract import Known
from wardmote.evidence.claims.reading import read_text
from wardmote.evidence.claims.rules.evidence_counts import NAME
from wardmote.evidence.claims.told import ToldEvidence, tell_burglaries

OFFICIAL = tell_burglaries(919)
STREET = tell_burglaries(919, is_official=False)


def list_verdicts(text: str, evidence: ToldEvidence | None) -> list[str]:
    document = read_text(text, name="a.md", format="md")
    return [claim.verdict for claim in check_documents([document], evidence=evidence).claims if claim.rule == NAME]


@pytest.mark.parametrize(
    ("printed", "official", "street"),
    [
        ("919", "ok", "ok"),
        ("925", "ok", "ok"),
        ("960", "inconsistent", "ok"),  # 4% apart: street files fall that short
        ("1,000", "inconsistent", "not_checkable"),  # 8%: street files may lack that, or not
        ("1,150", "inconsistent", "inconsistent"),
        ("9,190", "inconsistent", "inconsistent"),  # a digit too many
        ("3,400", "differs_from_evidence", "differs_from_evidence"),  # too far for a slip: perhaps another thing
    ],
)
def test_count_is_accused_only_beyond_what_its_source_allows(printed: str, official: str, street: str) -> None:
    text = f"In 2024 there were {printed} burglaries in Northmarsh."
    assert list_verdicts(text, OFFICIAL) == [official]
    assert list_verdicts(text, STREET) == [street]


@pytest.mark.parametrize(
    "text",
    [
        "In 2023 there were 412 burglaries in Northmarsh.",
        "In 2024 there were 412 burglaries in Eastborough.",
        "In 2024 there were 412 burglaries in Northmarsh and Eastborough.",
        "In 2024 there were 412 burglaries with force in Northmarsh.",
        "In 2024 there were 412 burglaries in Northmarsh Central.",
        "In 2024 there were only 412 burglaries in Northmarsh homes.",
        "In 2024 there were about 412 burglaries in Northmarsh.",
        "In 2024 there were 412 robberies in Northmarsh.",
        "There were 412 burglaries in Northmarsh.",
        "In 2024 there were 412 fewer burglaries in Northmarsh.",
        "Burglary fell by 412 offences in Northmarsh in 2024.",
        "In 2024 there were 412 burglary arrests in Northmarsh.",
    ],
)
def test_anything_else_is_not_compared(text: str) -> None:
    assert list_verdicts(text, OFFICIAL) == []


def test_measure_that_others_may_group_in_another_way_is_not_accused() -> None:
    (key, known), *_ = OFFICIAL.figures.items()
    loose = replace(OFFICIAL, figures={key: replace(known, is_firm=False)})
    assert list_verdicts("In 2024 there were 1,150 burglaries in Northmarsh.", loose) == ["differs_from_evidence"]
    assert list_verdicts("In 2024 there were 1,000 burglaries in Northmarsh.", loose) == ["not_checkable"]


def test_figure_that_differs_is_to_look_at_and_accuses_nobody() -> None:
    text = "In 2024 there were 3,400 burglaries in Northmarsh."
    checked = check_documents([read_text(text, name="a.md", format="md")], evidence=OFFICIAL)
    (found,) = checked.list_to_look_at()
    assert checked.accusations() == ()
    assert not found.accuses
    assert "The official table gives 919" in found.why
    assert "name its source" in found.why
    assert "wrong" not in found.why


def test_adjective_is_an_offence_only_beside_crime() -> None:
    key = (frozenset({"vehicle"}), (2024 * 12, 2024 * 12 + 11), "count")
    told = replace(OFFICIAL, figures={key: Known(900, "offences", "Vehicle crime", "The table", True)})
    assert list_verdicts("In 2024 there were 40 vehicle incidents in Northmarsh.", told) == ["not_checkable"]
    assert list_verdicts("In 2024 there were 40 vehicle crimes in Northmarsh.", told) == ["differs_from_evidence"]


def test_crimes_of_a_chapter_are_not_taken_for_all_crime() -> None:
    key = (frozenset({"crime"}), (2024 * 12, 2024 * 12 + 11), "count")
    whole = replace(OFFICIAL, figures={key: Known(9000, "offences", "All recorded crime", "The table", True)})
    assert list_verdicts("In 2024 there were 400 crimes in Northmarsh.", whole) == ["not_checkable"]
    for text in (
        "In 2024 there were 400 recorded crimes in Northmarsh.",
        "There were 400 recorded crimes in Northmarsh between January 2024 and December 2024.",
    ):
        assert list_verdicts(text, whole) == ["differs_from_evidence"]


def test_change_is_held_against_two_loaded_years() -> None:
    key, before = (frozenset({"burglary"}), (2023 * 12, 2023 * 12 + 11), "count"), Known(962, "", "", "", True)
    (own, now), *_ = OFFICIAL.figures.items()
    both = replace(OFFICIAL, figures={own: now, key: replace(now, value=before.value)})
    assert list_verdicts("Burglary fell by 4.5% in Northmarsh in 2024.", both) == ["ok"]
    assert list_verdicts("Burglary fell by 5% in Northmarsh in 2024.", both) == ["ok"]
    assert list_verdicts("Burglary fell by 7% in Northmarsh in 2024.", both) == ["not_checkable"]
    assert list_verdicts("Burglary rose by 4.5% in Northmarsh in 2024.", both) == ["inconsistent"]
    assert list_verdicts("Burglary fell by 25% in Northmarsh in 2024 compared with 2019.", both) == []


def test_rate_is_scaled_to_its_own_denominator() -> None:
    key = (frozenset({"burglary"}), (2024 * 12, 2024 * 12 + 11), "rate")
    rates = replace(OFFICIAL, figures={key: Known(9.19, "offences per 1,000 residents", "Burglary", "The table", True)})
    for printed, verdict in (("9.2 per 1,000", "ok"), ("92 per 10,000", "ok"), ("9.9 per 1,000", "inconsistent")):
        text = f"The rate of burglary in Northmarsh in 2024 was {printed} residents."
        assert list_verdicts(text, rates) == [verdict]


def test_without_evidence_nothing_is_said() -> None:
    assert list_verdicts("In 2024 there were 412 burglaries in Northmarsh.", None) == []
