"""Lines of text and Markdown become blocks and tables, each with its line."""

import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wardmote.evidence.claims.reading import read_document, read_text
from wardmote.evidence.claims.text import Block, Table, TextDocument


def read_txt(text: str) -> TextDocument:
    return read_text(text, name="report.txt", format="txt")


def list_blocks(document: TextDocument) -> list[tuple[str, str, int | None]]:
    return [(p.kind, p.text, p.place.line) for p in document.parts if isinstance(p, Block)]


def list_rows(table: Table) -> list[list[str]]:
    return [[cell.text for cell in row] for row in table.rows]


def test_headings_items_and_paragraphs_of_plain_text() -> None:
    text = "All Crime\n\nBurglary fell by 12%.\n\n- 3 of 4 wards\n  • nested item\n1) numbered item\n· dotted\n"
    assert list_blocks(read_txt(text)) == [
        ("heading", "All Crime", 1),
        ("paragraph", "Burglary fell by 12%.", 3),
        ("item", "3 of 4 wards", 5),
        ("item", "nested item", 6),
        ("item", "numbered item", 7),
        ("item", "dotted", 8),
    ]


def test_paragraph_cut_by_a_page_end_is_one_block_that_knows_its_lines() -> None:
    first = "The team worked with partners across the district and saw 40 cases in the first"
    document = read_txt(f"{first}\n\n\nyear, of which 12 were closed.\n")
    (block,) = document.parts
    assert isinstance(block, Block)
    assert block.text == f"{first} year, of which 12 were closed."
    at = block.text.index("12")
    assert block.place_of(at, at + 2).line == 4
    assert block.place_of(0, 3).line == 1


def test_short_title_before_a_lower_case_line_stays_a_title() -> None:
    assert [b[1] for b in list_blocks(read_txt("Context\n\nreports rose last year.\n"))] == [
        "Context",
        "reports rose last year.",
    ]


def test_hard_wrapped_paragraph_joins_lines_that_begin_with_figures_or_capitals() -> None:
    text = (
        "Recorded crime in the district rose over the year, from a base of\n"
        "1,200 offences in the first quarter to 1,500 in the last, while the\n"
        "County as a whole saw no change that the police could explain.\n"
    )
    assert len(read_txt(text).parts) == 1


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("taking place¹, again", "taking place, again"),
        ("come forward.³", "come forward."),
        ("come forward.3 Later it fell.", "come forward. Later it fell."),
        ("see para.3 Later it fell.", "see para.3 Later it fell."),
        ("on 11 th March", "on 11th March"),
        ("the 22<sup>nd</sup> of June", "the 22nd of June"),
        ("fell<sup>4</sup> by 5", "fell by 5"),
        ("12 per km² of land", "12 per km² of land"),
        ("Police &amp; Crime, £1\u00a0000", "Police & Crime, £1 000"),
        ("neigh\u00adbourhood", "neighbourhood"),
        ("<25% and < 50%", "<25% and < 50%"),
        ("4.26 A protocol was signed.", "A protocol was signed."),
        ("<u>www.example.org</u> counts 3", "www.example.org counts 3"),
    ],
)
def test_text_of_a_line(written: str, read: str) -> None:
    assert list_blocks(read_txt(written))[0][1] == read


def test_line_of_a_contents_list_keeps_no_page_number() -> None:
    assert list_blocks(read_txt("Introduction ........ 14")) == [("item", "Introduction", 1)]


def test_rows_with_tabs_make_a_table_with_its_heading() -> None:
    document = read_txt("Results\n\nIndicator\tTarget\tUpdate\nBurglary\t5%\tQ3 - 9\nRobbery\t< 50%\t\t\t\n")
    (table,) = document.tables()
    assert list_rows(table) == [
        ["Indicator", "Target", "Update"], ["Burglary", "5%", "Q3 - 9"], ["Robbery", "< 50%", ""],
    ]  # fmt: skip
    assert (table.header_rows, table.header_columns) == (1, 1)
    assert [row[0].place.line for row in table.rows] == [3, 4, 5]
    assert table.rows[1][2].place.column == 2


def test_labels_with_their_values_have_no_heading_row() -> None:
    (table,) = read_txt("Level\t20,285\nAnnual Change\t8% Increase\n").tables()
    assert (table.header_rows, table.header_columns) == (0, 1)


def test_periods_name_columns_though_they_hold_figures() -> None:
    (table,) = read_txt("Offence\t2018/19\tApr 19 - Mar 20\nBurglary\t20\t30\n").tables()
    assert table.header == ("Offence", "2018/19", "Apr 19 - Mar 20")


def test_glossary_of_two_columns_has_no_heading_row() -> None:
    (table,) = read_txt("ASB\tAnti-Social Behaviour\nCSP\tCommunity Safety Partnership\n").tables()
    assert table.header_rows == 0


def test_table_goes_on_after_a_page_end_and_another_begins_after_a_title_row() -> None:
    text = "Actions\tProgress\nReview\tgoing on\n\n\tpartly done in 3 wards\n\nASB\t\nIncidents\t8978\n"
    first, second = read_txt(text).tables()
    assert list_rows(first)[2] == ["", "partly done in 3 wards"]
    assert second.caption == "ASB"
    assert list_rows(second) == [["Incidents", "8978"]]


