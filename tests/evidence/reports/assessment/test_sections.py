"""What the assessment promises to hold, section by section, and a line in each section that has nothing."""

import re
from collections.abc import Callable

import pytest

from evidence.reports.assessment.conftest import AS_AT, Sample, Written
from support.documents import find_section, list_tables, read_words
from wardmote.evidence.model.errors import UsageError
from wardmote.evidence.model.periods import Period
from wardmote.evidence.reports.assessment.build import plan_assessment
from wardmote.evidence.reports.document import Callout, Chart, KeyFigures, Section, Table, walk, walk_document
from wardmote.evidence.reports.partnership import load_partnership

GROUPS = ("violent-crime", "burglary", "vehicle-crime", "theft", "criminal-damage-and-arson", "crimes-against-society")
SECTIONS = (
    "at-a-glance", "all-crime", "anti-social-behaviour", *GROUPS, "places", "outcomes", "roads", "fly-tipping",
    "partner-data", "what-changed", "trust", "methods", "sources", "glossary", "figures",
)  # fmt: skip


def test_sections_stand_in_the_promised_order(partnership_copy: Written) -> None:
    ids = [s.id for s in partnership_copy.assessment.document.sections]
    assert tuple(ids) == SECTIONS


def test_every_section_of_the_sample_says_something(partnership_copy: Written) -> None:
    for section in partnership_copy.assessment.document.sections:
        assert len(read_words(section)) > len(section.title) + 40, section.id


@pytest.mark.parametrize("key", ["all-crime", "anti-social-behaviour", *GROUPS])
def test_a_card_holds_all_that_it_promises(partnership_copy: Written, key: str) -> None:
    card = find_section(partnership_copy.assessment.document, key)
    labels = [i.label for b in card.blocks if isinstance(b, KeyFigures) for i in b.items]
    assert labels == ["Count", "Rate", "Change per resident on a year before", "Place among peers"]
    charts = {b.id for b in walk(card.blocks) if isinstance(b, Chart)}
    assert {f"{key}-{part}" for part in ("years", "months", "profile", "peers")} <= charts
    assert f"{key}-wards" in {b.id for b in card.blocks if isinstance(b, Table)}
    assert "on the open data: " in read_words(card)


def test_places_have_both_maps_both_ward_sets_concentration_and_deprivation(partnership_copy: Written) -> None:
    places = find_section(partnership_copy.assessment.document, "places")
    maps = [b.id for b in walk(places.blocks) if isinstance(b, Chart) and b.kind == "map"]
    assert maps == ["map-small-areas", "map-wards-2017", "map-wards-2024"]
    assert "generalised Gini" in read_words(find_section(partnership_copy.assessment.document, "concentration"))
    assert "IMD 2025" in read_words(find_section(partnership_copy.assessment.document, "deprivation"))


def test_anti_social_behaviour_is_never_added_to_crime(partnership_copy: Written, sample: Sample) -> None:
    figures = {f.id: f.value for f in partnership_copy.assessment.ledger.figures}
    rows = sample.snapshot.connection.execute(
        "SELECT sum(offences_count) FILTER (crime_type <> 'Anti-social behaviour'), "
        "sum(offences_count) FILTER (crime_type = 'Anti-social behaviour') FROM street_counts "
        "WHERE month BETWEEN '2025-04-01' AND '2026-03-01' AND lsoa_code IN (SELECT child_code FROM area_links "
        "WHERE parent_code = 'X06000001' AND child_set LIKE 'lsoa@%')"
    ).fetchone()
    assert rows == (figures["crime_count:X06000001:2025/26"], figures["asb_count:X06000001:2025/26"])


def test_the_official_count_stands_first_and_the_open_data_beside_it(partnership_copy: Written) -> None:
    glance = find_section(partnership_copy.assessment.document, "at-a-glance")
    words = read_words(glance)
    official = next(
        f for f in partnership_copy.assessment.ledger.figures if f.id == "official_crime_count:X06000001:2025/26"
    )
    assert f"The official tables count {official.value:,.0f} offences in 2025/26: quote this figure." in words
    key = next(b for b in glance.blocks if isinstance(b, KeyFigures)).items[0]
    assert (key.value, key.figure_id) == (f"{official.value:,.0f}", official.id)


def test_no_remark_and_no_table_stands_twice_in_one_section(partnership_copy: Written) -> None:
    for section in partnership_copy.assessment.document.sections:
        remarks = [b for b in walk(section.blocks) if isinstance(b, Callout)]
        assert len(remarks) == len(set(remarks)), section.id
    ids = [t.id for t in list_tables(partnership_copy.assessment.document.sections)]
    assert len(ids) == len(set(ids))


