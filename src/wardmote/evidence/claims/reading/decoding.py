"""Which text do these bytes hold?"""

from pathlib import Path

from wardmote.evidence.model.errors import UnreadableInputError

#: A report is a few megabytes at most; what is far larger is something else.
MOST_BYTES = 100 * 1024 * 1024
_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))


def read_bytes(path: Path) -> bytes:
    """What is in the file?

    Raises:
        UnreadableInputError: it cannot be opened, or is larger than any report.
    """
    try:
        size = path.stat().st_size if path.is_file() else None
        if size is None:
            raise UnreadableInputError("this is no file", where=str(path), expected="a report", to_do="Check the name.")
        if size > MOST_BYTES:
            raise UnreadableInputError(
                f"the file has {size / 1024**2:,.0f} MiB",
                where=str(path),
                expected=f"a report of at most {MOST_BYTES // 1024**2} MiB",
                to_do="Save it without its pictures.",
            )
        return path.read_bytes()
    except OSError as error:
        reason = error.strerror or "it cannot be opened"
        raise UnreadableInputError(reason, where=str(path), to_do="Check the name and who may read it.") from error


def decode_text(content: bytes) -> str:
    """Which text is this? By its mark, else UTF-16 by its zeros, else UTF-8, else Windows' western letters.

    >>> decode_text("£111,000".encode("cp1252"))
    '£111,000'
    """
    encoding = next((name for mark, name in _MARKS if content.startswith(mark)), None) or _guess_wide(content)
    if encoding is not None:
        return content.decode(encoding, "replace")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")


def _guess_wide(content: bytes) -> str | None:
    """UTF-16 without a mark: every other byte of western text is zero."""
    head = content[:2000]
    if len(head) < 4:
        return None
    even, odd = head[::2].count(0), head[1::2].count(0)
    half = len(head) // 2
    if odd > half * 0.7 and even < half * 0.1:
        return "utf-16-le"
    return "utf-16-be" if even > half * 0.7 and odd < half * 0.1 else None
