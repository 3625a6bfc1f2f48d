"""What stands beside a number says its own years, whose residents it is per, how it was tested, what a break did."""

from dataclasses import replace

import pytest

from evidence.reports.assessment.conftest import AS_AT, Sample, Written
from support.documents import find_section, list_tables, read_words
from wardmote.evidence.indicators.compute import Evidence
from wardmote.evidence.indicators.readings.comparisons import Comparison
from wardmote.evidence.indicators.readings.peers import PeerGroup
from wardmote.evidence.model.areas import Area
from wardmote.evidence.model.figures import Denominator, Figure
from wardmote.evidence.model.periods import Period
from wardmote.evidence.reports.assessment.build import Assessment, plan_assessment
from wardmote.evidence.reports.assessment.changes import label_change, name_against, name_pair
from wardmote.evidence.reports.assessment.context import Context
from wardmote.evidence.reports.assessment.residents import name_residents, note_unnamed
from wardmote.evidence.reports.document import BulletList, Callout, Chart, KeyFigure, KeyFigures, walk
from wardmote.evidence.reports.ledger import Ledger
from wardmote.evidence.reports.partnership import load_partnership
from wardmote.evidence.statistics.change import compare_counts

AREA = Area("X06000001", "Zellmouth")


@pytest.fixture(scope="module")
def context(sample: Sample) -> Context:
    group = PeerGroup("none", "no peers", (AREA,), {})
    return Context(Evidence.of(sample.snapshot), AREA, Period.parse("2025/26"), group, (), Ledger(sample.snapshot))


def compare(current: str, source: str, people: tuple[float, float] = (1, 1)) -> Comparison:
    now = Period.parse(current)
    figures = [
        Figure("crime_count", AREA, p, v, "offences", source=source) for p, v in ((now, 120.0), (now.previous(), 100.0))
    ]
    return Comparison(figures[0], figures[1], None, None, compare_counts(120, 100, *people))


LABELS = [
    # years, source, residents, label
    ("2025/26", "police-street", (1, 1), "Change on a year before"),
    ("2025/26", "police-street", (9e4, 9e4), "Change per resident on a year before"),
    ("2025-04..2026-03", "ons-csp-tables", (1, 1), "Change on a year before"),
    ("2024-01..2024-12", "ons-csp-tables", (1, 1), "Official change, year to December 2024"),
    ("2024-01..2024-12", "ons-csp-tables", (9e4, 9e4), "Official change per resident, year to December 2024"),
    ("2024/25", "police-street", (1, 1), "Change, 2024/25"),
]


@pytest.mark.parametrize(("years", "source", "people", "label"), LABELS)
def test_a_change_is_labelled_by_its_own_years(
    context: Context, years: str, source: str, people: tuple[float, float], label: str
) -> None:
    assert label_change(context, compare(years, source, people)) == label


def test_the_years_before_are_named_beside_the_label(context: Context) -> None:
    own = compare("2025-04..2026-03", "ons-csp-tables")
    assert name_against(context, own) == "against the year to March 2025, official tables"
    other = compare("2024-01..2024-12", "ons-csp-tables")
    assert name_against(context, other) == "against the year to December 2023"


def test_a_pair_of_years_is_named_with_its_source_and_its_base() -> None:
    assert name_pair(compare("2024-01..2024-12", "ons-csp-tables", (9e4, 9e4))) == (
        "the year to December 2024 against the year to December 2023, official tables, per resident"
    )


# -- an older year, of which only the official tables hold every month ---------------------------------------------
@pytest.fixture(scope="module")
def older(sample: Sample) -> Assessment:
    """2023/24: a month of its open data was never received, so its change is that of the official tables."""
    snapshot = sample.snapshot
    plain = replace(load_partnership(None), breaks=sample.partnership.breaks)
    return plan_assessment(snapshot, AREA.code, Period.parse("2023/24"), plain, audience="partnership", as_at=AS_AT)


def list_keys(assessment: Assessment, section: str) -> list[KeyFigure]:
    blocks = find_section(assessment.document, section).blocks
    return [i for b in walk(blocks) if isinstance(b, KeyFigures) for i in b.items]


@pytest.mark.parametrize("section", ["at-a-glance", "all-crime"])
def test_a_fall_across_a_break_in_a_part_carries_the_caution_where_it_stands(older: Assessment, section: str) -> None:
    """The counting rules of 2023 touch violence, a part of all crime, between 2022/23 and 2023/24."""
    key = next(k for k in list_keys(older, section) if "hange per resident" in k.label)
    assert "part of it touched by Home Office counting rules of 2023: see the caution" in key.detail
    assert key.tone not in ("good", "bad")


def test_the_list_of_what_changed_carries_the_caution_and_its_whole_words(older: Assessment) -> None:
    section = find_section(older.document, "what-changed")
    points = read_words(*(b for b in walk([section]) if isinstance(b, BulletList)))
    assert "all recorded crime (part of it touched by Home Office counting rules of 2023: see the caution)" in points
    cautions = [b for b in walk([section]) if isinstance(b, Callout) and b.kind == "caution"]
    assert "Part of this total is touched by a break: Home Office counting rules of 2023" in read_words(*cautions)


