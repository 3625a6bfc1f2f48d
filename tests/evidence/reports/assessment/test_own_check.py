"""The assessment is checked as anybody's report is, whenever it is built."""

import json

import pytest

from evidence.reports.assessment.conftest import Written
from support.command_line import check_schema


@pytest.mark.parametrize("copy", ["partnership_copy", "public_copy"])
def test_nothing_that_we_write_is_accused(copy: str, request: pytest.FixtureRequest) -> None:
    written: Written = request.getfixturevalue(copy)
    accused = [(claim.rule, claim.quote, claim.why) for claim in written.assessment.checked.accusations()]
    assert accused == []


def test_the_check_has_claims_to_judge(partnership_copy: Written) -> None:
    verdicts = [claim.verdict for claim in partnership_copy.assessment.checked.claims]
    assert verdicts.count("ok") >= 20


def test_claims_lie_beside_the_report(partnership_copy: Written) -> None:
    body = json.loads((partnership_copy.folder / "claims.json").read_text("utf-8"))
    check_schema(body, "check-1")
    assert body["files"][0]["claims"]
