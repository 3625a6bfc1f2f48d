"""A plan's file that is meant to break the reader is refused in words, at once, and nothing falls over."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from wardmote.cli.main import app
from wardmote.evidence.interface import read_plan_file
from wardmote.evidence.model.errors import UnreadableInputError

_ROW = '{"id": "1", "title": "%s", "polarity": "higher"%s}'
_HEAD = b"schema: plan-1\ntitle: x\nindicators: "
_DEEP = 100_000


def write_json(title: str = "Thefts", more: str = "", plan: str = "Ours") -> bytes:
    return f'{{"schema": "plan-1", "title": "{plan}", "indicators": [{_ROW % (title, more)}]}}'.encode()


TOO_DEEP = {
    "brackets.json": b"[" * _DEEP,
    "closed.json": write_json(more=', "targets": ' + "[" * _DEEP + "]" * _DEEP),
    "objects.json": write_json(more=', "targets": ' + '{"a":' * _DEEP + "1" + "}" * _DEEP),
    "within the reader's own bound.json": b"[" * 900 + b"]" * 900,
    "brackets.yaml": _HEAD + b"[" * _DEEP,
    "closed.yaml": _HEAD + b"[" * _DEEP + b"]" * _DEEP,
    "objects.yaml": _HEAD + b"{a: " * _DEEP + b"}" * _DEEP,
    "dashes.yaml": _HEAD + b"\n " + b"- " * 30_000 + b"a",
}
UNREADABLE = {
    "raw nul.json": write_json("a\0b"),
    "raw half pair.json": write_json().replace(b"Thefts", b"\xed\xa0\x80"),
    "nul.yaml": b"schema: plan-1\ntitle: 'a\0b'",
    "half pair.yaml": b'schema: plan-1\ntitle: "\\ud800"',
}


@pytest.mark.parametrize("name", [*TOO_DEEP, *UNREADABLE])
def test_command_line_refuses_it_in_words(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes((TOO_DEEP | UNREADABLE)[name])
    answer = CliRunner().invoke(app, ["status", str(path)])
    assert isinstance(answer.exception, SystemExit)
    assert answer.exit_code == 3
    assert name in answer.stderr
    assert ("nested too deeply" in answer.stderr) == (name in TOO_DEEP)


def test_references_are_still_refused(tmp_path: Path) -> None:
    path = tmp_path / "plan.yaml"
    path.write_bytes(b"schema: plan-1\ntitle: &a x\nsource: *a\n")
    with pytest.raises(UnreadableInputError, match="refers back"):
        read_plan_file(path)


def test_yaml_of_more_keys_and_values_than_a_plan_has_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "plan.yaml"
    path.write_bytes(b"schema: plan-1\nnotes: [" + b"a," * 400_000 + b"]\n")
    with pytest.raises(UnreadableInputError, match="more than 400,000 keys and values"):
        read_plan_file(path)


@pytest.mark.parametrize("ending", ["json", "csv"])
def test_file_of_more_faults_than_anybody_could_mend_is_refused(ending: str, tmp_path: Path) -> None:
    path = tmp_path / f"plan.{ending}"
    rows = {
        "json": f'{{"schema": "plan-1", "indicators": [{"1," * 10_000}1]}}',
        "csv": "Id,Indicator,Target in words,Period,Value\n" + "1,a,,,x\n" * 10_001,
    }
    path.write_text(rows[ending])
    with pytest.raises(UnreadableInputError, match="more than 10,000 faults"):
        read_plan_file(path)


@pytest.mark.parametrize("sign", ["\\ud800", "\\udfff", "\\u0000", "\\u0007"])
def test_signs_that_cannot_be_shown_are_replaced_and_told(sign: str, tmp_path: Path) -> None:
    path = tmp_path / "plan.json"
    path.write_bytes(write_json(f"a{sign}b", f', "extra": {{"k{sign}": "v{sign}"}}', plan=f"p{sign}"))
    read = read_plan_file(path)
    shown = json.dumps([read.title, read.plan.indicators[0].title, dict(read.plan.indicators[0].extra)])
    assert "\\u" not in shown
    assert [fault.code for fault in read.faults] == ["signs"]
    answer = CliRunner().invoke(app, ["status", str(path), "--json"])
    assert answer.exit_code == 0, answer.output
    assert sign not in answer.stdout


def test_half_a_pair_in_a_key_is_told_in_words(tmp_path: Path) -> None:
    path = tmp_path / "plan.json"
    path.write_bytes(write_json(more=', "\\ud800": 1'))
    answer = CliRunner().invoke(app, ["status", str(path), "--json"])
    assert isinstance(answer.exception, SystemExit)
    assert "the key '?' is not known" in answer.stdout


def test_row_of_the_older_form_with_half_a_pair_is_read(tmp_path: Path) -> None:
    path = tmp_path / "indicators.json"
    path.write_bytes(b'{"indicators": [{"id": "1", "title": "a\\ud800\\u0000", "target": {"kind": "none"}}]}')
    assert read_plan_file(path).plan.indicators[0].title == "a?"
