"""`wardmote serve` with the bare view beside our pages."""

from django.conf import settings

from wardmote.cli.main import app
from wardmote.web.project import opening

_open = opening.open_application


def open_with_bare(home: object = None) -> object:
    found = _open(home)  # type: ignore[arg-type]
    settings.ROOT_URLCONF = "benchmarks.soak.bare"
    return found


if __name__ == "__main__":
    opening.open_application = open_with_bare  # type: ignore[assignment]
    app()
