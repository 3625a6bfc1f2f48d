"""`wardmote serve` with the bare view beside our pages."""

from typing import Any

from wardmote.cli.main import app
from wardmote.web.project import serving

_load = serving._Server.load


def load_with_bare(server: Any) -> Any:
    """The application as each process of the server loads it, with other addresses."""
    application = _load(server)
    from django.conf import settings

    settings.ROOT_URLCONF = "benchmarks.soak.bare"
    return application


if __name__ == "__main__":
    serving._Server.load = load_with_bare  # type: ignore[method-assign]
    app()
