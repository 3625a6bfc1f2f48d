"""Crafted claims, good and bad twins, and traps that must not be accused: does the check say what it should?"""

from collections import Counter
from dataclasses import replace

import pytest

from support.claim_cases import Case, Expectation, find_faults, is_printed, load_cases, overlaps
from wardmote.evidence.claims.check import check_documents
from wardmote.evidence.claims.model import ACCUSATIONS, FAMILIES, VERDICTS, Claim, Family, Verdict

CASES = load_cases()


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.title)
def test_crafted_case_gets_its_verdicts_and_no_false_accusation(case: Case) -> None:
    faults = find_faults(case, check_documents(case.read()).claims)
    assert not faults, f"{case.note}\n" + "\n".join(faults)


def test_cases_cover_every_family_with_twins_and_traps() -> None:
    families = Counter(case.family for case in CASES)
    assert set(families) == set(FAMILIES)
    assert len(CASES) >= 140
    assert sum(case.name.startswith("trap-") for case in CASES) >= 50
    assert {case.family for case in CASES if case.accused} >= set(FAMILIES) - {"count", "evidence"}


def test_cases_have_names_of_their_own() -> None:
    assert [title for title, number in Counter(case.title for case in CASES).items() if number > 1] == []


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.title)
def test_case_is_well_formed(case: Case) -> None:
    quotes = [one.quote for one in (*case.expect, *case.expect_none)]
    assert quotes, "a case expects something"
    assert [quote for quote in quotes if not is_printed(case, quote)] == []
    assert {verdict for one in case.expect for verdict in one.verdicts} <= set(VERDICTS)
    assert {one.family for one in case.expect if one.family} <= set(FAMILIES)
    assert case.allow <= ACCUSATIONS
    assert not (case.name.startswith("trap-") and case.accused)


def _case(text: str, *expect: Expectation, none: tuple[str, ...] = (), allow: tuple[str, ...] = ()) -> Case:
    unaccused = tuple(Expectation(quote) for quote in none)
    return Case("change", "drawn", {"report.md": text}, expect, unaccused, frozenset(allow), "drawn")


def _claim(case: Case, quote: str, verdict: Verdict, family: Family = "change") -> Claim:
    """A claim on the first block that holds the quotation."""
    block = next(block for document in case.read() for block in document.blocks() if quote in block.text)
    start = block.text.index(quote)
    return Claim(block.place_of(start, start + len(quote)), quote, family, verdict, "drawn", "drawn")


def test_match_knows_whole_numbers_and_their_cells() -> None:
    case = _case("| a | 58% |\n|---|---|\n| b | 8% |\n")
    (document,) = case.read()
    assert not overlaps(document, "8%", _claim(case, "58%", "wrong"))
    assert overlaps(document, "58%", _claim(case, "58%", "wrong"))


def test_match_takes_a_longer_or_shorter_stretch() -> None:
    case = _case("Theft fell\nfrom 500 to 400, a **20%** decrease.")
    (document,) = case.read()
    assert overlaps(document, "20%", _claim(case, "a 20% decrease", "ok"))
    assert overlaps(document, "a 20% decrease", _claim(case, "20%", "ok"))
    assert not overlaps(document, "fell", _claim(case, "20%", "ok"))


def test_match_around_takes_the_quotation() -> None:
    case = _case("Theft fell from 500 to 400, a 20% decrease.")
    (document,) = case.read()
    claim = replace(_claim(case, "20%", "ok"), quote="…500 to 400, a 20% decrease.")
    assert overlaps(document, "400", claim, around=True)
    assert not overlaps(document, "400", claim)


def test_missing_claim_is_a_fault() -> None:
    case = _case("It fell 8% and 9%.", Expectation("8%", ("wrong",)))
    assert find_faults(case, [_claim(case, "8%", "wrong")]) == []
    assert find_faults(case, []) == ["nobody said wrong of '8%'"]
    assert len(find_faults(case, [_claim(case, "8%", "ok")])) == 1


def test_unexpected_accusation_is_a_fault() -> None:
    case = _case("It fell 8% and 9%.", none=("9%",))
    assert find_faults(case, [_claim(case, "8%", "ok"), _claim(case, "9%", "not_checkable")]) == []
    assert len(find_faults(case, [_claim(case, "9%", "imprecise")])) == 1
    assert len(find_faults(case, [_claim(case, "8%", "wrong")])) == 1


def test_allowed_accusation_is_none_where_nothing_forbids_it() -> None:
    case = _case(
        "So 48% and 24% and 35%.", Expectation("35%", ("inconsistent",)), none=("24%",), allow=("inconsistent",)
    )
    marks = [_claim(case, "35%", "inconsistent"), _claim(case, "48%", "inconsistent")]
    assert find_faults(case, marks) == []
    assert len(find_faults(case, [*marks, _claim(case, "24%", "inconsistent")])) == 1


def test_family_is_asked_for_where_it_matters() -> None:
    case = _case("We saw 16 classes and 16 schools.", Expectation("16 schools", ("unsupported",), "repetition"))
    assert len(find_faults(case, [_claim(case, "16 schools", "unsupported")])) == 2
    assert find_faults(case, [_claim(case, "16 schools", "unsupported", "repetition")]) == []
