"""Fetching from a publisher that a local server plays, then loading."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from support.command_line import ask, write_month
from support.publisher import Publisher, make_archive, open_publisher
from support.small_county import HERE, A


@pytest.fixture
def publisher(tmp_path: Path) -> Iterator[Publisher]:
    """Data to 2022-05, in one archive that has no file for April."""
    files = {}
    for month, number in (("2022-03", 3), ("2022-05", 5)):
        path = write_month(tmp_path / "made", month, [("Burglary", A, number)])
        files[f"{month}/{path.name}"] = path.read_text()
    with open_publisher() as found:
        found.add_json("/api/forces", [{"id": "kent", "name": "Kent Police"}])
        found.add_json("/api/crimes-street-dates", [{"date": "2022-05"}])
        found.files["/data/archive/2022-05.zip"] = make_archive(files)
        yield found


def fetch(store: Path, publisher: Publisher, last: str, *more: object) -> tuple[str, ...]:
    return ("fetch", "police", "--force", "kent", "--from", "2022-03", "--to", last, "--base-url", publisher.url, *more)  # type: ignore[return-value]


def test_fetched_months_are_loaded(county: Path, publisher: Publisher, tmp_path: Path) -> None:
    answer = ask(county, *fetch(county, publisher, "2022-03", "--out", tmp_path / "out"))
    assert answer.code == 0, answer.err
    assert "Fetched 1 file of kent" in answer.out
    assert (tmp_path / "out" / "2022-03" / "2022-03-kent-street.csv").is_file()
    found = ask(county, "figures", "crime_count", "--area", HERE, "--period", "2022-03", "--csv")
    assert ",3,offences" in found.out


def test_month_that_is_not_to_be_had_is_status_1_and_the_others_are_loaded(county: Path, publisher: Publisher) -> None:
    answer = ask(county, *fetch(county, publisher, "2022-05", "--json"))
    assert answer.code == 1
    body = answer.json("fetch-1")
    assert [f["month"] for f in body["files"]] == ["2022-03", "2022-05"]
    assert [f["where"] for f in body["faults"]] == ["kent, 2022-04"]
    assert [load["rows_kept"] for load in body["loads"]] == [8]
    assert (county / "fetched" / "police-kent" / "fetch-manifest.json").is_file()


def test_only_downloading_leaves_the_store_alone(county: Path, publisher: Publisher, tmp_path: Path) -> None:
    answer = ask(county, *fetch(county, publisher, "2022-03", "--out", tmp_path / "out", "--no-load"))
    assert answer.code == 0
    assert len(list((county / "loads").iterdir())) == 1


def test_unknown_force_lists_those_there_are(county: Path, publisher: Publisher) -> None:
    words = list(fetch(county, publisher, "2022-03"))
    words[words.index("kent")] = "cent"
    answer = ask(county, *words)
    assert answer.code == 2
    assert "one of kent" in answer.err


def test_month_that_is_none_is_wrong_usage(county: Path, publisher: Publisher) -> None:
    answer = ask(county, *fetch(county, publisher, "2022"))
    assert answer.code == 2
    assert "'2022' is not a month" in answer.err
