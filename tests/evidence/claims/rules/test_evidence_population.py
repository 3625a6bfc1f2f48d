"""Printed populations against estimates that are told."""

import pytest

from wardmote.evidence.claims.check import check_documents
from wardmote.evidence.claims.reading import read_text
from wardmote.evidence.claims.rules.evidence_population import NAME
from wardmote.evidence.claims.told import ToldEvidence

EVIDENCE = ToldEvidence("Northmarsh", {2018: 100_000.0, 2019: 101_000.0, 2020: 102_000.0})


def list_verdicts(text: str) -> list[str]:
    document = read_text(text, name="a.md", format="md")
    return [claim.verdict for claim in check_documents([document], evidence=EVIDENCE).claims if claim.rule == NAME]


@pytest.mark.parametrize(
    ("text", "verdicts"),
    [
        ("In 2020 Northmarsh had a population of 102,300.", ["ok"]),
        ("In 2020 Northmarsh had a population of 100,000.", ["ok"]),  # an estimate of a year nearby
        ("In 2020 Northmarsh had a population of 104,000.", []),  # neither agreement nor a fault
        ("In 2020 Northmarsh had a population of 112,000.", ["inconsistent"]),
        ("In 2020 Northmarsh had a population of 500,000.", ["differs_from_evidence"]),
        ("Northmarsh has a population of 500,000.", ["differs_from_evidence"]),  # whatever the year
        ("Northmarsh has a population of 1,200 Travellers.", []),
        ("In Northmarsh there is a population of 1,500 in temporary housing.", []),
        ("Ashby, Northmarsh, has a population of 14,000.", []),
        ("With a population of 1.9 million, Shire and Northmarsh is large.", []),
        ("The hospital of Northmarsh serves a population of 500,000.", []),
        ("The population of Northmarsh was rural. In 2020 it had a population of 112,000.", []),
    ],
)
def test_population_is_compared_within_its_editions(text: str, verdicts: list[str]) -> None:
    assert list_verdicts(text) == verdicts


@pytest.mark.parametrize(
    "text",
    [
        "In 2020 Northmarsh had an older population of 22,000.",
        "In 2020 Northmarsh had a population of 82,000 adults.",
        "In 2020 Northmarsh had a population of 82,000 aged over 16.",
        "Northmarsh will have a population of 120,000 by 2035; it grew in 2020.",
        "In 2001 Northmarsh had a population of 88,000.",
        "Northmarsh has a population of 88,000.",  # nobody says when
        "In 2020 Eastborough had a population of 112,000.",
        "In 2020 the ward in Northmarsh had a population of 12,000.",
    ],
)
def test_another_population_is_left_alone(text: str) -> None:
    assert list_verdicts(text) == []
