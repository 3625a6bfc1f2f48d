"""`wardmote check`: answers for people and machines, exit statuses, and what it refuses."""

from pathlib import Path

import pytest

from support.command_line import run
from wardmote.evidence.claims.model import FAMILIES, VERDICTS

GOOD = "Of the 43 young people seen, 35% (15 of 43 young people) came back.\n"
BAD = "# Report\n\nRobbery fell by 30%, from 100 in 2018/19 to 90 in 2019/20.\n\n" + GOOD


@pytest.fixture
def bad(tmp_path: Path) -> Path:
    path = tmp_path / "bad.md"
    path.write_text(BAD, "utf-8")
    return path


@pytest.fixture
def good(tmp_path: Path) -> Path:
    path = tmp_path / "good.txt"
    path.write_text(GOOD, "utf-8")
    return path


def test_an_accusation_is_said_with_its_place_and_exits_one(bad: Path) -> None:
    answer = run("check", bad)
    assert answer.code == 1
    assert "WRONG  bad.md, line 3" in answer.out
    assert "-10.0%" in answer.out


def test_nothing_accused_exits_nought(good: Path) -> None:
    answer = run("check", good)
    assert answer.code == 0, answer.err
    assert "Nothing is accused" in answer.out


def test_json_keeps_its_promise(bad: Path, good: Path) -> None:
    answer = run("check", bad, good, "--json")
    body = answer.json("check-1")
    assert [file["file"] for file in body["files"]] == ["bad.md", "good.txt"]
    claims = [claim for file in body["files"] for claim in file["claims"]]
    assert {claim["family"] for claim in claims} <= set(FAMILIES)
    assert {claim["verdict"] for claim in claims} <= set(VERDICTS)
    wrong = next(claim for claim in claims if claim["verdict"] == "wrong")
    assert wrong["line"] == 3
    assert wrong["claimed"] == [{"value": 30.0, "unit": "%", "role": "change"}]
    assert wrong["recomputed"][0]["value"] == pytest.approx(-10)
    assert BAD.splitlines()[2][wrong["start"] : wrong["end"]] == "30%"


def test_page_is_written_and_a_store_is_read(bad: Path, tmp_path: Path, store: Path) -> None:
    answer = run("check", bad, "--store", store, "--out", tmp_path / "checked.html")
    assert answer.code == 1
    assert "<!doctype html>" in (tmp_path / "checked.html").read_text("utf-8")


def test_two_files_of_one_name_are_told_apart(bad: Path, tmp_path: Path) -> None:
    other = tmp_path / "other" / "bad.md"
    other.parent.mkdir()
    other.write_text(GOOD, "utf-8")
    body = run("check", bad, other, "--json").json("check-1")
    names = [file["file"] for file in body["files"]]
    assert len(set(names)) == 2
    assert [any(claim["verdict"] == "wrong" for claim in file["claims"]) for file in body["files"]] == [True, False]


def test_wrong_usage_is_refused(bad: Path, tmp_path: Path) -> None:
    for words in ((bad, bad), (bad, "--level", "2"), (bad, "--out", tmp_path / "x.docx"), ()):
        assert run("check", *words).code == 2, words


def test_the_page_never_takes_the_place_of_a_report(tmp_path: Path) -> None:
    report = tmp_path / "report.html"
    report.write_text(f"<p>{GOOD}</p>", "utf-8")
    (tmp_path / "sub").mkdir()
    for out in (report, tmp_path / "sub" / ".." / "report.html"):
        assert run("check", report, "--out", out).code == 2
    assert report.read_text("utf-8") == f"<p>{GOOD}</p>"


def test_what_cannot_be_read_is_said(tmp_path: Path) -> None:
    broken = tmp_path / "broken.docx"
    broken.write_bytes(b"PK\x03\x04 no more")
    for path in (broken, tmp_path / "none.txt", tmp_path):
        answer = run("check", path)
        assert answer.code in (2, 3), (path, answer.out)
        assert "Traceback" not in answer.err


def test_a_store_that_is_none_is_refused(bad: Path, tmp_path: Path) -> None:
    assert run("check", bad, "--store", tmp_path / "nowhere").code in (2, 3)
