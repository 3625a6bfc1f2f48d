"""What does a report say, and where? One shape for docx, odt, html, md, pdf and txt."""

from pathlib import Path
from typing import Literal

from wardmote.evidence.claims.reading.building import PartsBuilder
from wardmote.evidence.claims.reading.decoding import decode_text, read_bytes
from wardmote.evidence.claims.reading.plain import LineReader, iterate_lines
from wardmote.evidence.claims.text import TextDocument
from wardmote.evidence.model.errors import UnreadableInputError

TextFormat = Literal["txt", "md", "html"]
_TEXT_SUFFIXES: dict[str, TextFormat] = {
    ".txt": "txt", ".text": "txt", ".md": "md", ".markdown": "md", ".html": "html", ".htm": "html", ".xhtml": "html",
}  # fmt: skip


def read_document(path: Path) -> TextDocument:
    """What does this report say, and where does each part stand?

    Raises:
        UnreadableInputError: the file cannot be read, holds no text, or is of a kind that is not read.
    """
    suffix = path.suffix.lower()
    content = read_bytes(path)
    if suffix in _TEXT_SUFFIXES:
        return read_text(decode_text(content), name=path.name, format=_TEXT_SUFFIXES[suffix])
    raise UnreadableInputError(
        f"files ending in {suffix!r} are not read" if suffix else "the name has no ending that says what the file is",
        where=path.name,
        expected=f"one of {', '.join(sorted(_TEXT_SUFFIXES))}",
        to_do="Save the report as one of these and try again.",
    )


def read_text(text: str, *, name: str, format: TextFormat) -> TextDocument:  # noqa: A002 - the word users know
    """What does a text say that is at hand already? `name` stands in the places of its parts."""
    builder = PartsBuilder(name)
    LineReader(builder, list(iterate_lines(text)), markdown=format == "md").read()
    return builder.finish(format)
