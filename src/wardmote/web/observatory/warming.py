"""What a process does once for all its life, done before somebody waits: libraries, pages, the usual questions."""

from threading import Thread

from django.db import DatabaseError, connections
from django.template.loader import get_template

from wardmote.evidence.interface import (
    list_holdings,
    list_series,
    read_month_profile,
    search_indicators,
)
from wardmote.evidence.model.errors import WardmoteError
from wardmote.web.observatory.reading import has_evidence, read_evidence
from wardmote.web.partnerships.interface import Partnership

#: So many partnerships' areas are looked up ahead; the others' are when they are asked for.
_MOST_PARTNERSHIPS = 10
_FIRST_ASKED = ("crime_count", "crime_rate")


def warm_up() -> Thread:
    """Ask the usual questions beside the first requests."""
    thread = Thread(target=_ask_ahead, name="warm-up", daemon=True)
    thread.start()
    return thread


def _ask_ahead() -> None:
    for page in ("search", "indicator", "trace"):
        get_template(f"observatory/evidence/{page}.html")
    try:
        for partnership in Partnership.objects.exclude(area_code="").order_by("name")[:_MOST_PARTNERSHIPS]:
            ask_usual(partnership)
    except (DatabaseError, WardmoteError):
        return  # no database yet, no store, or a damaged one: whoever asks for it is told
    finally:
        connections.close_all()


def ask_usual(partnership: Partnership) -> None:
    """What the first pages of a partnership's evidence ask."""
    if not has_evidence(partnership):
        return
    evidence, area = read_evidence(partnership), partnership.area_code
    search_indicators(evidence, "")
    list_holdings(evidence, area)
    for name in _FIRST_ASKED:
        series = list_series(evidence, name, area)
    if series:
        read_month_profile(series)
