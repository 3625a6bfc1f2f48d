"""Reports about places that do not exist, full of figures that are all right: nobody may be accused."""

from pathlib import Path

import pytest

from wardmote.evidence.claims.check import check_documents
from wardmote.evidence.claims.reading import read_document

REPORTS = sorted((Path(__file__).parent / "honest").glob("*.md"))


@pytest.mark.parametrize("path", REPORTS, ids=lambda path: path.stem)
def test_honest_report_is_not_accused(path: Path) -> None:
    checked = check_documents([read_document(path)])
    assert [f"{claim.rule}: {claim.quote} ({claim.why})" for claim in checked.accusations()] == []
    assert sum(claim.verdict == "ok" for claim in checked.claims) >= 5


def test_there_are_honest_reports() -> None:
    assert len(REPORTS) == 3
