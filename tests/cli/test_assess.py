"""The assessment, one element of it, and a commentary that claims too much."""

import errno
import json
import os
from pathlib import Path

import pytest

from support.command_line import Answer, Clock, ask, check_schema
from support.small_county import HERE
from wardmote.evidence.model.errors import UnreadableInputError
from wardmote.evidence.reports import published
from wardmote.evidence.reports.writers import write


def assess(store: Path, *more: object) -> Answer:
    return ask(store, "assess", "--area", HERE, "--year", "2021/22", *more)


def write_words(folder: Path, text: str) -> Path:
    folder.mkdir()
    (folder / "all-crime.md").write_text(text)
    return folder


@pytest.fixture
def moment(store: Path, clock: Clock) -> str:
    return clock.now.isoformat()


def test_assessment_is_written_and_recorded(store: Path, tmp_path: Path) -> None:
    answer = assess(store, "--out", tmp_path / "out", "--formats", "html,xlsx", "--json")
    assert answer.code == 0, answer.err
    body = answer.json("assess-1")
    assert set(body["files"]) == {"html", "xlsx", "figures", "claims"}
    assert body["accused_count"] == 0
    check_schema(json.loads(Path(body["files"]["claims"]).read_text()), "check-1")
    assert all(Path(p).is_file() for p in body["files"].values())
    figures = check_schema(json.loads(Path(body["files"]["figures"]).read_text()), "figures-1")
    record = check_schema(json.loads(Path(body["record"]).read_text()), "published-1")
    assert [f["id"] for f in record["figures"]] == [f["id"] for f in figures["figures"]]
    assert Path(body["record"]).parent == store / "published"
    assert body["figures_count"] == len(figures["figures"])


def test_same_moment_gives_the_same_bytes_after_later_loads(store: Path, tmp_path: Path, moment: str) -> None:
    assess(store, "--out", tmp_path / "one", "--formats", "html", "--as-at", moment)
    ask(store, "undo", "0002")
    assess(store, "--out", tmp_path / "two", "--formats", "html", "--as-at", moment)
    for name in ("assessment.html", "figures.json"):
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()
    assert len(list((store / "published").glob("*.json"))) == 2


def test_moment_is_printed_where_none_was_said(store: Path, tmp_path: Path) -> None:
    shown = assess(store, "--out", tmp_path / "out", "--formats", "html").out
    assert "as at 2026-03-02T" in shown
    assert str(tmp_path / "out" / "assessment.html") in shown


def test_public_report_is_recorded_as_such(store: Path, tmp_path: Path) -> None:
    body = assess(store, "--out", tmp_path / "out", "--formats", "html", "--for", "public", "--json").json("assess-1")
    assert body["audience"] == "public"
    assert json.loads(Path(body["record"]).read_text())["audience"] == "public"


# -- the analyst's words --------------------------------------------------------------------------------------
def test_words_that_the_data_does_not_bear_end_with_status_1(store: Path, tmp_path: Path) -> None:
    words = write_words(tmp_path / "words", f"Fine.\n\nCrime rose to {{{{ crime_count:{HERE}:2022-03 }}}} offences.\n")
    answer = assess(store, "--out", tmp_path / "out", "--formats", "html", "--commentary", words)
    assert answer.code == 1
    assert "all-crime.md:3" in answer.err
    assert "'rose' is not borne out" in answer.err
    assert "Write " in answer.err
    assert not (tmp_path / "out").exists()
    assert not (store / "published").exists()


def test_every_fault_of_a_commentary_is_listed(store: Path, tmp_path: Path) -> None:
    text = f"There were {{{{ crme_count:{HERE}:2022-03 }}}}.\n\nAnd {{{{ crime_count:{HERE}:2022-04 }}}}.\n"
    answer = assess(store, "--out", tmp_path / "out", "--commentary", write_words(tmp_path / "words", text))
    assert answer.code == 1
    assert "crme_count" in answer.err
    assert "April 2022" in answer.err


