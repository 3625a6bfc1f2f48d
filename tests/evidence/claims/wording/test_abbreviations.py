"""What abbreviations stand for, and where it is said."""

import pytest

from wardmote.evidence.claims.reading import read_text
from wardmote.evidence.claims.wording.abbreviations import ABBREVIATION, find_meanings, fit_words
from wardmote.evidence.claims.wording.scan import scan_document


@pytest.mark.parametrize(
    ("text", "short", "words"),
    [
        ("run by the Marsh Task Force", "MTF", "Marsh Task Force"),
        ("the Ministry of Justice", "MoJ", "Ministry of Justice"),
        ("Crime and Disorder", "CD", "Crime and Disorder"),
        ("anti-social behaviour", "ASB", "anti social behaviour"),
        ("the river path", "MTF", ""),
        ("", "MTF", ""),
        ("Marsh Task Force", "", ""),
    ],
)
def test_words_that_fit(text: str, short: str, words: str) -> None:
    assert fit_words(text, short) == words


@pytest.mark.parametrize(
    ("text", "meanings"),
    [
        ("The Marsh Task Force (MTF) met.", [("MTF", "Marsh Task Force")]),
        ("The MTF (Marsh Task Force) met.", [("MTF", "Marsh Task Force")]),
        ("| Short | Meaning |\n|---|---|\n| MTF | Marsh Task Force |\n", [("MTF", "Marsh Task Force")]),
        ("The forum (see below) met.", []),
    ],
)
def test_meanings(text: str, meanings: list[tuple[str, str]]) -> None:
    document = scan_document(read_text(text, name="report.md", format="md"))
    assert [(found.short, found.meaning) for found in find_meanings(document)] == meanings


@pytest.mark.parametrize(("text", "found"), [("the MTF", ["MTF"]), ("the YOTs", ["YOT"]), ("Marsh", []), ("A", [])])
def test_abbreviations_in_text(text: str, found: list[str]) -> None:
    assert ABBREVIATION.findall(text) == found
