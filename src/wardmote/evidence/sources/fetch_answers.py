"""One request to a publisher: where its answer may come from, and how long it may be.

A publisher's word decides neither which machine is asked nor how much of memory or disk an answer takes.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager

import httpx

from wardmote.evidence.model.errors import UnreadableInputError

#: The lists of forces and months have some 20 kB; what is longer is no such list.
MOST_JSON_BYTES = 5_000_000
MOST_REDIRECTS = 5
#: The file is asked for as it lies there: lengths and parts of a packed stream would be those of another file.
UNPACKED = {"Accept-Encoding": "identity"}
#: What a publisher gets wrong in the same way each time, in the words of the library that reads its answers.
_LASTING = ("Content-Length", "Invalid URL")


@contextmanager
def open_answer(client: httpx.Client, url: str, headers: dict[str, str]) -> Iterator[httpx.Response]:
    """Ask, and follow the publisher where it may lead; closes the answer afterwards.

    Publishers keep large files at a storage of their own, so another host is followed if it is reached by https, which
    proves who answers; within the host's own scheme any path is. Raises UnreadableInputError for any other redirect.
    """
    request = client.build_request("GET", url, headers=headers)
    for _ in range(MOST_REDIRECTS + 1):
        response = client.send(request, stream=True, follow_redirects=False)
        try:
            if response.next_request is None:
                yield response
                return
            _check_redirect(request.url, response.next_request.url)
            request = response.next_request
        finally:
            response.close()
    raise _refuse(url, "the publisher leads from address to address", expected=f"at most {MOST_REDIRECTS} redirects")


def _check_redirect(origin: httpx.URL, target: httpx.URL) -> None:
    is_same_host = (target.scheme, target.host) == (origin.scheme, origin.host)
    if not (is_same_host and target.scheme in {"http", "https"}) and target.scheme != "https":
        raise _refuse(
            str(origin),
            f"the publisher leads to another place ({target})",
            expected="the file, or an https address of it",
        )


def read_json(response: httpx.Response, url: str) -> object:
    """The answer as JSON. Raises UnreadableInputError for one that is not, or that is too long for a list."""
    body = bytearray()
    try:
        for chunk in response.iter_bytes():
            body += chunk
            if len(body) > MOST_JSON_BYTES:
                raise _refuse(url, "the answer does not end", expected=f"a list of at most {MOST_JSON_BYTES:,} bytes")
        found: object = json.loads(bytes(body))
    except (ValueError, RecursionError, httpx.DecodingError):
        start = bytes(body[:60]).decode("utf-8", errors="replace")
        raise _refuse(url, f"its answer is not JSON (it begins with {start!r})", expected="a list as JSON") from None
    return found


def is_packed(response: httpx.Response) -> bool:
    """Was the file packed on its way although it was asked for as it is? A proxy between may do so."""
    return response.headers.get("Content-Encoding", "").strip().lower() not in {"", "identity"}


def check_length(url: str, length: int, most: int) -> None:
    """Is a file of this length still one that was asked for? Raises UnreadableInputError if not."""
    if length > most:
        raise _refuse(url, f"the file is longer than {most / 1e9:.1f} GB", expected="the publisher's archive")


def check_error(url: str, error: Exception) -> None:
    """Can the attempt succeed another time? Raises UnreadableInputError where it cannot."""
    text = str(error)
    if isinstance(error, httpx.UnsupportedProtocol) or (
        isinstance(error, httpx.RemoteProtocolError) and any(word in text for word in _LASTING)
    ):
        raise _refuse(url, f"its answer cannot be understood ({text})", expected="an answer as HTTP has it") from error


def _refuse(url: str, found: str, *, expected: str) -> UnreadableInputError:
    return UnreadableInputError(
        found,
        where=url,
        expected=expected,
        to_do="Check the address, or whether a proxy or sign-in page answers in the publisher's place; "
        "files downloaded by hand can be loaded all the same",
    )
