"""A real server with the sample, and a real browser before it: what the journeys of people are walked with.

    def test_agency_returns(site):
        kezia = site.sign_in("kezia.zandry")
        kezia.press("Returns")
        kezia.type_into("Numerator", "12")

Every journey is walked twice: with a mouse at 1280 px, and by keyboard alone at 320 px. Each manner has a home of its
own, both copied from one in which the sample is loaded once. WARDMOTE_PICTURES=1 writes the pictures of the guide.
"""

import os
import shutil
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from support.web.installation import Installation
from support.web.server import Server, serving
from support.web.walking import KeyboardWalker, Walker

PICTURES = Path(__file__).parents[3] / "docs" / "images" / "guide"
#: Every change is tried in the harder manner. The other one is walked for the guide's pictures and in the long runs;
#: the walk over all pages looks at 1280 px too.
MANNERS = {"with a mouse at 1280 px": Walker, "by keyboard at 320 px": KeyboardWalker}
_LOAD = """
from wardmote.web.project.opening import open_application, prepare_database
prepare_database(open_application())
from wardmote.web.project.sample import load_sample
load_sample(by=None)
from wardmote.web.foundation.clock import read_now
from wardmote.web.project.sample_evidence import build_sample_evidence
build_sample_evidence(read_now())
from wardmote.web.project.sample_store import ask_for_sample_store
ask_for_sample_store(read_now())
from wardmote.web.project.working import do_waiting_jobs
do_waiting_jobs()
from wardmote.web.project.sample import find_sample
from wardmote.web.project.sample_assessment import write_this_year
write_this_year(find_sample())
from wardmote.web.partnerships.models import Person
from wardmote.web.project.sample_sign_in import make_link
for person in Person.objects.filter(is_operator=False):
    print(person.email.split("@")[0], make_link(person, ""))
"""


@dataclass
class Site:
    """The server of one manner of walking, and the people who come to it."""

    server: Server
    browser: Any
    walks: type[Walker]
    links: dict[str, str]
    looked_at: set[tuple[str, bool]]
    cookies: dict[str, Any] = field(default_factory=dict)
    opened: list[Walker] = field(default_factory=list)

    @property
    def mail(self) -> Path:
        return self.server.installation.home / "mail"

    def read_mail(self) -> list[str]:
        """Every mail in the home's folder, the newest last."""
        files = sorted((file for file in self.mail.rglob("*") if file.is_file()), key=lambda file: file.stat().st_mtime)
        return [file.read_text(encoding="utf-8") for file in files]

    def wait_for_mail(self, words: str, *, after: int) -> str:
        """The first mail with these words of those that came after so many; the server's own process sends it."""
        until = time.monotonic() + 60
        while time.monotonic() < until:
            found = next((text for text in self.read_mail()[after:] if words in text), None)
            if found is not None:
                return found
            time.sleep(0.2)
        raise AssertionError(f"no mail with “{words}” came within a minute")

    def open_browser(self, **more: Any) -> Walker:
        """A browser of somebody who has not signed in."""
        size = {"width": self.walks.width, "height": self.walks.height}
        context = self.browser.new_context(viewport=size, base_url=self.server.address, **more)
        walker = self.walks(context.new_page(), self.server.address, self.looked_at)
        self.opened.append(walker)
        return walker

    def sign_in(self, who: str) -> Walker:
        """A browser in which this person of the sample is signed in, on their first page.

        A link of the sample works once; the browser's cookies are kept for the person's next visit.
        """
        walker = self.open_browser(storage_state=self.cookies.get(who))
        walker.go("/" if who in self.cookies else self.links[who])
        assert urlsplit(walker.page.url).path.startswith("/p/zellmouth/"), walker.page.url
        self.cookies[who] = walker.page.context.storage_state()
        return walker

    def photograph(self, walker: Walker, name: str, *, whole: bool = False, part: str = "") -> None:
        """A picture for the guide, when they are asked for."""
        folder = os.environ.get("WARDMOTE_PICTURES", "")
        if folder:
            place = PICTURES if folder == "1" else Path(folder)
            place.mkdir(parents=True, exist_ok=True)
            what = walker.page.locator(part).first if part else walker.page
            what.screenshot(path=place / f"{name}{walker.suffix}.png", **({} if part else {"full_page": whole}))

    def close(self) -> None:
        """End a journey: every window is shut, and none of them had anything to complain about."""
        walkers, self.opened = self.opened, []
        complaints = [text for walker in walkers for text in walker.complaints]
        for walker in walkers:
            walker.page.context.close()
        assert not complaints, complaints


@dataclass
class Sample:
    """A home with the sample in it, a way in for each of its people, and the pages that somebody has looked at."""

    home: Path
    links: dict[str, str]
    looked_at: set[tuple[str, bool]] = field(default_factory=set)


@pytest.fixture(scope="session")
def sample(browser: Any, tmp_path_factory: pytest.TempPathFactory) -> Sample:
    """Loaded once, and not where there is no browser."""
    home = tmp_path_factory.mktemp("journeys") / "home"
    said = Installation(home).do(_LOAD)
    return Sample(home, dict(line.split() for line in said.splitlines()))


@pytest.fixture(
    scope="session",
    params=[pytest.param("with a mouse at 1280 px", marks=pytest.mark.soak), "by keyboard at 320 px"],
)
def served(
    request: pytest.FixtureRequest, sample: Sample, browser: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Site]:
    folder = tmp_path_factory.mktemp("site")
    installation = Installation(shutil.copytree(sample.home, folder / "home"))
    with serving(installation, log=folder / "log", workers=2) as server:
        yield Site(server, browser, MANNERS[request.param], sample.links, sample.looked_at)


@pytest.fixture
def site(served: Site) -> Iterator[Site]:
    """The site; every window that a journey opened is shut after it."""
    yield served
    served.close()
