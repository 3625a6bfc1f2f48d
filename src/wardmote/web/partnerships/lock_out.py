"""What somebody sees who typed a wrong password too often."""

from typing import Any

from django.http import HttpRequest, HttpResponse


def answer_lock_out(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
    return HttpResponse("Too many tries. Wait fifteen minutes, then try again.", status=429)
