"""The addresses that the drawn pages link to."""

from django.http import HttpRequest, HttpResponse
from django.urls import path


def answer(_: HttpRequest) -> HttpResponse:
    return HttpResponse()


urlpatterns = [path(f"{name}/", answer, name=name) for name in ("accessibility", "privacy", "your_account")]
