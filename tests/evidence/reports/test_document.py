"""The document as a tree: order, names, anchors."""

from hypothesis import given
from hypothesis import strategies as st

from evidence.reports.sample_report import bar_spec, build_report, build_small_report, chart
from wardmote.evidence.reports.document import (
    Chart,
    Emphasis,
    FigureRef,
    Link,
    Section,
    Strong,
    Table,
    Text,
    anchor_of,
    inline,
    number_elements,
    plain_text,
    walk,
    walk_document,
)


def test_inline_from_one_string_one_inline_and_a_mixture() -> None:
    assert inline("a") == (Text("a"),)
    assert inline(Strong((Text("a"),))) == (Strong((Text("a"),)),)
    assert inline(["a", FigureRef("f", "1")]) == (Text("a"), FigureRef("f", "1"))


def test_plain_text_of_nested_inlines() -> None:
    words = (Strong((Text("a"), Emphasis((Text("b"),)))), Link("#x", (FigureRef("f", "1"),)))
    assert plain_text(words) == "ab1"


def test_walk_yields_a_section_before_what_it_holds() -> None:
    inner = Section("b", "B", (chart("c", "C", bar_spec()),))
    order = [getattr(block, "id", "") for block in walk((Section("a", "A", (inner,)), Section("d", "D", ())))]
    assert order == ["a", "b", "c", "d"]


def test_walk_document_begins_with_the_summary() -> None:
    report = build_small_report()
    assert next(walk_document(report)) is report.summary[0]


def test_elements_are_numbered_by_kind_in_reading_order() -> None:
    report = build_report(1)
    labels = number_elements(report)
    assert labels == {
        "all-crime-wards": "Table 1", "all-crime-months": "Table 2", "all-crime-map": "Map 1",
        "offence-0-trend": "Chart 1", "offence-0-wards": "Chart 2",
    }  # fmt: skip
    assert len(labels) == sum(isinstance(block, Chart | Table) for block in walk_document(report))


@given(st.lists(st.text(min_size=1, max_size=30), unique=True, max_size=20))
def test_anchors_are_fit_for_an_address_and_differ(ids: list[str]) -> None:
    anchors = [anchor_of(figure_id) for figure_id in ids]
    assert len(set(anchors)) == len(ids)
    assert all(anchor.isascii() and " " not in anchor and anchor.startswith("figure-") for anchor in anchors)
