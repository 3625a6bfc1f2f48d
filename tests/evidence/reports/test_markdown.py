"""The analyst's commentary: what it becomes, and where each fault in it is found."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wardmote.evidence.model.errors import TextNotBorneOutError, UsageError
from wardmote.evidence.reports.document import (
    BulletList,
    Callout,
    Emphasis,
    FigureRef,
    Inline,
    Link,
    Paragraph,
    Section,
    Strong,
    Text,
    plain_text,
)
from wardmote.evidence.reports.markdown import FORMATS, iterate_sentences, parse_markdown

SHOWN = {"crime_count:E06000035:2021/22": "28,412", "crime_rate:X*_1:2021/22:offence=Vehicle crime": "12.3"}
COUNT = "crime_count:E06000035:2021/22"


def resolve(figure_id: str, format_name: str) -> Inline:
    if figure_id not in SHOWN:
        raise UsageError(f"no figure {figure_id!r}", to_do="Run `wardmote figures` for the ids")
    return FigureRef(figure_id, SHOWN[figure_id]) if format_name == "value" else Text(f"[{format_name}]")


def faults_of(text: str) -> list[str]:
    with pytest.raises(TextNotBorneOutError) as caught:
        parse_markdown(text, "commentary/violence.md", resolve)
    return [f"{fault.where.removeprefix('commentary/violence.md:')} {fault.found}" for fault in caught.value.faults]


def test_paragraph_with_figure_emphasis_and_link() -> None:
    text = f"Crime *fell* to **{{{{ {COUNT} }}}}** ([ONS](https://www.ons.gov.uk/))."
    (paragraph,) = parse_markdown(text, "a.md", resolve)
    assert paragraph == Paragraph((
        Text("Crime "), Emphasis((Text("fell"),)), Text(" to "), Strong((FigureRef(COUNT, "28,412"),)), Text(" ("),
        Link("https://www.ons.gov.uk/", (Text("ONS"),)), Text(")."),
    ))  # fmt: skip


@pytest.mark.parametrize("name", FORMATS)
def test_reference_passes_each_format_to_the_resolver(name: str) -> None:
    asked: list[tuple[str, str]] = []

    def note(figure_id: str, format_name: str) -> Inline:
        asked.append((figure_id, format_name))
        return Text("")

    parse_markdown(f"{{{{{COUNT}|{name}}}}}", "a.md", note)
    assert asked == [(COUNT, name)]


def test_reference_whose_id_holds_stars_underscores_and_spaces() -> None:
    (paragraph,) = parse_markdown("Rate: {{ crime_rate:X*_1:2021/22:offence=Vehicle crime }} * _", "a.md", resolve)
    assert isinstance(paragraph, Paragraph)
    assert plain_text(paragraph.children) == "Rate: 12.3 * _"


def test_headings_become_nested_sections_with_ids_of_the_file() -> None:
    text = f"Before.\n\n# Violence\n\nA.\n\n## In the {{{{ {COUNT} }}}}\n\nB.\n\n# Violence\n\nC.\n"
    before, first, second = parse_markdown(text, "commentary/all crime.md", resolve)
    assert isinstance(before, Paragraph)
    assert isinstance(first, Section)
    assert isinstance(second, Section)
    assert (first.id, second.id) == ("all-crime-violence", "all-crime-violence-2")
    inner = first.blocks[1]
    assert isinstance(inner, Section)
    assert inner.title == "In the 28,412"


def test_lists_and_quotation() -> None:
    bullets, steps, note = parse_markdown("- one\n- two\n  more\n\n1. a\n\n2. b\n\n> Kept *apart*.\n", "a.md", resolve)
    assert bullets == BulletList(((Text("one"),), (Text("two"), Text(" "), Text("more"))))
    assert steps == BulletList(((Text("a"),), (Text("b"),)), ordered=True)
    assert note == Callout("note", (Text("Kept "), Emphasis((Text("apart"),)), Text(".")))


def test_escaped_braces_are_printed() -> None:
    (paragraph,) = parse_markdown(r"Write \{{ id \}}.", "a.md", resolve)
    assert isinstance(paragraph, Paragraph)
    assert plain_text(paragraph.children) == "Write {{ id }}."


def test_every_fault_is_found_at_its_place() -> None:
    text = (
        "Crime is {{ nothing:X }} and {{ other }}.\n"
        "\n"
        f"Then {{{{ {COUNT} | percent }}}} with <b>bold</b>\n"
        "and {{ }} and {{ open\n"
        "\n"
        "<div>\nblock\n</div>\n"
        "\n"
        "- a\n  - nested\n"
        "\n"
        "[go](javascript:alert(1)) ![p](x.png) `code`\n"
        "\n"
        "| a | b |\n|---|---|\n| 1 | 2 |\n"
    )
    assert faults_of(text) == [
        "1:10 no figure 'nothing:X'", "1:30 no figure 'other'", "3:6 unknown format 'percent'", "3:57 raw HTML",
        "3:64 raw HTML", "4:5 a reference without a figure", "4:15 a lone {{", "6:1 raw HTML",
        "11:3 a list or heading inside a list", "13:1 a picture", "13:1 code", "13:6 a link to 'javascript:alert(1)'",
        "15:1 a table",
    ]  # fmt: skip


def test_fault_of_the_resolver_keeps_what_to_do() -> None:
    with pytest.raises(TextNotBorneOutError, match=r"a\.md:1:1: no figure 'x'\. Run `wardmote figures` for the ids"):
        parse_markdown("{{ x }}", "a.md", resolve)


def test_line_ends_of_windows_keep_the_lines() -> None:
    assert faults_of("\ufeffA.\r\n\r\nB {{ x }}.\r\n") == ["3:3 no figure 'x'"]


def test_sentences_with_lines_and_figures() -> None:
    text = (
        "# Theft rose\n"
        "\n"
        "Burglary *fell* to {{ burglary:fell }}, e.g. in St. Anne's. It\n"
        "rose to {{ theft | count }} and {{ theft }}! (No. 3 is {{ c }}.) 1.5 is not an end.\n"
        "\n"
        "- Robbery [fell](https://example.org/rose)\n"
    )
    assert [(s.line, s.words, s.figure_ids) for s in iterate_sentences(text)] == [
        (1, "Theft rose", ()),
        (3, "Burglary fell to #, e.g. in St. Anne's.", ("burglary:fell",)),
        (3, "It rose to # and #!", ("theft",)),
        (4, "(No. 3 is #.)", ("c",)),
        (4, "1.5 is not an end.", ()),
        (6, "Robbery fell", ()),
    ]
    assert [s.text for s in iterate_sentences(text)][2] == "It rose to {{ theft | count }} and {{ theft }}!"


@given(st.text(alphabet="ab .!?*_[](){}<>|#-`\n\\1:", max_size=80))
def test_any_text_is_read_or_refused_and_its_sentences_hold_every_shown_word(text: str) -> None:
    sentences = list(iterate_sentences(text))
    lines = text.count("\n") + 1
    assert all(1 <= sentence.line <= lines for sentence in sentences)
    try:
        parse_markdown(text, "a.md", lambda figure_id, _format: Text(figure_id))
    except TextNotBorneOutError as error:
        places = [re.fullmatch(r"a\.md:(\d+):(\d+)", fault.where) for fault in error.faults]
        assert places
        assert all(place and 1 <= int(place[1]) <= lines for place in places)
