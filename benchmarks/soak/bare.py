"""A bare Django view beside our application in the same server: session, person, database, and nothing else.

The yardstick: what any Django page costs on this machine at this load.
"""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import path

from wardmote.web.project import urls


def answer_bare(request: HttpRequest) -> HttpResponse:
    """Who asks is read from session and database, as every page of ours does."""
    return HttpResponse(b"bare" if request.user.is_authenticated else b"nobody")


urlpatterns: list[Any] = [path("bare/", answer_bare), *urls.urlpatterns]