def test_words_of_the_machine_do_not_reach_the_reader(partnership_copy: Written) -> None:
    sections = [s for s in partnership_copy.assessment.document.sections if s.id not in ("sources", "figures")]
    words = read_words(*sections)
    found = re.findall(r"ward@|lsoa@|estuary-sample|\bNone\b|\bnan\b|\binf\b|\d{4}-\d\d\.\.|_count", words)
    assert found == []


@pytest.mark.parametrize("year", ["2019/20", "2025-04..2025-12"])
def test_a_year_that_is_not_held_whole_still_gives_every_section(sample: Sample, year: str) -> None:
    document = sample.plan(year=year, partnership=load_partnership(None)).document
    assert tuple(s.id for s in document.sections) == SECTIONS
    for section in document.sections:
        assert any(not isinstance(b, Section) for b in walk(section.blocks)), section.id


def test_a_year_with_a_missing_month_is_said_to_have_no_total(sample: Sample) -> None:
    document = sample.plan(year="2023/24", partnership=load_partnership(None)).document
    words = read_words(find_section(document, "at-a-glance"))
    assert "The open data does not hold every month of 2023/24" in words
    assert "[x]" in words
    card = read_words(find_section(document, "burglary"))
    assert "November 2023" in card


def test_a_part_of_a_year_has_rates_of_its_own_months(sample: Sample) -> None:
    document = sample.plan(year="2025-04..2025-12", partnership=load_partnership(None)).document
    for section in ("at-a-glance", "burglary"):
        assert "in these 9 months" in read_words(find_section(document, section))


LINES = {
    "roads": "Road collisions: nothing of the source stats19 is loaded.",
    "fly-tipping": "Fly-tipping: nothing of the source fly-tipping is loaded.",
    "partner-data": "Partners' data: no partner's dataset is loaded.",
}


def test_a_store_with_police_files_alone_names_what_is_missing(sample: Sample) -> None:
    """Everything but the police's files and the look-ups taken away."""
    with_little = _Without(sample.snapshot, ("collisions", "fly_tipping", "partner_datasets", "outcome_counts"))
    document = plan_assessment(
        with_little,  # type: ignore[arg-type]
        "X06000001",
        Period.parse("2025/26"),
        load_partnership(None),
        audience="public",
        as_at=AS_AT,
    ).document
    for section in ("roads", "fly-tipping", "partner-data"):
        assert LINES[section] in read_words(find_section(document, section))
    assert "Outcomes: " in read_words(find_section(document, "outcomes"))
    assert tuple(s.id for s in document.sections) == SECTIONS


def test_an_area_that_nothing_names_is_refused(sample: Sample) -> None:
    with pytest.raises(UsageError, match="E06999999"):
        plan_assessment(
            sample.snapshot, "E06999999", Period.parse("2025/26"), load_partnership(None), audience="public",
            as_at=AS_AT,
        )  # fmt: skip


@pytest.mark.parametrize("year", ["2030/31", "2026/27", "2026-04"])
def test_a_period_after_everything_loaded_is_refused_with_the_newest_held(sample: Sample, year: str) -> None:
    with pytest.raises(UsageError, match=r"ends with March 2026\. .* such as 2025/26\."):
        sample.plan(year=year)


def test_a_period_that_begins_in_the_newest_month_is_built(sample: Sample) -> None:
    document = sample.plan(year="2026-03..2026-05", partnership=load_partnership(None)).document
    assert "does not hold every month" in read_words(find_section(document, "at-a-glance"))


def test_every_page_of_the_sample_is_marked_synthetic(partnership_copy: Written, public_copy: Written) -> None:
    assert partnership_copy.assessment.document.marking == "Synthetic: invented figures. Not for publication"
    assert public_copy.assessment.document.marking == "Synthetic: invented figures"


class _Without:
    """A snapshot that does not hold some tables."""

    def __init__(self, snapshot: object, absent: tuple[str, ...]) -> None:
        self._snapshot, self._absent = snapshot, absent
        self._memory: dict[object, object] = {}  # its own: what the whole snapshot remembers is not held here

    def recall(self, key: object, make: Callable[[], object], **_: object) -> object:
        if key not in self._memory:
            self._memory[key] = make()
        return self._memory[key]

    def has(self, table: str) -> bool:
        return table not in self._absent and self._snapshot.has(table)  # type: ignore[attr-defined]

    def __getattr__(self, name: str) -> object:
        return getattr(self._snapshot, name)


def test_charts_and_tables_have_words_and_numbers(partnership_copy: Written) -> None:
    for block in walk_document(partnership_copy.assessment.document):
        if isinstance(block, Chart):
            assert len(block.alt) > 40, block.id
            assert block.table.rows, block.id
            assert block.source, block.id
