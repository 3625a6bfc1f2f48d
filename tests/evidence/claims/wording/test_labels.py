"""Digits that name something."""

import pytest

from wardmote.evidence.claims.wording.labels import find_labels


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("in 2017/18", "2017/18"),
        ("on 23 March 2019", "23 March 2019"),
        ("under section 17", "section 17"),
        ("in Q1", "Q1"),
        ("open 24/7", "24/7"),
        ("at 6.30 pm", "6.30 pm"),
        ("3.2 Background", "3.2"),
        ("1. Our aims", "1."),
        ("area E06000035", "E06000035"),
        ("call 01632 960 123", "01632 960 123"),
        ("aged 16 to 24", "aged 16 to 24"),
        ("the previous 12 months", "previous 12 months"),
        ("COVID-19", "COVID-19"),
    ],
)
def test_label(text: str, named: str) -> None:
    assert named in [text[start:end] for start, end in find_labels(text)]


@pytest.mark.parametrize("text", ["It was 42%.", "1,234 calls", "119.76 per 1,000", "Of 400 people 30 came.", "no. of"])
def test_numbers_that_measure_are_no_labels(text: str) -> None:
    assert find_labels(text) == ()
