"""A report for the public that shows partners' figures is written only if it can be recorded."""

import errno
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from wardmote.evidence.disclosure import DisclosureError
from wardmote.evidence.reports import published

NOW = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.fixture
def full_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    def write_whole(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(published, "write_whole", write_whole)


def write_figures(folder: Path, audience: str, source: str) -> Path:
    figure = {"id": "a_count:E06000035:2021/22", "value": 12, "state": "actual", "source": source}
    path = folder / "figures.json"
    path.write_text(json.dumps({"title": "T", "as_at": NOW.isoformat(), "audience": audience, "figures": [figure]}))
    return path


@pytest.mark.usefixtures("full_disk")
def test_public_report_with_partners_figures_is_refused_without_a_record(tmp_path: Path) -> None:
    figures = write_figures(tmp_path, "public", "partner")
    with pytest.raises(DisclosureError, match="could not be recorded"):
        published.record_document(tmp_path, figures, area="E06000035", period="2021/22", now=NOW)


@pytest.mark.usefixtures("full_disk")
@pytest.mark.parametrize(("audience", "source"), [("public", "police-street"), ("partnership", "partner")])
def test_other_reports_are_written_and_the_reason_is_told(tmp_path: Path, audience: str, source: str) -> None:
    figures = write_figures(tmp_path, audience, source)
    found = published.record_document(tmp_path, figures, area="E06000035", period="2021/22", now=NOW)
    assert found == (None, "No space left on device")
