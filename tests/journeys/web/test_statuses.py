"""What stands on the screen is what `wardmote status` says of the plan that the page hands out."""

import json
from typing import Any

import pytest

pytestmark = pytest.mark.browser
_WORDS = {
    "green": {"On target"}, "amber": {"Close to target"}, "red": {"Off target"}, "grey": {"Cannot say", "Context only"},
}  # fmt: skip
#: The indicator, its status, its reason, and the period of its latest value: empty where there is none.
_ROWS = """rows => rows.map(row => ['th a', '.wm-why strong', '.wm-why', 'td:nth-of-type(2) > .wm-note'].map(
  place => row.querySelector(place)?.innerText.trim() ?? ''))"""


def test_every_status_on_the_screen_is_that_of_the_exported_plan(site: Any, tmp_path: Any) -> None:
    """Row by row: the same period, the same status, the same reason in the same words."""
    analyst = site.sign_in("carys.zimmond")
    analyst.press("Performance")
    if analyst.manner == "keys":  # on a phone the rows are folded away
        analyst.press("Open all priorities")
    plan = tmp_path / "plan.json"
    plan.write_bytes(analyst.download("as JSON").read_bytes())
    answer = site.server.installation.run("status", plan, "--json")
    told = {row["id"]: row["periods"] for row in json.loads(answer.stdout)["indicators"]}
    rows = analyst.page.locator("section[aria-labelledby^=priority] tbody tr").evaluate_all(_ROWS)
    assert len(rows) == len(told) == 60
    for name, words, why, latest in rows:
        periods = {found["period"].replace(" ", ""): found for found in told[name.split()[0]]}
        shown = [period for period in periods if period in latest.replace(" ", "")]
        if not shown:
            known = {f"{words} {one['why']}" for one in periods.values()}
            assert why in known | {"Cannot say: nothing has been reported yet"}, name
            continue
        found = periods[max(shown, key=len)]
        assert words.rstrip(":") in _WORDS[found["status"]], name
        assert why == f"{words} {found['why']}", name
