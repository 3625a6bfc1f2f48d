"""What does a report say, and where? One shape for docx, odt, html, md, pdf and txt."""

from collections.abc import Callable
from pathlib import Path
from typing import Literal

from wardmote.evidence.claims.reading.building import PartsBuilder
from wardmote.evidence.claims.reading.decoding import decode_text, read_bytes
from wardmote.evidence.claims.reading.docx import read_docx
from wardmote.evidence.claims.reading.html import read_html
from wardmote.evidence.claims.reading.odt import read_odt
from wardmote.evidence.claims.reading.pdf import read_pdf
from wardmote.evidence.claims.reading.plain import LineReader, iterate_lines
from wardmote.evidence.claims.text import TextDocument
from wardmote.evidence.model.errors import UnreadableInputError

TextFormat = Literal["txt", "md", "html"]
_TEXTS: dict[str, TextFormat] = {
    ".txt": "txt", ".text": "txt", ".md": "md", ".markdown": "md", ".html": "html", ".htm": "html", ".xhtml": "html",
}  # fmt: skip
_PACKED: dict[str, Callable[[PartsBuilder, bytes], None]] = {".docx": read_docx, ".odt": read_odt, ".pdf": read_pdf}
#: The endings of the files that are read.
SUFFIXES = (".docx", ".odt", ".pdf", ".html", ".htm", ".md", ".txt")


def read_document(path: Path, *, name: str = "") -> TextDocument:
    """What does this report say, and where does each part stand?

    `name` is what the places call it; the file's own name where none is given.

    Raises:
        UnreadableInputError: the file cannot be read, holds no text, or is of a kind that is not read.
    """
    suffix = path.suffix.lower()
    if suffix not in _TEXTS and suffix not in _PACKED:
        raise UnreadableInputError(
            f"files ending in {suffix!r} are not read" if suffix else "the name has no ending that says what it is",
            where=path.name,
            expected=f"one of {', '.join(SUFFIXES)}",
            to_do="Save the report as one of these and try again.",
        )
    content = read_bytes(path)
    if suffix in _TEXTS:
        return read_text(decode_text(content), name=name or path.name, format=_TEXTS[suffix])
    builder = PartsBuilder(name or path.name)
    _PACKED[suffix](builder, content)
    return builder.finish(suffix[1:])


def read_text(text: str, *, name: str, format: TextFormat) -> TextDocument:  # noqa: A002 - the word users know
    """What does a text say that is at hand already? `name` stands in the places of its parts.

    >>> read_text("Burglary fell by 12%.", name="report.txt", format="txt").parts[0].text
    'Burglary fell by 12%.'
    """
    builder = PartsBuilder(name)
    if format == "html":
        read_html(builder, text)
    else:
        LineReader(builder, list(iterate_lines(text)), markdown=format == "md").read()
    return builder.finish(format)
