"""Where a fact of a published plan was read: the document and its lines, in words for who does not know its number."""

import json
import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

_PLACE = re.compile(r"(?P<document>\d{3}):L(?P<first>\d+)(?:-L(?P<last>\d+))?")


@cache
def read_documents() -> Mapping[str, Mapping[str, str]]:
    """The documents behind the catalogue's plans, by the number that their sources begin with."""
    text = (files("wardmote.catalogue") / "plans" / "documents.json").read_text(encoding="utf-8")
    found: dict[str, dict[str, str]] = json.loads(text)
    return found


def say_source(source: str) -> str:
    """Which document and lines a source of the catalogue means; any other source as it was given.

    >>> say_source("003:L12-L14")
    'Medway Community Safety Partnership, “Community Safety Plan 2020 to 2024”, lines 12 to 14 of its text'
    >>> say_source("003:L12")
    'Medway Community Safety Partnership, “Community Safety Plan 2020 to 2024”, line 12 of its text'
    >>> say_source("minutes of June")
    'minutes of June'
    """
    place = _PLACE.fullmatch(source)
    document = read_documents().get(place["document"]) if place else None
    if place is None or document is None:
        return source
    lines = f"lines {place['first']} to {place['last']}" if place["last"] else f"line {place['first']}"
    said = [document["publisher"], f"“{document['title']}”", document["date"], f"{lines} of its text"]
    return ", ".join(part for part in said if part)
