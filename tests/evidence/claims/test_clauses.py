"""Whether a printed change is plainly of the two values beside it."""

import pytest

from wardmote.evidence.claims.changes import read_changes
from wardmote.evidence.claims.clauses import is_plain_stretch, is_plainly_of, is_reckoned_otherwise
from wardmote.evidence.claims.reading import read_text
from wardmote.evidence.claims.wording.scan import Sentence, scan_document


def read(text: str) -> Sentence:
    (sentence,) = scan_document(read_text(text, name="report.md", format="md")).sentences
    return sentence


@pytest.mark.parametrize(
    ("text", "is_plain"),
    [
        ("Thefts fell from 500 to 400, a 20% decrease.", True),
        ("Thefts fell by 20%, from 500 to 400.", True),
        ("Thefts fell from 500 to 400, which is a 20% reduction in thefts.", True),
        ("Thefts fell from 500 in 2018 to 400 in 2019, a 20% fall on 2018.", True),
        ("There was a 20% fall in thefts, from 500 to 400.", True),
        ("Thefts fell from 500 in 2018 to 400 in 2019, a 20% fall on 2010.", False),
        ("Thefts fell from 500 to 400, a 20% fall in arson.", False),
        ("Thefts fell from 500 to 400, a 20% fall at weekends.", False),
        ("Thefts fell from 500 to 400 (county: 20% fall).", False),
        ("Thefts fell from 500 to 400, against a fall of 20%.", False),
        ("Thefts fell from 500 in June to 400 in July, a 20% fall on last year.", False),
        ("A 20% increase in patrols saw thefts fall from 500 to 400.", False),
        ("Arson fell by 20% and thefts from 500 to 400.", False),
        ("Thefts fell by an average of 20%, from 500 to 400.", False),
        ("Thefts fell from 500 to 400, a 20% fall per resident.", False),
    ],
)
def test_change_and_two_values(text: str, is_plain: bool) -> None:
    changes = read_changes(read(text))
    ((pair,), (moved,)) = (changes.pairs, changes.percents)
    assert is_plainly_of(changes.sentence, moved.number, (pair.prior, pair.current), (moved.number,)) is is_plain


@pytest.mark.parametrize(
    ("text", "is_otherwise"),
    [
        ("It fell in real terms.", True),
        ("It fell by 3% a year.", True),
        ("It fell from the 500 of a year ago.", False),
        ("The annual total fell.", False),
        ("The annual fall was small.", True),
    ],
)
def test_words_of_another_reckoning(text: str, is_otherwise: bool) -> None:
    assert is_reckoned_otherwise(text) is is_otherwise


def test_word_told_before_is_plain_and_a_new_one_is_not() -> None:
    sentence = read("Thefts fell, and thefts were fewer, and arson")
    assert is_plain_stretch(sentence, 12, 36) is False  # "and" joins another clause
    assert is_plain_stretch(sentence, 17, 34) is True
    assert is_plain_stretch(sentence, 36, len(sentence.text)) is False
