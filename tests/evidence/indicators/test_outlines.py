"""The boundaries for a map in a browser: few corners, shared borders kept, made once."""

import gzip
import json
from pathlib import Path
from typing import Any

import pytest
import shapely

from support.small_county import HERE, SQUARES, THERE, A, C, D, build_county
from support.street_store import open_evidence, put_tables, shape
from wardmote.evidence.indicators.compute import Evidence
from wardmote.evidence.indicators.outlines import Outlines, draw_outlines
from wardmote.evidence.model.areas import AreaSet

SMALL = AreaSet("lsoa", 2021)


@pytest.fixture
def evidence(tmp_path: Path) -> Evidence:
    return open_evidence(build_county(tmp_path))


def _read(found: Outlines) -> dict[str, Any]:
    features = json.loads(gzip.decompress(found.packed))["features"]
    return {f["properties"]["code"]: shapely.geometry.shape(f["geometry"]) for f in features}


def test_outlines_are_the_boundaries_that_are_loaded(evidence: Evidence) -> None:
    found = draw_outlines(evidence, [A, C, "E01999999"], SMALL)
    assert (found.drawn, found.lacking) == ((A, C), ("E01999999",))
    assert found.bounds == pytest.approx((0.0, 51.0, 0.2, 51.1))
    for code, drawn in _read(found).items():
        assert drawn.symmetric_difference(SQUARES[code]).area < 1e-6


def test_corners_too_fine_to_see_go_on_both_sides_of_a_border_alike(tmp_path: Path) -> None:
    border = [(0.1, 51.0 + n / 10_000) if n % 2 else (0.1 + 1e-5, 51.0 + n / 10_000) for n in range(1001)]
    west = shapely.Polygon([(0.0, 51.0), *border, (0.0, 51.1)])
    east = shapely.Polygon([(0.2, 51.0), *border, (0.2, 51.1)])
    put_tables(tmp_path, {"boundaries": [shape("lsoa@2021", A, west), shape("lsoa@2021", C, east)]})
    drawn = _read(draw_outlines(open_evidence(tmp_path), [A, C], SMALL))
    assert sum(shapely.get_num_coordinates(list(drawn.values()))) < 300  # of two thousand
    assert drawn[A].intersection(drawn[C]).area < 1e-9
    assert shapely.union_all(list(drawn.values())).area == pytest.approx(0.02, rel=1e-3)


def test_district_without_a_boundary_is_the_sum_of_its_small_areas(evidence: Evidence) -> None:
    found = draw_outlines(evidence, [HERE, THERE], AreaSet("district", 2022))
    assert found.drawn == (HERE, THERE)
    assert _read(found)[THERE].area == pytest.approx(0.02, rel=1e-3)


def test_nothing_loaded_draws_nothing_and_says_what_is_lacking(evidence: Evidence) -> None:
    found = draw_outlines(evidence, ["E05000011"], AreaSet("ward", 2024))
    assert (found.bounds, found.drawn, found.lacking) == (None, (), ("E05000011",))


def test_outlines_are_made_once_for_each_state_of_the_store(evidence: Evidence) -> None:
    assert draw_outlines(evidence, [D, A], SMALL) is draw_outlines(evidence, [A, D, A], SMALL)
