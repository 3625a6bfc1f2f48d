"""Abbreviations with two meanings, two names, odd letters or none."""

import pytest

from evidence.claims.rules.judging_sums import judge, list_accusations, list_verdicts
from wardmote.evidence.claims.reading import read_text
from wardmote.evidence.claims.wording.abbreviations import find_meanings
from wardmote.evidence.claims.wording.scan import scan_document

NAME = "abbreviations"


@pytest.mark.parametrize(
    "text",
    [
        "The Community Safety Unit (CSU) met.\n\nThe Crime Support Unit (CSU) met.",
        "Modern Day Slavery (MDS) grows.\n\nMDS - Metropolitan Data Service",
        "The Northmarsh Child Exploitation Team (NCET) met.\n\nThe Northmarsh Child Exploitation Team (NMET) met.",
    ],
)
def test_two_meanings_and_two_names_are_inconsistent(text: str) -> None:
    assert "inconsistent" in list_verdicts(NAME, text)


@pytest.mark.parametrize(
    ("text", "accused"),
    [
        ("The National Drug Treatment Monitoring System (NTCMS) shows it.", True),
        ("The Domestic Homicide (DHR) process is long.", True),
        ("Links with the MTF (MTF) are strong.", True),
        ("The National Drug Treatment Monitoring System (NDTMS) shows it.", False),
        ("Closed Circuit Television (CCTV) was moved.", False),
        ("The UK Border Agency (UKBA) came.", False),
        ("The Northmarsh NHS Foundation Trust (NFT) came.", False),
        ("The Department for Levelling Up and Housing (DLUH) paid.", False),
        ("Kent Police (KPX) came.", False),
        ("Cross Border Extradition (XBE) was agreed.", False),
    ],
)
def test_letters_that_do_not_fit(text: str, accused: bool) -> None:
    assert bool(list_accusations(NAME, text)) is accused


def test_misfit_is_accused_once() -> None:
    assert len(judge(NAME, "The MTF (MTF) met. Later the MTF (MTF) met again.")) == 1


def test_glossary_lines_and_rows_give_meanings() -> None:
    text = "NTE - Northmarsh Taskforce Executive\n\n| Short | Long |\n|---|---|\n| CSU | Community Safety Unit |\n"
    found = find_meanings(scan_document(read_text(text, name="a.md", format="md")))
    assert [(one.short, one.meaning) for one in found] == [
        ("NTE", "Northmarsh Taskforce Executive"), ("CSU", "Community Safety Unit"),
    ]  # fmt: skip


def test_unexplained_abbreviation_is_only_listed() -> None:
    text = "The NMTX met in May. Cases went to the NMTX in June, and the NMTX closed three."
    assert list_verdicts(NAME, text) == ["not_checkable"]
    assert list_verdicts(NAME, "The NHS met. The NHS ran it. The NHS paid.") == []
