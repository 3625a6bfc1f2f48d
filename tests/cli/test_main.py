"""The command as a whole: help, version, what it imports, how errors and interruptions end."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from support.command_line import ROBBERY, ask, run, write_month
from support.small_county import HERE, A
from wardmote import __version__

COMMANDS = ("load", "loads", "undo", "fetch", "fetch police", "figures", "assess", "status", "trace", "compare", "demo")
HEAVY = ("duckdb", "pyarrow", "pandas", "numpy", "scipy", "shapely", "httpx", "yaml", "lxml", "jinja2", "rich.table")


def run_apart(*words: str, **more: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "wardmote", *words], capture_output=True, text=True, check=False, **more
    )  # type: ignore[call-overload,no-any-return]


def test_no_command_shows_the_help_and_ends_well() -> None:
    answer = run()
    assert answer.code == 0
    assert "figures" in answer.out


def test_version_is_the_packages() -> None:
    assert run("--version").out == f"wardmote {__version__}\n"


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help(command: str) -> None:
    answer = run(*command.split(), "--help")
    assert answer.code == 0
    assert "Usage: wardmote" in answer.out


@pytest.mark.parametrize("words", ["", *COMMANDS])
def test_help_imports_nothing_heavy(words: str) -> None:
    script = (
        "import sys\nfrom wardmote.cli.main import app\n"
        f"try:\n    app({[*words.split(), '--help']!r})\nexcept SystemExit:\n    pass\n"
        f"print([m for m in {HEAVY!r} if m in sys.modules])"
    )
    shown = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert shown.stdout.splitlines()[-1] == "[]"


def test_unknown_command_is_wrong_usage() -> None:
    answer = run("asess")
    assert answer.code == 2
    assert "asess" in answer.err


def test_missing_store_is_told_without_a_traceback(tmp_path: Path) -> None:
    done = run_apart("loads", "--store", str(tmp_path / "none"))
    assert done.returncode == 3
    assert done.stdout == ""
    assert done.stderr.startswith("wardmote: ")
    assert "there is no store here" in done.stderr
    assert "Traceback" not in done.stderr


def test_store_is_found_through_the_environment(store: Path) -> None:
    done = run_apart("loads", "--json", env={**os.environ, "WARDMOTE_STORE": str(store)})
    assert done.returncode == 0
    assert '"0002-police-street"' in done.stdout


def test_interrupted_load_leaves_the_store_as_it_was(
    county: Path, police: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from wardmote.evidence.sources import police_street

    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    before = sorted(county.rglob("*"))
    monkeypatch.setattr(police_street, "read", interrupt)
    answer = ask(county, "load", "police-street", police)
    assert answer.code == 130
    assert "as it was" in answer.err
    assert [p for p in sorted(county.rglob("*")) if p.name != "lock"] == [p for p in before if p.name != "lock"]


def test_reader_that_stops_early_is_no_error() -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "wardmote", "figures", "--list", "--json"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        complaint = process.stderr.read()
    assert complaint == b""
    assert process.returncode == 0


def test_moment_that_is_none_is_wrong_usage(store: Path, here: str) -> None:
    answer = ask(store, "figures", "crime_count", "--area", here, "--period", "2022-03", "--as-at", "yesterday")
    assert answer.code == 2
    assert "2026-01-31" in answer.err


def test_folder_that_cannot_be_made_is_told_without_a_traceback(store: Path, here: str, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    answer = ask(
        store, "assess", "--area", here, "--year", "2021/22", "--formats", "html", "--out", tmp_path / "file" / "out"
    )
    assert answer.code == 3
    assert str(tmp_path / "file") in answer.err


def test_interrupted_process_ends_with_130_and_leaves_nothing_behind(county: Path, tmp_path: Path) -> None:
    """In the midst of what is not Python's: the engine makes another error of the interruption."""
    write_month(tmp_path, "2022-03", [(ROBBERY, A, 300_000)])
    with subprocess.Popen(
        [sys.executable, "-m", "wardmote", "load", "police-street", str(tmp_path), "--store", str(county)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            while process.poll() is None and not list((county / "staging").rglob("*.parquet")):
                time.sleep(0.002)
            process.send_signal(signal.SIGINT)
            _, complaint = process.communicate(timeout=60)
        finally:
            process.kill()
    assert process.returncode == 130, complaint
    assert complaint == "wardmote: stopped; the store is as it was before this command\n"
    assert len(list((county / "loads").iterdir())) == 1
    assert list((county / "staging").iterdir()) == []


@pytest.mark.parametrize("command", ["figures", "trace", "assess", "compare"])
def test_damaged_table_ends_every_question_with_status_3_and_no_traceback(
    store: Path, tmp_path: Path, command: str
) -> None:
    (damaged,) = store.glob("loads/0002-*/street_counts.parquet")
    damaged.write_bytes(damaged.read_bytes()[:100])
    asked = {
        "figures": ("crime_count", "--area", HERE, "--period", "2022-03"),
        "trace": (f"crime_count:{HERE}:2022-03",),
        "assess": ("--area", HERE, "--year", "2021/22", "--out", tmp_path / "out"),
        "compare": ("--as-at", "2020-01-01", "2030-01-01", "--area", HERE, "--period", "2022-03"),
    }
    answer = ask(store, command, *asked[command])
    assert answer.code == 3
    assert answer.err.startswith(f"wardmote: {damaged}: this table of the store is damaged (it has 100 bytes)")
    assert "Traceback" not in answer.err
    assert ask(store, "undo", "0002").code == 0
    assert ask(store, "loads").code == 0
