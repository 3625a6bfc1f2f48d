"""Words of direction: which way, how much, and whether anybody says it happened."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wardmote.evidence.claims.wording.words import find_directions


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Burglary rose.", [("up", "", True)]),
        ("There was a significant increase.", [("up", "significant", True)]),
        ("Numbers fell slightly and then rose sharply.", [("down", "slight", True), ("up", "slight", True)]),
        ("It remained the same.", [("same", "", True)]),
        ("We aim to reduce burglary.", [("down", "", False)]),
        ("There was no increase.", [("up", "", False)]),
        ("If it rises we will act.", [("up", "", False)]),
        ("The drop-in and the follow-up team met.", []),
        ("Nothing is said.", []),
    ],
)
def test_directions(text: str, found: list[tuple[str, str, bool]]) -> None:
    assert [(word.way, word.told) for word in find_directions(text)] == [(way, told) for way, _, told in found]
    assert [word.size for word in find_directions(text)][:1] == [size for _, size, _ in found][:1]


@given(
    st.lists(st.sampled_from(["rose", "fell", "up", "down from", "no", "to", "stable", "more", "a", "large", "-", "."]))
)
def test_words_come_in_order_and_never_overlap(parts: list[str]) -> None:
    text = " ".join(parts)
    found = find_directions(text)
    assert all(text[word.start : word.end] == word.text for word in found)
    assert all(one.end <= two.start for one, two in itertools.pairwise(found))
