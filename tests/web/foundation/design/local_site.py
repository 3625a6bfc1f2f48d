"""A small site on this machine that serves the built files and drawn pages under a strict policy, for browsers."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from urllib.parse import parse_qs

STATICS = tuple(sorted((Path(__file__).parents[4] / "src/wardmote/web").glob("*/static")))
TYPES = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
KINDS = ("script", "style", "img", "connect")
POLICY = "default-src 'none'; form-action 'self'; " + "; ".join(f"{kind}-src 'self'" for kind in KINDS)

Answer = tuple[int, dict[str, str], str]


@dataclass
class LocalSite:
    """Pages by path, what was sent to it, and what it answers to a draft."""

    pages: dict[str, str]
    answer_draft: Callable[[dict[str, str]], Answer]
    sent: list[dict[str, str]] = field(default_factory=list)
    tokens: list[str] = field(default_factory=list)
    address: str = ""

    def answer_get(self, path: str) -> Answer:
        """A built file, a page, or 404."""
        if path.startswith("/static/"):
            file = next(f for s in STATICS if (f := s / path.removeprefix("/static/")).is_file())
            return 200, {"Content-Type": TYPES[file.suffix]}, file.read_text(encoding="utf-8")
        if path in self.pages:
            return 200, {}, self.pages[path]
        return 404, {}, "no such page"

    def answer_post(self, path: str, body: str) -> Answer:
        """A draft is noted and answered; any other form is answered by the page of its path."""
        if path != "/draft":
            return self.answer_get(path)
        self.sent.append({name: values[-1] for name, values in parse_qs(body, keep_blank_values=True).items()})
        return self.answer_draft(self.sent[-1])


@contextmanager
def serve_pages(
    pages: dict[str, str], answer_draft: Callable[[dict[str, str]], Answer] | None = None
) -> Iterator[LocalSite]:
    """Runs the site on a free port until the block ends."""
    site = LocalSite(pages, answer_draft or (lambda _: (200, {"Content-Type": "application/json"}, '{"version": "2"}')))

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.reply(site.answer_get(self.path if self.path in site.pages else self.path.partition("?")[0]))

        def do_POST(self) -> None:
            site.tokens.append(self.headers.get("X-CSRFToken", ""))
            body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
            self.reply(site.answer_post(self.path, body))

        def reply(self, answer: Answer) -> None:
            status, headers, text = answer
            self.send_response(status)
            headers = {"Content-Type": "text/html; charset=utf-8", "Content-Security-Policy": POLICY} | headers
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(text.encode())

        def log_message(self, *_: object) -> None:
            """Silent: the tests say what went wrong."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    site.address = f"http://127.0.0.1:{server.server_port}"
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