def test_partnership_folder_of_the_store_is_used_unasked(store: Path, tmp_path: Path) -> None:
    folder = store / "partnership"
    folder.mkdir()
    (folder / "partnership.yaml").write_text(f"name: Safer Here\npeers: [{HERE}]\n")
    write_words(folder / "commentary", f"The police recorded {{{{ crime_count:{HERE}:2022-03 }}}} in March.\n")
    answer = assess(store, "--out", tmp_path / "out", "--formats", "html")
    assert answer.code == 0, answer.err
    page = (tmp_path / "out" / "assessment.html").read_text()
    assert "Safer Here" in page
    assert "in March." in page


# -- one element ----------------------------------------------------------------------------------------------
def test_elements_are_listed_and_any_one_is_had_alone(store: Path, tmp_path: Path) -> None:
    elements = assess(store, "--list-elements", "--json").json("elements-1")["elements"]
    chart = next(e for e in elements if e["kind"] == "chart")
    table = next(e for e in elements if e["kind"] == "table")
    assert chart["id"] in assess(store, "--list-elements").out
    assert assess(store, "--only", chart["id"], "--as", tmp_path / "c.svg").code == 0
    assert (tmp_path / "c.svg").read_text().lstrip().startswith("<svg")
    assert assess(store, "--only", table["id"], "--as", tmp_path / "t.csv").code == 0
    assert (tmp_path / "t.csv").stat().st_size > 10
    assert not (store / "published").exists()


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ((), "--out must be said"),
        (("--only", "all-crime-years"), "--only and --as go together"),
        (("--only", "nothing", "--as", "x.svg"), "no chart or table 'nothing'"),
        (("--out", "o", "--for", "press"), "--for partnership or --for public"),
        (("--out", "o", "--formats", "html,doc"), "there is no format 'doc'"),
        (("--out", "o", "--area", "E06000099"), "E06000099"),
    ],
)
def test_wrong_wish_is_wrong_usage(
    store: Path, more: tuple[str, ...], said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    answer = assess(store, *more)
    assert answer.code == 2
    assert said in answer.err
    assert not (tmp_path / "o").exists()


# -- a store or folder that cannot be written -------------------------------------------------------------------
def test_who_may_only_read_the_store_has_the_report_and_a_warning(
    store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def write_whole(*_: object) -> None:
        raise OSError(errno.EROFS, "Read-only file system")

    monkeypatch.setattr(published, "write_whole", write_whole)
    answer = assess(store, "--out", tmp_path / "out", "--formats", "html", "--json")
    assert answer.code == 0
    assert (tmp_path / "out" / "assessment.html").is_file()
    assert answer.json("assess-1")["record"] is None
    assert "could not record it (Read-only file system)" in answer.err
    assert "'wardmote compare' will not know of it" in answer.err


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_store_without_write_permission_is_assessed(store: Path, tmp_path: Path) -> None:
    store.chmod(0o555)
    try:
        answer = assess(store, "--out", tmp_path / "out", "--formats", "html")
    finally:
        store.chmod(0o755)
    assert answer.code == 0, answer.err
    assert "could not record it (Permission denied)" in answer.err


@pytest.mark.parametrize("is_there", [True, False])
def test_a_format_that_fails_leaves_nothing_half_written(
    store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, is_there: bool
) -> None:
    out = tmp_path / "deep" / "out"
    if is_there:
        out.mkdir(parents=True)
        (out / "assessment.html").write_text("of an earlier run")

    def write_pdf(*_: object) -> None:
        raise UnreadableInputError("the logo cannot be drawn")

    monkeypatch.setattr(write, "WRITERS", {**write.WRITERS, "pdf": write_pdf})
    answer = assess(store, "--out", out, "--formats", "html,pdf")
    assert answer.code == 3
    assert "the logo cannot be drawn" in answer.err
    left = {p.name: p.read_text() for p in out.iterdir()} if is_there else {}
    assert left == ({"assessment.html": "of an earlier run"} if is_there else {})
    assert (tmp_path / "deep").exists() is is_there
    assert not (store / "published").exists()


def test_a_folder_in_a_files_place_is_said_before_anything_is_replaced(store: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    (out / "figures.json").mkdir(parents=True)
    answer = assess(store, "--out", out, "--formats", "html")
    assert answer.code == 2
    assert "a folder has the name of a file to write (figures.json)" in answer.err
    assert [p.name for p in out.iterdir()] == ["figures.json"]