def test_table_inside_a_cell_and_the_rows_that_repeat_it() -> None:
    inner = (
        "<table><caption>Trend</caption><thead><tr><th>Year</th><th>Count</th></tr></thead>"
        "<tbody><tr><td>2014</td><td>9</td></tr></tbody></table>"
    )
    text = f"Change\t<p>8% up</p> <p>Better</p>\nTrend\t{inner}\tYear\tCount\nYear\tCount\t\n2014\t9\t\nNext\t3%\n"
    outer, nested, repeated, rest = read_txt(text).tables()
    assert list_rows(outer) == [["Change", "8% up\nBetter"], ["Trend", ""]]
    assert nested.caption == repeated.caption == "Trend"
    assert list_rows(nested) == list_rows(repeated) == [["Year", "Count"], ["2014", "9"]]
    assert nested.inside == outer.rows[1][1].place
    assert nested.rows[1][1].place.line == 2
    assert repeated.rows[1][1].place.line == 4
    assert list_rows(rest) == [["Next", "3%"]]


def test_cell_cut_off_in_its_markup_still_gives_its_items() -> None:
    (table,) = read_txt('Hotspots\t<p>Top 2:</p> <ul style="x"> • River • Luton and\nOther\tnone\n').tables()
    assert table.rows[0][1].text == "Top 2:\nRiver\nLuton and"


def test_stacked_cells_make_rows_up_to_the_blank_line() -> None:
    (table,) = read_txt("\tASB\n\tAnti-Social\nBehaviour\n\n\tCSP\n\t\n\n").tables()
    assert list_rows(table) == [["ASB", "Anti-Social Behaviour"], ["CSP", ""]]


def test_merged_cells_stand_in_every_slot_they_cover() -> None:
    text = (
        "<table><tr><th rowspan=2>Ward</th><th colspan=2>Year</th></tr><tr><th>2014</th><th>2015</th></tr>"
        "<tr><td>River</td><td>1</td><td>2</td></tr></table>"
    )
    (table,) = read_txt(text).tables()
    assert table.header_rows == 2
    assert table.header == ("Ward", "Year 2014", "Year 2015")
    assert table.rows[0][0] is table.rows[1][0]


def test_markdown_signs_are_no_words() -> None:
    text = "---\ntitle: x\n---\n# **Crime**\n\n"
    text += "Fell by *12%* in [Luton](http://x.org),\nand rose[^1] after.\n\n[^1]: See 3.\n"
    document = read_text(text, name="report.md", format="md")
    assert list_blocks(document) == [
        ("heading", "Crime", 4),
        ("paragraph", "Fell by 12% in Luton, and rose after.", 6),
        ("note", "See 3.", 9),
    ]


def test_markdown_pipe_table_keeps_its_lines() -> None:
    document = read_text("| A | B \\| C |\n|:--|--:|\n| x | 1 |\n", name="r.md", format="md")
    (table,) = document.tables()
    assert list_rows(table) == [["A", "B | C"], ["x", "1"]]
    assert table.header_rows == 1
    assert table.rows[1][0].place.line == 3


def test_table_of_tags_over_several_lines_keeps_its_lines() -> None:
    (table,) = read_txt(
        "Before.\n<table>\n<tr><td>a</td><td>1</td></tr>\n<tr><td>b</td><td>2</td></tr>\n</table>"
    ).tables()
    assert [row[0].place.line for row in table.rows] == [3, 4]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_encodings_give_the_same_words(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "report.txt"
    path.write_bytes("Costs of £111,000 – a rise of 3%.".encode(encoding))
    assert list_blocks(read_document(path)) == [("paragraph", "Costs of £111,000 – a rise of 3%.", 1)]


@pytest.mark.parametrize("text", ["", "\n\n\t\n", "\ufeff"])
def test_empty_text_has_no_parts(text: str) -> None:
    assert [part for part in read_txt(text).blocks() if part.text] == []


PIECES = st.sampled_from(
    ["<table>", "<tr>", "<td>", "</table>", "<p", "\t", "\n", "\n\n", "| a |", "|--|", "12%", "Word", "and", "•", "- ",
     "#", "<sup>", "²", "&amp;", "1.", "```", "</", "\u00ad", "<td colspan=9 rowspan=9>"]
)  # fmt: skip


@given(st.lists(PIECES, max_size=40).map("".join), st.sampled_from(["txt", "md", "html"]))
def test_offsets_and_grids_hold_whatever_the_text(text: str, kind: str) -> None:
    document = read_text(text, name="x", format=kind)  # type: ignore[arg-type]
    lines = len(text.splitlines()) + 1
    for block in document.blocks():
        assert 1 <= (block.place.line or 0) <= lines
        offsets = [offset for offset, _ in block.line_starts]
        assert offsets == sorted(offsets)
        assert all(offset <= len(block.text) for offset in offsets)
        assert block.text == block.text.strip()
    for table in document.tables():
        assert len({len(row) for row in table.rows}) == 1
        assert 0 <= table.header_rows <= len(table.rows)


@given(st.text(max_size=300), st.sampled_from(["txt", "md", "html"]))
def test_any_text_is_read(text: str, kind: str) -> None:
    assert read_text(text, name="x", format=kind).name == "x"  # type: ignore[arg-type]


ODD = {
    "words": "word " * 400_000,
    "tabs": "a\t" * 200_000,
    "cells": "<td>" * 200_000,
    "fences": "```\n" * 50_000,
    "tables": "<table>\n" * 50_000,
    "empty-cells": "\t\n" * 100_000,
    "stars": "*a " * 300_000,
    "angles": "<" * 300_000,
    "brackets": "[" * 200_000,
    "numbers": "1." * 200_000,
    "raised": "a<sup>" * 30_000,
    "pipes": "\n".join(["a | b", "--|--"] * 30_000),
    "blanks": " " * 500_000,
}


@pytest.mark.parametrize("text", ODD.values(), ids=ODD)
def test_long_and_odd_text_takes_time_in_proportion(text: str) -> None:
    begun = time.process_time()
    read_txt(text)
    read_text(text, name="x", format="md")
    assert time.process_time() - begun < 20
