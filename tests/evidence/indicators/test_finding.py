"""Indicators are found by their words, and near ones where a word is mistyped."""

from pathlib import Path

import pytest

from support.street_store import open_evidence, put_tables
from wardmote.evidence.indicators.finding import search_indicators


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("burglary rate", "burglary_rate"),
        ("fly-tipping", "fly_tipping_count"),
        ("VIOLENCE sexual offences official", "official_violence_and_sexual_offences_count"),
        ("asb", "asb_count"),
        ("defra", "fly_tipping_count"),
    ],
)
def test_every_word_must_be_there_in_any_order_and_case(words: str, first: str) -> None:
    assert first in [i.id for i in search_indicators(None, words).found]


def test_no_words_find_everything_and_nonsense_finds_nothing() -> None:
    assert len(search_indicators(None, " ").found) > 50
    nothing = search_indicators(None, "qqqxyzzy")
    assert (nothing.found, nothing.near) == ((), ())


@pytest.mark.parametrize(("typed", "meant"), [("burglery", "burglary_count"), ("shoplifing", "shoplifting_count")])
def test_a_mistyped_word_names_near_indicators(typed: str, meant: str) -> None:
    found = search_indicators(None, typed)
    assert not found.found
    assert meant in [i.id for i in found.near]


def test_a_partners_loaded_dataset_is_found_by_its_own_title(tmp_path: Path) -> None:
    said = {"title": "Visits of wardens", "publisher": "Town council", "licence": "", "polarity": "none"}
    dataset = {"dataset": "visits", "step": "month", "minimum_count": 5, "caveats": [], **said}
    put_tables(tmp_path, {"partner_datasets": [dataset]})
    found = search_indicators(open_evidence(tmp_path).snapshot, "wardens").found
    assert [i.id for i in found] == ["partner_visits_count", "partner_visits_rate"]


def test_words_of_splits_and_places_hide_nothing_and_what_splits_comes_first() -> None:
    found = [i.id for i in search_indicators(None, "burglary by ward in Ashmere per month").found]
    assert {"burglary_count", "burglary_rate", "official_burglary_count"} <= set(found)
    assert found == sorted(found, key=lambda name: name.startswith("official_"))


def test_question_of_nothing_but_places_finds_everything_and_a_place_alone_nothing() -> None:
    assert len(search_indicators(None, "by ward").found) == len(search_indicators(None, "").found)
    assert search_indicators(None, "Ashmere").found == ()


def test_mistyped_word_beside_a_known_one_is_not_left_out() -> None:
    assert search_indicators(None, "burglery rate").found == ()
    assert "burglary_rate" in [i.id for i in search_indicators(None, "burglery rate").near]