def test_every_caution_that_is_pointed_to_stands_in_its_section(older: Assessment) -> None:
    pointing = 0
    for section in older.document.sections[1:]:
        if "see the caution" in read_words(section):
            pointing += 1
            assert any(isinstance(b, Callout) and b.kind == "caution" for b in walk([section])), section.id
    assert pointing > 1


# -- residents, wards and names -----------------------------------------------------------------------------------
def test_residents_are_named_by_year_and_edition_once() -> None:
    def give(year: int, vintage: str, note: str = "") -> Denominator:
        return Denominator(1000.0, "residents", year, vintage, note)

    assert name_residents([give(2021, "MYE 2011-2023"), None]) == "mid-2021 (MYE 2011-2023)"
    late = "no estimate for mid-2024 is loaded"
    two = [give(2022, "MYE 2011-2023"), give(2023, "MYE 2011-2023"), give(2023, "MYE 2011-2023", late)]
    assert name_residents(two) == f"mid-2022 and mid-2023 (MYE 2011-2023); {late}"
    assert name_residents([give(2020, "Ward mid-2020 (2011 census series)")]) == "Ward mid-2020 (2011 census series)"
    assert name_residents([give(y, "MYE") for y in (2019, 2020, 2021)]) == "mid-2019 to mid-2021 (MYE)"
    assert name_residents([give(y, "MYE") for y in (2019, 2021, 2022)]) == "mid-2019, mid-2021 and mid-2022 (MYE)"
    assert name_residents([]) == ""


def test_every_rate_of_the_sample_has_its_residents_in_print(partnership_copy: Written) -> None:
    document = partnership_copy.assessment.document
    for section in document.sections:
        for block in walk([section]):
            if isinstance(block, KeyFigures):
                rates = [i for i in block.items if i.label == "Rate" and "[x]" not in i.value]
                assert all("residents, mid-2025 (MYE" in i.detail for i in rates), section.id
    charts = {b.table.id: b.note for s in document.sections for b in walk([s]) if isinstance(b, Chart)}
    with_rates = [t for t in list_tables(document.sections) if any(c.title == "Rate per 1,000" for c in t.columns)]
    assert len(with_rates) > 20
    for table in with_rates:
        assert "Residents" in charts.get(table.id, table.note), table.id


def test_places_without_a_name_are_told_once_and_only_then() -> None:
    assert note_unnamed([("E05010391", "E05010391"), ("E05010392", "Beltinge")], "wards") == (
        "No name is loaded for the wards that stand by their codes."
    )
    assert note_unnamed([("E05010392", "Beltinge")], "wards") == ""


# -- the rest ----------------------------------------------------------------------------------------------------
def test_months_keep_their_capitals(partnership_copy: Written) -> None:
    trust = read_words(find_section(partnership_copy.assessment.document, "trust-official"))
    assert "Year to March 2026" in trust
    assert "march" not in trust


def test_the_test_behind_a_change_is_told_in_print(partnership_copy: Written) -> None:
    document = partnership_copy.assessment.document
    changed = read_words(find_section(document, "what-changed"))
    assert "newest twelve months of the open data (April 2025 to March 2026), which stand in for theirs" in changed
    for section in ("roads", "fly-tipping", "partner-data"):
        assert "(tested against chance alone)" in read_words(find_section(document, section)), section
    assert "chance alone" not in read_words(find_section(document, "burglary"))
    methods = read_words(find_section(document, "methods"))
    assert "stand in for the spread" in methods
    assert "It allows for chance only, not for how differently places record." in methods


def test_movers_at_a_glance_are_said_to_be_per_resident(partnership_copy: Written) -> None:
    assert "these rose per resident by more than noise" in read_words(
        find_section(partnership_copy.assessment.document, "at-a-glance")
    )


def test_a_partners_dataset_is_named_by_its_own_words_among_the_sources(partnership_copy: Written) -> None:
    words = read_words(find_section(partnership_copy.assessment.document, "sources"))
    assert "Deliberate fires. Zellmouth Estuary Fire and Rescue (synthetic). Synthetic; generated by wardmote." in words
    assert "mapping file" not in words


def test_two_sums_of_twelve_months_are_told_in_words(sample: Sample) -> None:
    """The sample's first month is April 2021: two sums end by April 2022."""
    document = sample.plan(year="2021-05..2022-04", partnership=load_partnership(None)).document
    card = find_section(document, "all-crime")
    assert "all-crime-rolling" not in {b.id for b in walk([card]) if isinstance(b, Chart)}
    words = read_words(card)
    assert "offences in the twelve months to March 2022 and " in words
    assert "offences in the twelve months to April 2022; too few months on end are held for a chart." in words
