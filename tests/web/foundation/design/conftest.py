"""What the tests of the design share: pages drawn without an application."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from jinja2 import FileSystemLoader

from wardmote.web.foundation.design.environment import PageEnvironment, make_environment

HERE = Path(__file__).parent
TEMPLATES = HERE.parents[3] / "src/wardmote/web/foundation/jinja2"


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
