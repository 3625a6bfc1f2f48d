"""Text as it enters: without signs that no keyboard writes, and that no database and no page can carry."""

import re
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict

#: Control signs other than tab and line ends (word processors paste some of them), and halves of surrogate pairs.
_UNWANTED = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


def clean_typed(typed: Any) -> Any:
    """What was sent, as deep as it goes, without unwanted signs. Raises RecursionError for what is nested absurdly."""
    if isinstance(typed, str):
        return _UNWANTED.sub("", typed)
    if isinstance(typed, list):
        return [clean_typed(one) for one in typed]
    if isinstance(typed, dict):
        return {clean_typed(key): clean_typed(one) for key, one in typed.items()}
    return typed


def clean_what_is_typed(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: every form and every address is read without unwanted signs."""

    def answer(request: HttpRequest) -> HttpResponse:
        request.GET = _clean_fields(request.GET)
        if request.method == "POST" and request.content_type != "application/json":
            request.POST = _clean_fields(request.POST)
        return get_response(request)

    return answer


def _clean_fields(fields: QueryDict) -> Any:
    """The same fields where they are clean, which they nearly always are."""
    if not any(_UNWANTED.search(text) for name, texts in fields.lists() for text in (name, *map(str, texts))):
        return fields
    cleaned = QueryDict(mutable=True)
    for name, texts in fields.lists():
        cleaned.setlist(clean_typed(name), clean_typed(list(texts)))
    cleaned._mutable = False
    return cleaned
