"""What the tests of the design share: pages drawn without an application, and the system's browser."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from jinja2 import FileSystemLoader

from wardmote.web.foundation.design.environment import PageEnvironment, make_environment

HERE = Path(__file__).parent
TEMPLATES = HERE.parents[3] / "src/wardmote/web/foundation/jinja2"
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


@pytest.fixture(autouse=True)
def plain_static_files(settings: Any) -> None:
    """Addresses of built files without a digest, as they lie in the folder; and two addresses for the foot."""
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }
    settings.STATIC_URL = "/static/"
    settings.ROOT_URLCONF = "tests.web.foundation.design.addresses"


@pytest.fixture(scope="session")
def environment() -> PageEnvironment:
    """Our templates and those beside the tests."""
    return make_environment(loader=FileSystemLoader([str(TEMPLATES), str(HERE)]))


@pytest.fixture
def draw(environment: PageEnvironment) -> Callable[..., str]:
    """Draws a piece of a template with the given names."""
    return lambda text, **names: environment.from_string(text).render(**names)


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    sync_api = pytest.importorskip("playwright.sync_api")
    if CHROMIUM is None:
        pytest.skip("no Chromium is installed")
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()
