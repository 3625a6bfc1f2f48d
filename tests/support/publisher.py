"""A local server that plays data.police.uk: its two services, its archives, and its bad days."""

import hashlib
import io
import json
import threading
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

Behaviour = Callable[["PublisherHandler", bytes], None]


@dataclass
class Publisher:
    """What the server holds. `moods[path]` are used up one a request; then it answers as it should."""

    files: dict[str, bytes] = field(default_factory=dict)
    moods: dict[str, list[Behaviour]] = field(default_factory=dict)
    requests: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    url: str = ""

    def add_json(self, path: str, body: object) -> None:
        self.files[path] = json.dumps(body).encode()

    def asked(self, path: str) -> list[dict[str, str]]:
        """The headers of each request for the path."""
        return [headers for p, headers in self.requests if p == path]


class PublisherHandler(BaseHTTPRequestHandler):
    """Serves files with ETag, Range and If-Range."""

    protocol_version = "HTTP/1.1"
    publisher: Publisher

    def do_GET(self) -> None:
        self.publisher.requests.append((self.path, dict(self.headers)))
        body = self.publisher.files.get(self.path)
        if body is None:
            self.answer(404, b"")
            return
        moods = self.publisher.moods.get(self.path)
        (moods.pop(0) if moods else serve)(self, body)

    def answer(
        self, status: int, body: bytes, headers: dict[str, str] | None = None, *, length: int | None = None
    ) -> None:
        self.send_response(status)
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body) if length is None else length))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_args: object) -> None:
        """Say nothing: the test's own words are enough."""


def etag_of(body: bytes) -> str:
    return f'"{hashlib.md5(body, usedforsecurity=False).hexdigest()}"'


def serve(handler: PublisherHandler, body: bytes) -> None:
    """The way it should be."""
    tag, asked = etag_of(body), handler.headers.get("Range", "")
    if not asked or handler.headers.get("If-Range") != tag:
        handler.answer(200, body, {"ETag": tag})
        return
    start = int(asked.removeprefix("bytes=").removesuffix("-"))
    if start >= len(body):
        handler.answer(416, b"", {"Content-Range": f"bytes */{len(body)}"})
        return
    span = f"bytes {start}-{len(body) - 1}/{len(body)}"
    handler.answer(206, body[start:], {"ETag": tag, "Content-Range": span})


def drop_after(count: int) -> Behaviour:
    """Announce all that is left, send so many bytes of it, hang up."""

    def behave(handler: PublisherHandler, body: bytes) -> None:
        asked = handler.headers.get("Range", "")
        start = int(asked.removeprefix("bytes=").removesuffix("-")) if asked else 0
        headers = {"ETag": etag_of(body)}
        if asked:
            headers["Content-Range"] = f"bytes {start}-{len(body) - 1}/{len(body)}"
        rest = body[start:]
        handler.answer(206 if asked else 200, rest[:count], headers, length=len(rest))
        handler.close_connection = True

    return behave


def refuse(status: int, **headers: str) -> Behaviour:
    """Answer with a status and headers (Retry_After becomes Retry-After)."""

    def behave(handler: PublisherHandler, _body: bytes) -> None:
        handler.answer(status, b"", {name.replace("_", "-"): value for name, value in headers.items()})

    return behave


def serve_whole(handler: PublisherHandler, body: bytes) -> None:
    """Know nothing of Range."""
    handler.answer(200, body, {"ETag": etag_of(body)})


def serve_cut(handler: PublisherHandler, body: bytes) -> None:
    """Announce and send less than the file, as a broken store would."""
    handler.answer(200, body[: len(body) // 2], {"ETag": etag_of(body)})


def serve_other_edition(handler: PublisherHandler, body: bytes) -> None:
    """Ignore If-Range and send the rest of another edition."""
    start = int(handler.headers["Range"].removeprefix("bytes=").removesuffix("-"))
    span = f"bytes {start}-{len(body) - 1}/{len(body)}"
    handler.answer(206, body[start:], {"ETag": '"another"', "Content-Range": span})


def answer_plain(body: bytes, **headers: str) -> Behaviour:
    """Answer with this body and these headers, Content-Length only if it is among them; then hang up."""

    def behave(handler: PublisherHandler, _body: bytes) -> None:
        handler.send_response(200)
        for name, value in headers.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.end_headers()
        handler.wfile.write(body)
        handler.close_connection = True

    return behave


def stream_without_end(handler: PublisherHandler, _body: bytes) -> None:
    """Send chunk after chunk until whoever listens hangs up."""
    handler.send_response(200)
    handler.send_header("Transfer-Encoding", "chunked")
    handler.end_headers()
    chunk = b"%x\r\n%s\r\n" % (1 << 16, b"[" * (1 << 16))
    with suppress(OSError):
        while True:
            handler.wfile.write(chunk)
    handler.close_connection = True


def make_archive(files: dict[str, str]) -> bytes:
    """A zip archive of these texts, the same bytes each time."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(zipfile.ZipInfo(name, (2024, 1, 1, 0, 0, 0)), text)
    return stream.getvalue()


@contextmanager
def open_publisher() -> Iterator[Publisher]:
    """Run the server on a free port of this machine for as long as the block lasts."""
    publisher = Publisher()
    handler = type("Handler", (PublisherHandler,), {"publisher": publisher})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        server.daemon_threads = True
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        publisher.url = f"http://127.0.0.1:{server.server_address[1]}"
        try:
            yield publisher
        finally:
            server.shutdown()
            thread.join()
