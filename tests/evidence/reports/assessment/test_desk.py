"""The analyst's desk: faults told while somebody writes, figures found by words, and the words as they are printed."""

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from evidence.reports.assessment.conftest import AS_AT, Sample, Written
from wardmote.evidence.indicators.compute import Evidence
from wardmote.evidence.interface import (
    Assessed,
    build_twin,
    check_commentary,
    check_section,
    count_held,
    find_figures,
    open_desk,
    open_store,
    preview_section,
    record_edition,
)
from wardmote.evidence.model.errors import TextNotBorneOutError, UsageError
from wardmote.evidence.reports.assessment.desk import Desk
from wardmote.evidence.reports.assessment.figure_search import list_wards
from wardmote.evidence.reports.assessment.outline import list_sections

AREA, YEAR = "X06000001", "2025/26"
BURGLARY = f"{{{{ burglary_count:{AREA}:{YEAR} }}}}"
ASSESSED = Assessed(AREA, YEAR, AS_AT, "Zellmouth Partnership", is_synthetic=True)


@pytest.fixture(scope="module")
def desk(sample: Sample) -> Desk:
    return open_desk(Evidence.of(sample.snapshot), open_store(sample.store), ASSESSED)


def test_outline_names_the_sections_that_the_report_has(partnership_copy: Written) -> None:
    built = [(s.id, s.title) for s in partnership_copy.assessment.document.sections]
    assert built[: len(list_sections())] == list(list_sections())


def test_false_reduction_is_told_with_what_the_data_says(desk: Desk) -> None:
    faults = check_section(desk, "burglary", f"Fine words.\n\nBurglary saw a reduction, to {BURGLARY}.")
    assert [fault.line for fault in faults] == [3]
    assert "'a reduction' is not borne out: It was similar to 2024/25" in faults[0].found
    assert "similar to 2024/25" in faults[0].to_do


@pytest.mark.parametrize(
    ("sentence", "says", "instead"),
    [
        (f"There were fewer burglaries, {BURGLARY}.", "It was similar to 2024/25", "similar to 2024/25"),
        (f"We reduced burglary to {BURGLARY}.", "It was similar to 2024/25", "similar to 2024/25"),
        (f"Burglary: {BURGLARY} (reduction).", "It was similar to 2024/25", "similar to 2024/25"),
        (f"Burglary ({BURGLARY}) was twice that of Dover.", "refers to only one, 416", "Write the other figure too"),
        (
            f"Burglary ({BURGLARY}) was twice that of a year before ({BURGLARY.replace(YEAR, '2024/25')}).",
            "It was similar to 2024/25", "similar to 2024/25",
        ),
        (f"Burglary ({BURGLARY}) was twice that of theft ({BURGLARY}).", "is 1.00 times 416", "about as high as"),
    ],
)  # fmt: skip
def test_amount_deed_or_multiple_is_held_against_the_data(desk: Desk, sentence: str, says: str, instead: str) -> None:
    (fault,) = check_section(desk, "burglary", sentence)
    assert says in fault.found
    assert instead in fault.to_do


def test_multiple_of_another_figure_that_is_borne_out_has_no_fault(desk: Desk) -> None:
    crime = BURGLARY.replace("burglary", "crime")  # 15,037 to 416
    assert check_section(desk, "burglary", f"All crime ({crime}) was 36 times that of burglary ({BURGLARY}).") == ()


def test_faults_of_one_paragraph_are_told_apart_and_twins_once(desk: Desk) -> None:
    faults = check_section(
        desk, "burglary", f"It fell to {BURGLARY}. Then it fell, at {BURGLARY}. It fell to {BURGLARY}."
    )
    assert [f.quote for f in faults] == [f"It fell to {BURGLARY}.", f"Then it fell, at {BURGLARY}."]


def test_advice_at_the_desk_names_no_command(desk: Desk) -> None:
    faults = check_section(
        desk, "burglary", f"See {{{{ x_count:{AREA}:{YEAR} }}}} and {{{{ crime_count:E99:{YEAR} }}}}."
    )
    assert [f.quote for f in faults] == [f"{{{{ x_count:{AREA}:{YEAR} }}}}", f"{{{{ crime_count:E99:{YEAR} }}}}"]
    assert not any("wardmote " in f.to_do for f in faults)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("a" * 60_001, "60,001 characters"),
        ("a" * 4_000_000, "4,000,000 characters"),
        ("{{ " * 20_000, "20,000 references to figures"),
        ("fell\n" * 11_999, "a sentence of 59,994 characters"),
        ("a" * 60_000, "a sentence of 60,000 characters"),
    ],
)
def test_text_beyond_bounds_is_told_without_being_read(desk: Desk, text: str, found: str) -> None:
    (fault,) = check_section(desk, "burglary", text)
    assert fault.found == found


