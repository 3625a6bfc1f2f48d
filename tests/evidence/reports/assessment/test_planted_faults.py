"""Each fault that was planted in the sample is met by a sentence of the report."""

import json

import pytest

from evidence.reports.assessment.conftest import Sample, Written
from support.documents import find_section, read_words
from wardmote.evidence.reports.document import Callout, Chart, walk

MET_BY = {
    "small-area-vintage": (
        "trust-months",
        "of the 2011 census from April 2021 to March 2022; of both censuses from April 2022 to December 2022; of the"
        " 2021 census from January 2023 to March 2026",
    ),
    "drop": ("trust-months", "September 2022: "),
    "ward-boundaries": ("trust-breaks", "18 wards became 20"),
    "missing-month": ("trust-months", "these months are not held: November 2023"),
    "public-order-recording": (
        "trust-breaks",
        "2025/26 is not compared here with 2021/22, 2022/23 and 2023/24 for public order offences, and no line of a"
        " chart crosses the break.",
    ),
}


def test_the_list_of_faults_is_the_one_that_these_sentences_meet(sample: Sample) -> None:
    planted = json.loads((sample.files / "sample.json").read_text("utf-8"))["planted_faults"]
    assert sorted(f["id"] for f in planted) == sorted(MET_BY)


@pytest.mark.parametrize("fault", sorted(MET_BY))
def test_a_planted_fault_is_met_by_a_sentence(partnership_copy: Written, fault: str) -> None:
    section, sentence = MET_BY[fault]
    assert sentence in read_words(find_section(partnership_copy.assessment.document, section))


def test_wards_of_two_sets_are_said_not_to_compare(partnership_copy: Written) -> None:
    words = read_words(find_section(partnership_copy.assessment.document, "wards"))
    assert "a ward of one set must not be compared with a ward of the other" in words


def test_a_comparison_across_the_recording_break_is_refused_with_the_reason(sample: Sample) -> None:
    from wardmote.evidence.reports.partnership import Partnership

    plain = Partnership(breaks=sample.partnership.breaks, is_synthetic=True)
    document = sample.plan(year="2024/25", partnership=plain).document
    words = read_words(find_section(document, "what-changed"))
    assert "In the official tables" in words
    breaks = [b for b in walk([find_section(document, "crimes-against-society")]) if isinstance(b, Callout)]
    assert any("Recording of public order offences" in read_words(b) for b in breaks)
    parts = read_words(find_section(document, "crimes-against-society"))
    assert "Public order offences" in parts
    assert "not compared" in parts


def test_no_line_joins_the_years_across_a_break(partnership_copy: Written) -> None:
    """Violent crime's years stand in two runs, parted where the counting rules changed."""
    card = find_section(partnership_copy.assessment.document, "violent-crime")
    chart = next(b for b in walk(card.blocks) if isinstance(b, Chart) and b.id == "violent-crime-years")
    assert "Home Office counting rules of 2023" in chart.note
    runs = _list_runs(chart.spec)
    assert len(runs) > 1


def _list_runs(spec: object) -> set[object]:
    """The distinct runs by which lines are drawn, wherever they stand in the specification."""
    found: set[object] = set()
    if isinstance(spec, dict):
        found |= {spec["run"]} if "run" in spec and not isinstance(spec["run"], dict | list) else set()
        for value in spec.values():
            found |= _list_runs(value)
    elif isinstance(spec, list):
        for value in spec:
            found |= _list_runs(value)
    return found
