"""A check for the truth table: the analyst's, shared with every member, with one accusation and one mark."""

from typing import Any

from support.web.world import NOW, World
from wardmote.web.foundation.writes import writing
from wardmote.web.observatory.checks.models import CheckResult, ReportCheck
from wardmote.web.partnerships.states import Role

WORDS = {"claim_number": 1}
_MARKS = {Role.ANALYST, Role.COORDINATOR}
ASK_MORE = {"mark_claim": _MARKS, "share_check": _MARKS, "remove_check_text": _MARKS}


def make_objects(world: World) -> dict[str, Any]:
    own = {"partnership": world.partnership}
    claim = {
        "number": 1, "key": "0-1", "file": "report.txt", "where": "line 1", "quote": f"It fell in {world.partnership}.",
        "family": "change", "verdict": "wrong", "accuses": True, "is_to_look_at": True, "why": "It rose.",
        "rule": "change", "claimed": [], "recomputed": [], "inputs": [], "related": [],
    }  # fmt: skip
    part = {"kind": "paragraph", "level": 0, "where": "line 1", "text": [["It fell.", 1]]}
    drawn = {"claims": [claim], "files": [{"file": "report.txt", "format": "txt", "notes": [], "parts": [part]}]}
    with writing(by=None, verb="test.check_made", partnership=world.partnership):
        check = ReportCheck.objects.create(
            **own, title="Somebody’s report", is_shared=True, asked_at=NOW, checked_at=NOW, counts={"wrong": 1},
            asked_by=world.people[Role.ANALYST].pk, documents=[{"name": "report.txt", "size_bytes": 9, "sha256": "0"}],
        )  # fmt: skip
        CheckResult.objects.create(**own, check_of=check, drawn=drawn, answer={"schema": "check-1"}, page="<p>It</p>")
    return {"report_check": check}
