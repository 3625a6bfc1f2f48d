"""A partnership's folder: everything optional, every fault with its line."""

from pathlib import Path

import pytest

from wardmote.evidence.definitions.breaks import list_breaks
from wardmote.evidence.model.errors import DefinitionError, UnreadableInputError
from wardmote.evidence.reports.look import DEFAULT_LOOK
from wardmote.evidence.reports.partnership import load_partnership

BREAK = """- id: new-system
  title: New recording system
  series: [police-street]
  offences: [burglary]
  areas: [X06000001]
  from: 2024-04
  to: 2024-06
  effect: Counts stand a tenth higher.
  source: The force's letter of May 2024.
  action: Do not compare across it.
"""


def test_no_folder_gives_the_catalogues_breaks_and_the_plain_look() -> None:
    found = load_partnership(None)
    assert (found.name, found.peers, found.commentary, found.is_synthetic) == ("", (), None, False)
    assert (found.breaks, found.look) == (list_breaks(), DEFAULT_LOOK)


def test_an_empty_folder_is_as_good_as_none(tmp_path: Path) -> None:
    assert load_partnership(tmp_path) == load_partnership(None)


def test_every_setting_is_read(tmp_path: Path) -> None:
    (tmp_path / "partnership.yaml").write_text(
        "name: Estuary Community Safety Partnership\npeers: [E06000035, E06000018]\npeers_title: chosen twins\n"
        "synthetic: yes\n"
    )
    (tmp_path / "breaks.yaml").write_text(BREAK)
    (tmp_path / "commentary").mkdir()
    found = load_partnership(tmp_path)
    assert found.name == "Estuary Community Safety Partnership"
    assert (found.peers, found.peers_title) == (("E06000035", "E06000018"), "chosen twins")
    assert found.is_synthetic
    assert found.commentary == tmp_path / "commentary"
    assert [b.id for b in found.breaks[len(list_breaks()) :]] == ["new-system"]


def test_commentary_may_lie_elsewhere(tmp_path: Path) -> None:
    words = tmp_path / "words"
    words.mkdir()
    (tmp_path / "folder" / "commentary").mkdir(parents=True)
    assert load_partnership(tmp_path / "folder", words).commentary == words


def test_an_unknown_setting_is_named_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "partnership.yaml").write_text("name: A\npeer: [E06000035]\n")
    with pytest.raises(DefinitionError) as caught:
        load_partnership(tmp_path)
    assert "partnership.yaml, line 2" in str(caught.value)
    assert "peer" in str(caught.value)


def test_a_break_that_ends_before_it_starts_is_refused(tmp_path: Path) -> None:
    (tmp_path / "breaks.yaml").write_text(BREAK.replace("to: 2024-06", "to: 2024-01"))
    with pytest.raises(DefinitionError, match="before it starts"):
        load_partnership(tmp_path)


def test_a_folder_that_does_not_exist_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(UnreadableInputError, match="no such folder"):
        load_partnership(tmp_path / "nowhere")


@pytest.mark.parametrize(("written", "read"), [("yes", True), ('"yes"', True), ("true", True), ("no", False)])
def test_yes_is_read_with_or_without_quotes(tmp_path: Path, written: str, read: bool) -> None:
    (tmp_path / "partnership.yaml").write_text(f"synthetic: {written}\n")
    assert load_partnership(tmp_path).is_synthetic is read


def test_a_switch_that_is_neither_yes_nor_no_is_refused(tmp_path: Path) -> None:
    (tmp_path / "partnership.yaml").write_text("synthetic: perhaps\n")
    with pytest.raises(DefinitionError, match="perhaps"):
        load_partnership(tmp_path)
