"""The page's structure: headings, tables, names, links, and that it needs nothing but itself."""

import base64
import hashlib
import itertools
import re
from dataclasses import replace
from typing import Any

import pytest
from lxml import html

from evidence.reports.sample_report import build_report, build_small_report
from wardmote.evidence.reports.document import Paragraph, Section, Text
from wardmote.evidence.reports.writers.html import render_html


@pytest.fixture(scope="module")
def source() -> str:
    return render_html(build_report(2))


@pytest.fixture(scope="module")
def page(source: str) -> Any:
    return html.fromstring(source)


def test_page_has_language_title_and_one_main_heading(page: Any) -> None:
    assert page.get("lang") == "en-GB"
    assert page.findtext(".//title") == "Strategic assessment of crime and disorder"
    assert [node.text for node in page.iter("h1")] == ["Strategic assessment of crime and disorder"]
    assert len(page.xpath("//main")) == len(page.xpath("//nav")) == len(page.xpath("//footer")) == 1


def test_headings_never_skip_a_level(page: Any) -> None:
    levels = [int(node.tag[1]) for node in page.iter("h1", "h2", "h3", "h4", "h5", "h6")]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))


def test_ids_are_unique_and_every_inner_link_arrives(page: Any) -> None:
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))
    targets = {href[1:] for href in page.xpath("//a/@href") if href.startswith("#")}
    assert targets
    assert targets <= set(ids)
    named = " ".join(page.xpath("//@aria-labelledby")).split()
    assert set(named) <= set(ids)


def test_tables_have_captions_and_scoped_heads(page: Any) -> None:
    tables = page.xpath("//table")
    assert len(tables) == 7  # two tables, and the data of one map and four charts
    for table in tables:
        assert table.xpath("./caption//text()")
        assert set(table.xpath("./thead//th/@scope")) == {"col"}
        assert all(row.xpath("./th/@scope") == ["row"] for row in table.xpath("./tbody/tr"))


def test_pictures_have_a_name_and_a_description(page: Any) -> None:
    pictures = page.xpath("//*[local-name()='svg']")
    assert len(pictures) == 5
    for picture in pictures:
        title, words = (page.get_element_by_id(name) for name in picture.get("aria-labelledby").split())
        assert title.text
        assert words.text.startswith(title.text)
        assert picture.get("role") == "img"


def test_a_shown_figure_leads_to_its_entry_and_back(page: Any) -> None:
    link = page.xpath("//section[@id='all-crime']//a[@class='figure']")[0]
    entry = page.get_element_by_id(link.get("href")[1:])
    assert "crime_count:X00:2021/22" in entry.text_content()
    assert f"#{link.get('id')}" in entry.xpath(".//p[@class='back']/a/@href")


def test_page_needs_no_script_and_no_other_file(source: str, page: Any) -> None:
    assert not page.xpath("//script | //link | //iframe | //@style | //*[starts-with(local-name(@*), 'on')]")
    loaded = re.findall(r'(?:src|srcset|poster|data)="([^"]+)"', source) + re.findall(r"url\(([^)]+)\)", source)
    assert loaded
    assert all(address.startswith(("data:", "#")) for address in loaded)


def test_policy_names_the_style_that_is_there(page: Any) -> None:
    policy = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")[0]
    digest = hashlib.sha256(page.findtext(".//style").encode()).digest()
    assert f"style-src 'sha256-{base64.b64encode(digest).decode()}'" in policy
    assert "default-src 'none'" in policy


def test_words_are_never_markup() -> None:
    evil = "</p><script>alert(1)</script>\"'&"
    report = build_small_report()
    section = Section("evil", evil, (Paragraph((Text(evil),)),))
    written = render_html(replace(report, title=evil, marking=evil, publisher=evil, sections=(section,)))
    assert "<script" not in written
    assert html.fromstring(written).findtext(".//section[@id='evil']/p") == evil


def test_marking_stands_on_top_and_in_the_printed_page(source: str, page: Any) -> None:
    assert page.xpath("//header/p[@class='marking']/text()") == ["SYNTHETIC — fictional data"]
    assert '@top-left{content:"SYNTHETIC — fictional data"}' in source
