"""Where sentences end."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wardmote.evidence.claims.wording.sentences import split_sentences


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("It rose. It fell.", ["It rose.", "It fell."]),
        ("About approx. 300 came.", ["About approx. 300 came."]),
        ("On 1.5.15 it rose.", ["On 1.5.15 it rose."]),
        ("Cllr. Smith and Dr. Jones met.", ["Cllr. Smith and Dr. Jones met."]),
        ("Q1 - 10 Q2 - 12", ["Q1 - 10", "Q2 - 12"]),
        ("One\ntwo", ["One", "two"]),
        ("It rose by 5.2%. In 2018 it fell.", ["It rose by 5.2%.", "In 2018 it fell."]),
        ("", []),
        ("   ", []),
    ],
)
def test_sentences(text: str, sentences: list[str]) -> None:
    assert [sentence for _, sentence in split_sentences(text)] == sentences


@given(st.text(alphabet="aA1. \n•;Q:-!?)", max_size=300))
def test_no_letter_is_lost_and_offsets_hold(text: str) -> None:
    found = list(split_sentences(text))
    assert all(text[start : start + len(sentence)] == sentence for start, sentence in found)
    assert "".join("".join(sentence.split()) for _, sentence in found) == "".join(text.split())


def test_endless_line_is_parted_so_that_work_stays_even() -> None:
    found = list(split_sentences("from 1 to " * 5000))
    assert max(len(sentence) for _, sentence in found) <= 2000
    assert len(list(split_sentences("from 1 to " * 10000))) == pytest.approx(2 * len(found), abs=2)
