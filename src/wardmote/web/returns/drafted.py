"""Reading a draft as it was sent: by a form, by the page's script, or as JSON."""

import json
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import BadRequest
from django.http import HttpRequest

from wardmote.evidence.interface import decode_value
from wardmote.web.foundation.typed_text import clean_typed
from wardmote.web.returns.models import Return
from wardmote.web.returns.typed import NARRATIVES, pick_fields, write_fields

#: More than this is no list of steps.
_MOST_STEPS = 1_000
_LONGEST_PAGE = 40
_LONGEST_BODY_BYTES = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Sent:
    """What came from a page: its boxes, the number of the draft that they were typed on, and which page it was."""

    fields: dict[str, Any]
    number: int
    page: str = ""


def read_sent(ret: Return, sent: Any) -> Sent:
    """The boxes that were sent, and what they were typed on.

    A text may be too long for its box (`find_too_long`): whoever sent it is told, and shown what they sent.
    Raises BadRequest for what is no draft: broken JSON, a number that is none, steps without end.
    """
    data = _read_data(sent) if isinstance(sent, HttpRequest) else sent
    fields = pick_fields(ret.indicator, data)
    if len(fields.get("checks", ())) > _MOST_STEPS:
        raise BadRequest(f"more than {_MOST_STEPS:,} steps are ticked")
    number = str(data.get("draft_version") or data.get("draft_number") or "0")
    if not (number.isascii() and number.isdigit() and len(number) < 10):
        raise BadRequest("the draft's number is no number")
    return Sent(fields, int(number), str(data.get("draft_page") or "")[:_LONGEST_PAGE])


def read_draft(ret: Return) -> dict[str, Any]:
    """What stands in the boxes: the draft, or, where a value came without one (an import), that value as typed."""
    if ret.draft or ret.version is None:
        return dict(ret.draft)
    texts = {name: getattr(ret.version, name) for name in (*NARRATIVES, "reason_code")}
    fields = {**write_fields(ret.indicator, decode_value(ret.version.value)), **texts}
    return {name: typed for name, typed in fields.items() if typed}


def _read_data(request: HttpRequest) -> Any:
    if request.content_type != "application/json":
        return request.POST
    if len(request.body) > _LONGEST_BODY_BYTES:
        raise BadRequest("the draft is far too long")
    try:
        data = clean_typed(json.loads(request.body))
    except (ValueError, RecursionError) as error:
        raise BadRequest("the draft is no JSON") from error
    if not isinstance(data, dict):
        raise BadRequest("the draft is no JSON object")
    return data
