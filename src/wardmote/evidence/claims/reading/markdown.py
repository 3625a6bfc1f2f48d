"""Which signs in a text are Markdown's and none of its words?"""

import re
from collections.abc import Sequence

from wardmote.evidence.claims.reading.grids import RawCell, RawTable
from wardmote.evidence.claims.reading.tabular import read_cell

_HEADING = re.compile(r"\s{0,3}(#{1,6})\s+(\S.*?)\s*#*\s*$")
_SETEXT = re.compile(r"\s{0,3}(=+|-{2,})\s*$")
_STRONG = re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1")
_EMPHASIS = re.compile(r"(?<![\w*])([*_])(?=[^\s*_])([^*_\n]+?)(?<=\S)\1(?![\w*])")
_IMAGE = re.compile(r"!\[[^\]]*\]\([^)\s]*(?:\s+\"[^\"]*\")?\)")
_LINK = re.compile(r"\[([^\[\]]*)\]\([^()\s]*(?:\s+\"[^\"]*\")?\)")
_AUTOLINK = re.compile(r"<(?:https?://|mailto:)[^<>\s]+>")
_CODE = re.compile(r"`+([^`]+)`+")
_FOOTNOTE = re.compile(r"\[\^[^\]\s]{1,30}\]")
_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+\-.!|<>~])")
_FENCE = re.compile(r"\s{0,3}(`{3,}|~{3,})")
_DELIMITER = re.compile(r"\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*$")
_PIPE = re.compile(r"(?<!\\)\|")


def split_heading(lines: Sequence[str], at: int) -> tuple[int, str] | None:
    """Is this line a heading? Its depth and its words.

    >>> split_heading(["## **Burglary** ##"], 0)
    (2, '**Burglary**')
    """
    found = _HEADING.match(lines[at][:2000])
    return (len(found[1]), found[2]) if found else None


def strip_inline(text: str, *, emphasis: bool = True) -> str:
    """The words without the signs for strength, links and notes.

    >>> strip_inline("**Fell** by [12%](#table) to 40* of 50[^2]")
    'Fell by 12% to 40* of 50'
    """
    if not any(sign in text for sign in "*_`[\\<"):
        return text
    text = _AUTOLINK.sub("", _FOOTNOTE.sub("", _LINK.sub(r"\1", _IMAGE.sub("", text))))
    text = _CODE.sub(r"\1", _STRONG.sub(r"\2", text))
    text = _EMPHASIS.sub(r"\2", text) if emphasis else text
    return _ESCAPE.sub(r"\1", text)


def find_closing_fence(lines: Sequence[str], at: int) -> int:
    """Where does the listing that opens here end? 0 where none opens or none closes it."""
    opened = _FENCE.match(lines[at])
    if opened is None:
        return 0
    for n in range(at + 1, len(lines)):
        closing = _FENCE.match(lines[n])
        if closing and closing[1].startswith(opened[1]):
            return n + 1
    return 0


def is_pipe_table(lines: Sequence[str], at: int) -> bool:
    """Does a table drawn with upright strokes begin here? A row of dashes stands under its first row."""
    return (
        "|" in lines[at]
        and at + 1 < len(lines)
        and "-" in lines[at + 1]
        and "|" in lines[at + 1]
        and bool(_DELIMITER.match(lines[at + 1][:5000]))
    )


def read_pipe_table(lines: Sequence[str], at: int) -> tuple[RawTable, int]:
    """The table, and the number of the line after it."""
    rows = [_read_row(lines[at], at)]
    end = at + 2
    while end < len(lines) and "|" in lines[end] and lines[end].strip():
        rows.append(_read_row(lines[end], end))
        end += 1
    return RawTable(rows, at + 1, header_rows=1 if any(cell.text.text for cell in rows[0]) else None), end


def _read_row(line: str, at: int) -> list[RawCell]:
    parts = _PIPE.split(line.strip())
    parts = parts[1:] if parts and not parts[0].strip() else parts
    parts = parts[:-1] if len(parts) > 1 and not parts[-1].strip() else parts
    return [read_cell(strip_inline(part.replace("\\|", "|")), at + 1) for part in parts]