def test_many_faults_are_bounded_and_the_rest_counted(desk: Desk) -> None:
    faults = check_section(desk, "burglary", "\n\n".join(f"There were {n} burglaries." for n in range(3, 153)))
    assert (len(faults), faults[-1].found) == (101, "and 50 more")


@pytest.mark.parametrize(
    ("sentence", "printed"),
    [
        ("It stood at {}.", "2.60 per 1,000 residents"),
        ("It stood at {} per 1,000 residents.", "2.60 per 1,000 residents"),
        ("It stood at {} for each thousand residents.", "2.60 for each thousand residents"),
    ],
)
def test_rate_says_what_it_is_of_unless_its_sentence_does(desk: Desk, sentence: str, printed: str) -> None:
    shown = preview_section(desk, "burglary", sentence.format(BURGLARY.replace("_count", "_rate")))
    assert f"at {printed}." in re.sub(r"<[^>]+>", "", shown)


def test_section_that_the_data_bears_has_no_fault(desk: Desk) -> None:
    text = f"Burglary was similar to 2024/25, at {BURGLARY} offences."
    assert check_commentary(desk, {"burglary": text, "places": ""}) == {"burglary": (), "places": ()}


def test_misspelt_indicator_is_told_with_near_ones_only(desk: Desk) -> None:
    (fault,) = check_section(desk, "burglary", f"See {{{{ burglery_count:{AREA}:{YEAR} }}}}.")
    assert "burglary_count" in fault.expected
    assert len(fault.expected) < 200


def test_partners_figure_is_a_fault_of_the_public_copy_where_it_is_withheld(desk: Desk) -> None:
    dataset = desk.contexts["public"].partner_datasets[0]
    hidden = next(f for f in dataset.figures if f.state == "suppressed")
    (fault,) = check_section(desk, "partner-data", f"Fires: {{{{ {hidden.id} }}}}.")
    assert fault.only_public
    assert "has no value" in fault.found


def test_section_that_there_is_not_is_refused(desk: Desk) -> None:
    with pytest.raises(UsageError, match="no section 'burglaries'"):
        check_section(desk, "burglaries", "Words.")


@pytest.mark.parametrize(
    ("query", "first", "value"),
    [
        ("burglary", f"burglary_count:{AREA}:2025/26", "416"),
        ("Burglary rate 2024/25", f"burglary_rate:{AREA}:2024/25", "2.83"),
        ("crime", f"crime_count:{AREA}:2025/26", "15,037"),
        ("asb 2025-03", f"asb_count:{AREA}:2025-03", "152"),
        ("fires", f"partner_deliberate_fires_count:{AREA}:2025/26", "246"),
    ],
)
def test_figure_is_found_by_words(desk: Desk, query: str, first: str, value: str) -> None:
    found = find_figures(desk, query)
    assert (found[0].figure_id, found[0].value) == (first, value)
    assert check_section(desk, "burglary", f"It stood at {found[0].reference}.") == ()


def test_figure_of_a_ward_is_found_by_the_wards_name(desk: Desk) -> None:
    name = list_wards(desk.context)[0].name
    found = find_figures(desk, f"burglary {name}")
    assert {f.area for f in found} == {name}
    assert all(":ward=" in f.figure_id for f in found)


def test_figure_without_a_value_is_found_with_the_reason(desk: Desk) -> None:
    (first, *_) = find_figures(desk, "burglary 2023-11")
    assert (first.figure_id, first.value) == (f"burglary_count:{AREA}:2023-11", "[x]")
    assert "November 2023" in first.why_missing
    assert first.change_reference == ""


@pytest.mark.parametrize("query", ["", "zzz", "burglary zzz", "the of"])
def test_words_that_name_nothing_find_nothing(desk: Desk, query: str) -> None:
    assert find_figures(desk, query) == ()


