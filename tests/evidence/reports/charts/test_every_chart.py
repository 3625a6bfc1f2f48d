"""What holds of every chart, whatever it shows."""

import json
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
import vl_convert
from fontTools.ttLib import TTFont

from evidence.reports.charts.samples import LONG_NAME, SAMPLES, draw_sample, grid_of_areas, read_labels, sheet_of, weigh
from wardmote.evidence.reports.charts.bars import BarRow, ranked_bars
from wardmote.evidence.reports.charts.colours import relative_luminance
from wardmote.evidence.reports.charts.frame import REPORT, SMALL, ChartSize
from wardmote.evidence.reports.charts.lettering import measure_text
from wardmote.evidence.reports.charts.maps import choropleth
from wardmote.evidence.reports.charts.render import VEGA_LITE_VERSION, register_fonts, render_png, render_svg
from wardmote.evidence.reports.charts.theme import DEFAULT_THEME, FONT_FOLDER

every_chart = pytest.mark.parametrize("name", list(SAMPLES))
both_sizes = pytest.mark.parametrize("size", [REPORT, SMALL], ids=["report", "small"])
short_and_long = pytest.mark.parametrize("tail", ["", LONG_NAME], ids=["short", "long"])


@every_chart
@both_sizes
@short_and_long
def test_chart_draws_without_a_warning(
    name: str, size: ChartSize, tail: str, capfd: pytest.CaptureFixture[str]
) -> None:
    register_fonts()
    spec = draw_sample(name, size, tail).spec
    svg = vl_convert.vegalite_to_svg(spec, vl_version=VEGA_LITE_VERSION, show_warnings=True, allowed_base_urls=[])
    printed = capfd.readouterr()
    assert printed.err + printed.out == ""
    assert svg.count("<text") >= 5


def test_warning_of_the_renderer_would_be_seen(capfd: pytest.CaptureFixture[str]) -> None:
    rows = {"values": [{"a": 1}]}
    field = {"field": "a", "type": "quantitative"}
    faulty = {"data": rows, "mark": "bar", "encoding": {"x": field, "shape": field}}
    vl_convert.vegalite_to_svg(faulty, vl_version=VEGA_LITE_VERSION, show_warnings=True)
    assert "WARN" in capfd.readouterr().err


@every_chart
def test_chart_asks_for_nothing_outside_itself(name: str) -> None:
    text = json.dumps(draw_sample(name, REPORT).spec)
    assert "://" not in text
    assert '"url"' not in text


def test_specification_that_asks_for_an_address_is_refused() -> None:
    asking = {"data": {"url": "https://example.invalid/a.json"}, "mark": "bar", "encoding": {}}
    with pytest.raises(ValueError, match="not allowed"):
        render_svg(asking)


@every_chart
def test_chart_is_the_same_each_time(name: str) -> None:
    first, second = draw_sample(name, REPORT), draw_sample(name, REPORT)
    assert first == second
    drawn = render_svg(first.spec)
    render_svg(draw_sample("lorenz", SMALL).spec)  # the renderer counts through a process: a chart must not show it
    assert render_svg(second.spec) == drawn


@every_chart
def test_chart_survives_being_written_as_json(name: str) -> None:
    spec = draw_sample(name, REPORT).spec
    assert render_svg(json.loads(json.dumps(spec))) == render_svg(spec)


def test_numbers_of_numpy_are_written_as_any_other() -> None:
    areas = [replace(area, value=np.int64(area.value or 0)) for area in grid_of_areas(3, 2)]
    assert json.dumps(choropleth(areas, unit="Offences").spec)
    rows = [BarRow("A", np.int64(12)), BarRow("B", np.float32(3.5))]
    assert json.dumps(ranked_bars(rows, unit="Offences").spec)


@every_chart
@both_sizes
@short_and_long
def test_words_stay_inside_the_sheet(name: str, size: ChartSize, tail: str) -> None:
    spec = draw_sample(name, size, tail).spec
    sheet = sheet_of(spec)
    assert sheet.right - sheet.left == pytest.approx(size.width)
    labels = read_labels(spec)
    assert labels
    slack = 0.6  # coordinates are rounded to hundredths, and lines to whole letters
    outside = [
        (label.text, label.box)
        for label in labels
        if label.box.left < sheet.left - slack
        or label.box.right > sheet.right + slack
        or label.box.top < sheet.top - slack
        or label.box.bottom > sheet.bottom + slack
    ]
    assert outside == []


@every_chart
@both_sizes
def test_letters_are_never_below_eleven_pixels(name: str, size: ChartSize) -> None:
    assert min(label.size for label in read_labels(draw_sample(name, size).spec)) >= 11


@every_chart
def test_words_open_with_the_title_and_end_as_sentences(name: str) -> None:
    alt = draw_sample(name, REPORT).alt
    assert alt.startswith("Violence in Sutton. ")
    assert alt.endswith(".")
    assert ".." not in alt
    assert "  " not in alt


@every_chart
def test_names_without_end_leave_chart_and_words_readable(name: str) -> None:
    drawn = draw_sample(name, SMALL, LONG_NAME)
    assert weigh(drawn.spec) < 300_000
    assert len(drawn.alt) < 4_000 + len(LONG_NAME)  # the unit is said in full, names are cut
    assert render_png(drawn.spec, scale=1).startswith(b"\x89PNG")


@pytest.mark.parametrize("style", ["Regular", "SemiBold"])
def test_measured_widths_are_never_below_those_of_the_bundled_font(style: str) -> None:
    font = TTFont(FONT_FOLDER / f"WardmoteSans-{style}.ttf")
    letters, widths, em = font.getBestCmap(), font["hmtx"].metrics, font["head"].unitsPerEm
    printable = [chr(code) for code in range(0x20, 0x7F)] + list("£−–…’")
    narrow = {letter for letter in printable if widths[letters[ord(letter)]][0] / em > measure_text(letter, 1) + 0.005}
    assert narrow == set()


@pytest.mark.parametrize("count", range(2, 8))
def test_shades_of_a_map_keep_their_order_in_grey(count: int) -> None:
    greys = [relative_luminance(shade) for shade in DEFAULT_THEME.ramp(count)]
    steps = [pale - dark for pale, dark in pairwise(greys)]
    assert min(steps) > 0.02
