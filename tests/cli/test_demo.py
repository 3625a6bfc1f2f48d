"""The sample partnership, from nothing to an assessment."""

from pathlib import Path

import pytest

from support.command_line import Answer, ask, run


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Answer]:
    folder = tmp_path_factory.mktemp("demo") / "d"
    return folder, run("demo", "--out", folder, "--formats", "html", "--json")


def test_demo_builds_the_assessment_and_says_where_it_lies(demo: tuple[Path, Answer]) -> None:
    folder, answer = demo
    assert answer.code == 0, answer.err
    body = answer.json("demo-1")
    page = Path(body["files"]["html"]).read_text()
    assert Path(body["files"]["html"]) == folder / "assessment" / "assessment.html"
    assert "Synthetic" in page
    assert "Zellmouth" in page


def test_demos_store_answers_further_questions(demo: tuple[Path, Answer]) -> None:
    folder, _ = demo
    found = ask(
        folder / "store",
        "figures",
        "crime_count",
        "--area",
        "X06000001",
        "--period",
        "2025/26",
        "--by",
        "ward",
        "--csv",
    )
    assert found.code == 0
    rows = found.out.splitlines()
    assert rows[0] == "indicator,area,period,ward,value,unit,low,high,state"
    assert all(",X06000001,2025/26,X05" in r for r in rows[1:])


def test_demo_into_a_folder_in_use_is_wrong_usage(demo: tuple[Path, Answer]) -> None:
    folder, _ = demo
    answer = run("demo", "--out", folder)
    assert answer.code == 2
    assert "not empty" in answer.err


def test_demo_counts_what_loading_met(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from wardmote.evidence import interface

    written = interface.WrittenAssessment("T", {"figures": tmp_path / "figures.json"}, None, 3)
    for errors, said in ((0, "(5 loads, 2 warnings while loading)"), (1, "(5 loads, 1 error and 2 warnings while")):
        made = interface.Demo(tmp_path, tmp_path, tmp_path, "X1", "2025/26", written, 5, errors, 2)
        monkeypatch.setattr(interface, "build_demo", lambda *_, made=made, **__: made)
        assert said in run("demo", "--out", tmp_path).out