def test_preview_shows_the_figures_and_refuses_a_fault(desk: Desk) -> None:
    assert ">416</span> offences & <b>" not in preview_section(desk, "burglary", f"{BURGLARY} offences \\& \\<b>")
    assert ">416</span> offences &amp; &lt;b&gt;" in preview_section(desk, "burglary", f"{BURGLARY} offences \\& \\<b>")
    with pytest.raises(TextNotBorneOutError):
        preview_section(desk, "burglary", f"Burglary fell to {BURGLARY}.")


def test_twin_is_built_without_a_record_and_recorded_when_it_is_published(sample: Sample, tmp_path: Path) -> None:
    store = open_store(sample.store)
    before = set((sample.store / "published").glob("*")) if (sample.store / "published").is_dir() else set()
    twin = build_twin(
        store, ASSESSED, {"at-a-glance": f"Burglary: {BURGLARY}."}, tmp_path, audience="public", formats=("html",)
    )
    assert set(twin.paths) == {"html", "figures", "claims"}
    assert "Zellmouth Partnership" in twin.paths["html"].read_text("utf-8")
    assert twin.accused == ()
    assert set((sample.store / "published").glob("*")) == before
    record, why = record_edition(store, twin.paths["figures"], ASSESSED, now=datetime(2026, 11, 21, tzinfo=UTC))
    assert record is not None, why
    record.unlink()


@pytest.mark.parametrize(
    ("sentence", "word"),
    [
        ("Zellmouth has the lowest crime in the county ({rank}).", "'the lowest crime"),
        ("Crime ({crime}) peaked in August ({august}).", "'peaked in'"),
        ("A third of all crime ({crime}) is burglary ({burglary}).", "'A third of'"),
        ("All recorded crime was 12,345 in 2025/26.", "'12,345' is a figure typed"),
        ("Of residents {{{{ said: many | source: a survey of 2025 }}}} felt safe.", "not told whole"),
        ("Of residents {{{{ said: 62% | source: }}}} felt safe.", "not told whole"),
    ],
)
def test_rank_peak_share_and_typed_figure_that_are_not_borne_out(desk: Desk, sentence: str, word: str) -> None:
    faults = check_section(desk, "all-crime", sentence.format(**SHOWN))
    assert [word in fault.found for fault in faults] == [True]


SHOWN = {
    "crime": f"{{{{ crime_count:{AREA}:{YEAR} }}}}",
    "burglary": BURGLARY,
    "rank": f"{{{{ crime_rate:{AREA}:{YEAR}:measure=rank }}}}",
    "august": f"{{{{ crime_count:{AREA}:2025-08 }}}}",
}


def test_share_in_words_is_earned_by_the_two_figures_beside_it(desk: Desk) -> None:
    # 416 of 15,037 are 2.8%: one in thirty-six, and no more than one in twenty
    words = "One in twenty of all crime ({crime}) is burglary ({burglary}).".format(**SHOWN)
    assert "the figures give 2.8%" in check_section(desk, "all-crime", words)[0].found
    share = f"{{{{ shoplifting_count:{AREA}:{YEAR}:measure=share_pct:against=crime_count }}}}"
    assert "18.1%" in preview_section(desk, "all-crime", f"Shoplifting is {share}.")
    assert check_section(desk, "all-crime", f"One in five crimes, {share}, is shoplifting.") == ()


def test_figure_from_outside_is_printed_with_its_source_and_counted_apart(desk: Desk) -> None:
    said = "{{ said: 62% | source: Residents' survey 2025, page 4 }}"
    text = f"Of residents {said} felt safe; {BURGLARY} burglaries."
    assert check_section(desk, "all-crime", text) == ()
    assert "62% (Residents&#x27; survey 2025, page 4)" in preview_section(desk, "all-crime", text)
    held = count_held(text)
    assert (held.figures_count, held.directions_count) == (1, 0)
    assert held.said == ("62% (Residents' survey 2025, page 4)",)


def test_change_beside_counts_is_that_of_the_counts(desk: Desk) -> None:
    before, now = (f"{{{{ burglary_count:{AREA}:{year} }}}}" for year in ("2024/25", YEAR))
    change = f"{{{{ burglary_count:{AREA}:{YEAR} | change }}}}"
    rate = f"{{{{ burglary_rate:{AREA}:{YEAR} | change }}}}"
    words = f"Burglary went from {before} to {now}, a change of {change}. Its rate changed by {rate}."
    page = preview_section(desk, "burglary", words)
    assert re.findall(r"−[\d.]+%[^.<]*", re.sub("<[^>]+>", "", page)) == ["−7.1%", "−8.1% per resident"]
