"""What the server writes to its terminal: what is wrong on our side, where in the program, and nothing of anybody.

A page that somebody may not see, or that is not there, is an answer and no fault. Of a fault the type and the lines of
the program are written; its message may repeat a name, and its address may hold the secret of an invitation.
"""

import logging
from traceback import format_tb
from typing import Any


class DiscreetFormatter(logging.Formatter):
    """Writes of a request the pattern of its address, and of an exception its type and place."""

    def format(self, record: logging.LogRecord) -> str:
        said = logging.makeLogRecord(record.__dict__)
        said.exc_text = None  # another handler's, with the message in it
        request = getattr(record, "request", None)
        if request is not None:
            said.msg, said.args = f"{getattr(record, 'status_code', '')} at {find_pattern(request)}".strip(), ()
        return super().format(said)

    def formatException(self, ei: Any) -> str:  # noqa: N802 - the library's own name
        """The lines of the program, the innermost last, and the types of what went wrong."""
        return "".join(_describe(ei[1])).rstrip() if ei[1] is not None else ""


def _describe(error: BaseException) -> list[str]:
    cause = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    before = [*_describe(cause), "\nwhich led to:\n\n"] if cause is not None else []
    kind = type(error)
    named = f"{kind.__module__}.{kind.__qualname__}\n".removeprefix("builtins.")
    return [*before, "Traceback (most recent call last):\n", *format_tb(error.__traceback__), named]


def find_pattern(request: Any) -> str:
    """The pattern of a request's address: /p/<slug:slug>/people/; of what matched none, nothing is repeated."""
    match = getattr(request, "resolver_match", None)
    return f"{request.method} /{match.route}" if match is not None else f"{request.method} an address that is not ours"


def describe_logging() -> dict[str, Any]:
    """Django's setting of its logs."""
    only_faults = {"level": "ERROR"}
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"discreet": {"()": DiscreetFormatter, "format": "%(asctime)s %(levelname)s %(message)s"}},
        "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "discreet"}},
        "root": {"handlers": ["console"], "level": "WARNING"},
        "loggers": {"django.request": only_faults, "django.security.csrf": only_faults},
    }
