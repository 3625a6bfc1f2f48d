"""What the store says of a bound indicator, on the sample's own store."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from wardmote.evidence.interface import ask_figures, build_demo, open_evidence, open_store
from wardmote.evidence.model.errors import UsageError
from wardmote.evidence.model.figures import Missing
from wardmote.evidence.targets.plan import Value
from wardmote.web.observatory.interface import find_evidence_value

NOW = datetime(2026, 11, 21, 9, tzinfo=UTC)


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Any:
    return build_demo(tmp_path_factory.mktemp("demo"), now=NOW, by="tests", formats=["html"])


@pytest.fixture(autouse=True)
def store(demo: Any, settings: Any) -> None:
    settings.STORE = demo.store


@pytest.fixture
def quarter(demo: Any) -> str:
    return f"{demo.year}Q2"


def test_count_is_the_stores_own_figure(demo: Any, quarter: str) -> None:
    value = find_evidence_value({"indicator": "crime_count", "area": demo.area}, quarter)
    table = ask_figures(open_evidence(open_store(demo.store)), "crime_count", demo.area, quarter)
    assert isinstance(value, Value)
    assert (value.number, value.shape, value.basis, value.period) == (
        table.figures[0].value,
        "count",
        "quarter",
        quarter,
    )
    assert value.source == table.figures[0].id


def test_rate_keeps_the_count_behind_it(demo: Any, quarter: str) -> None:
    value = find_evidence_value({"indicator": "crime_rate", "area": demo.area, "stretch": "rolling12"}, quarter)
    assert isinstance(value, Value)
    assert value.shape == "rate"
    assert value.count is not None
    assert value.count > 0
    assert (value.basis, (value.end - value.start).days) == ("rolling12", 364)  # type: ignore[operator]


def test_scale_turns_the_unit(demo: Any, quarter: str) -> None:
    binding = {"indicator": "crime_count", "area": demo.area}
    plain, scaled = (find_evidence_value(binding | {"scale": scale}, quarter) for scale in (1, 0.001))
    assert isinstance(plain, Value)
    assert isinstance(scaled, Value)
    assert scaled.number == pytest.approx(plain.number / 1000)  # type: ignore[operator]


def test_one_cell_of_a_breakdown_is_less_than_the_whole(demo: Any, quarter: str) -> None:
    binding = {"indicator": "crime_count", "area": demo.area}
    table = ask_figures(open_evidence(open_store(demo.store)), "crime_count", demo.area, quarter, "offence")
    cell = next(f for f in table.figures if f.value)
    value = find_evidence_value(binding | {"only": dict(cell.dimensions)}, quarter)
    whole = find_evidence_value(binding, quarter)
    assert isinstance(value, Value)
    assert isinstance(whole, Value)
    assert value.number == cell.value
    assert value.number < whole.number  # type: ignore[operator]


@pytest.mark.parametrize("period", ["2035/36Q1", "2026/27Q1"])
def test_quarter_that_was_never_loaded_is_a_reason(demo: Any, period: str) -> None:
    """The second asks for the twelve months to June of a store that ends with March: nine of them are held."""
    value = find_evidence_value({"indicator": "crime_count", "area": demo.area, "stretch": "rolling12"}, period)
    assert isinstance(value, Missing)
    assert value.why


def test_missing_store_is_a_reason(demo: Any, quarter: str, settings: Any, tmp_path: Path) -> None:
    settings.STORE = tmp_path / "none"
    value = find_evidence_value({"indicator": "crime_count", "area": demo.area}, quarter)
    assert isinstance(value, Missing)
    assert value.code == "source_missing"


@pytest.mark.parametrize(
    ("binding", "found"),
    [
        ({"area": "X"}, "not named"),
        ({"indicator": "crime_count", "area": "X", "colour": "red"}, "'colour' means nothing"),
        ({"indicator": "crime_cuont", "area": "X"}, "crime_cuont"),
        ({"indicator": "crime_count", "area": "X", "stretch": "decade"}, "no stretch"),
    ],
)
def test_binding_that_means_nothing_is_refused(binding: dict[str, Any], found: str) -> None:
    with pytest.raises(UsageError, match=found):
        find_evidence_value(binding, "2026/27Q1")
