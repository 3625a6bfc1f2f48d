"""Every shipped catalogue file loads, and what the files say of one another holds."""

from importlib.resources import files

import pytest

from wardmote.evidence.definitions.breaks import list_breaks
from wardmote.evidence.definitions.files import iterate_catalogue, parse_yaml
from wardmote.evidence.definitions.glossary import list_terms
from wardmote.evidence.definitions.indicators import list_indicators
from wardmote.evidence.definitions.offences import get_offence_tree
from wardmote.evidence.definitions.sources import list_sources
from wardmote.evidence.model.areas import kind_of_code

SOURCES_OF_THE_FIRST_RELEASE = {
    "police-street", "police-outcomes", "police-stop-search", "home-office-csp", "ons-csp-tables", "ons-population",
    "ons-lookups", "boundaries", "imd", "fly-tipping", "stats19", "partner",
}  # fmt: skip
INDICATORS = list_indicators()


def test_every_yaml_file_of_the_catalogue_is_yaml_without_repeated_keys() -> None:
    paths = [p for p in _walk(files("wardmote.catalogue")) if p.name.endswith(".yaml")]
    assert len(paths) >= 80
    for path in paths:
        assert parse_yaml(path.read_text("utf-8"), path.name)


def _walk(folder):  # type: ignore[no-untyped-def]
    for entry in folder.iterdir():
        yield from _walk(entry) if entry.is_dir() else [entry]


def test_every_source_of_the_release_is_declared() -> None:
    assert set(list_sources()) >= SOURCES_OF_THE_FIRST_RELEASE


@pytest.mark.parametrize("name", sorted(list_sources()))
def test_source_says_who_publishes_it_under_which_licence_with_which_faults(name: str) -> None:
    source = list_sources()[name]
    assert source.publisher
    assert source.licence
    assert source.columns
    assert source.known_faults
    assert source.homepage.startswith(("https://", "docs/guide/"))  # what nobody publishes has a page of our own


def test_only_partner_data_needs_disclosure_control() -> None:
    assert [s.id for s in list_sources().values() if s.disclosure == "partner"] == ["partner"]


@pytest.mark.parametrize("name", sorted(INDICATORS))
def test_indicator_counts_a_declared_source(name: str) -> None:
    assert INDICATORS[name].numerator.source in list_sources()


@pytest.mark.parametrize("name", sorted(n for n, d in INDICATORS.items() if d.numerator.offence))
def test_indicator_counts_an_offence_that_its_source_carries(name: str) -> None:
    numerator = INDICATORS[name].numerator
    mapping = get_offence_tree().find_mapping(numerator.source, numerator.offence)
    assert mapping is not None
    assert mapping.fit != "none"


@pytest.mark.parametrize("name", sorted(n for n, d in INDICATORS.items() if d.kind == "rate"))
def test_rate_counts_what_its_count_counts(name: str) -> None:
    rate = INDICATORS[name]
    count = INDICATORS[rate.count_id]
    assert (count.kind, count.rate_id) == ("count", name)
    assert count.numerator == rate.numerator
    assert count.polarity == rate.polarity
    assert rate.multiplier == 1000
    assert rate.interval_method


@pytest.mark.parametrize("category_of", ["police-street"])
def test_every_offence_type_has_a_count_and_a_rate(category_of: str) -> None:
    tree = get_offence_tree()
    carried = {n for n, m in tree.mappings[category_of].items() if m.fit != "none"}
    counted = {d.numerator.offence for d in INDICATORS.values() if d.numerator.source == category_of}
    assert carried - counted == set()
    rated = {d.numerator.offence for d in INDICATORS.values() if d.numerator.source == category_of and d.kind == "rate"}
    assert carried - rated == set()


def test_all_crime_never_holds_anti_social_behaviour() -> None:
    tree = get_offence_tree()
    assert tree.nodes["anti_social_behaviour"].outside_crime
    assert "all_crime" not in tree.ancestors("anti_social_behaviour")
    for source in tree.mappings:
        crime = tree.find_mapping(source, "all_crime")
        assert crime is not None
        assert not [c for c in crime.categories if "anti-social" in c.casefold()]


def test_all_crime_of_open_data_is_the_thirteen_types_that_are_crimes() -> None:
    crime = get_offence_tree().find_mapping("police-street", "all_crime")
    assert crime is not None
    # data.police.uk lists fourteen types; anti-social behaviour is the one that is no crime.
    assert len(set(crime.categories)) == len(crime.categories) == 13


@pytest.mark.parametrize("source", ["police-street", "ons-csp-tables"])
def test_groups_of_the_tree_share_no_category_and_make_up_all_crime(source: str) -> None:
    tree = get_offence_tree()
    mappings = [m for g in tree.groups() if not g.outside_crime and (m := tree.find_mapping(source, g.id))]
    categories = [c for m in mappings for c in m.categories]
    assert len(categories) == len(set(categories))
    whole = tree.find_mapping(source, "all_crime")
    assert whole is not None
    if len(whole.categories) > 1:  # the official tables have a heading of their own for the total
        assert set(categories) == set(whole.categories)


def test_breaks_name_declared_sources_known_offences_and_real_areas() -> None:
    nodes = get_offence_tree().nodes
    for found in list_breaks():
        assert set(found.series) <= set(list_sources()), found.id
        assert set(found.offences) <= set(nodes), found.id
        assert all(a == "all" or kind_of_code(a) not in ("custom", "unknown") for a in found.areas), found.id
        assert found.areas, found.id
        assert found.action, found.id


def test_break_ids_are_unique() -> None:
    ids = [b.id for b in list_breaks()]
    assert len(ids) == len(set(ids)) >= 4


def test_glossary_defines_each_word_once_in_alphabetical_order() -> None:
    terms = [t.term for t in list_terms()]
    assert len(terms) >= 35
    assert terms == sorted(terms, key=str.casefold)
    assert all(t.meaning.endswith(".") for t in list_terms())


def test_words_of_plans_and_claims_are_told_from_those_of_assessments() -> None:
    kinds = {t.term: t.of for t in list_terms()}
    assert (kinds["Ward"], kinds["Trajectory"], kinds["Implied population"]) == ("", "plans", "claims")
    assert sum(not kind for kind in kinds.values()) >= 35


def test_catalogue_folder_that_is_not_there_is_empty() -> None:
    assert list(iterate_catalogue("nowhere")) == []
