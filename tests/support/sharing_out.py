"""How a run on two cores is shared out: what is dear begins first, and what builds one thing stays together.

A file goes to one core as a whole. A folder that is named here does so too: its files read a store, a server or an
installation that is built once for all of them, and a second core would build it a second time. The folders are named
in the order of what they cost, so that no core is left alone with the dearest of them at the end.
"""

from typing import Any

import pytest

#: Measured by the processor's time; what is not named follows as it was collected.
DEAREST = (
    "tests/journeys/",
    "tests/evidence/reports/assessment/",
    "tests/web/operations/",
    "tests/web/permissions/test_",
    "tests/web/observatory/assessments/",
    "tests/web/observatory/places/",
    "tests/web/observatory/evidence/",
    "tests/web/partnerships/test_in_browser.py",
    "tests/evidence/reports/",
    "tests/evidence/claims/test_fuzz.py",
)  # fmt: skip
TOGETHER = tuple(each for each in DEAREST if each.endswith("/") and each != "tests/evidence/reports/")


def find_part(nodeid: str) -> str:
    """What one core gets as a whole: the folder that is named, else the file."""
    path = nodeid.partition("::")[0]
    return next((folder for folder in TOGETHER if path.startswith(folder)), path)


def rank(nodeid: str) -> int:
    """How soon a test begins."""
    return next((place for place, start in enumerate(DEAREST) if nodeid.startswith(start)), len(DEAREST))


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The same order on every core, or the cores could not share out by numbers."""
    items.sort(key=lambda item: rank(item.nodeid))


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """Where files are shared out, folders that build one thing are files too."""
    if config.getoption("dist") != "loadfile":
        return None
    from xdist.scheduler import LoadFileScheduling

    class Sharing(LoadFileScheduling):
        def _split_scope(self, nodeid: str) -> str:
            return find_part(nodeid)

    config.option.loadscopereorder = False  # by the number of tests: the dearest are few
    return Sharing(config, log)
