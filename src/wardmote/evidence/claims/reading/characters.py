"""Which characters of a report are its text: spaces made one, note marks and invisible signs left out."""

import html
import re
from collections.abc import Iterable
from dataclasses import dataclass

SPACES = "\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
INVISIBLE = (
    "\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\ufff9-\ufffc"
    "\u0000-\u0008\u000e-\u001f\u007f-\u0084\u0086-\u009f"
)
RAISED_DIGITS = "⁰¹²³⁴-⁹"
#: Signs that begin a list item wherever a text stands; the private ones come from Word's symbol fonts.
BULLET_SIGNS = "•▪■□◦●○‣⁃∙❖➢➤✓✔\uf0b7\uf0a7\uf0d8\uf0fc\uf076\uf02d\uf0e8"

_SPACE = re.compile(rf"[\s{SPACES}]+")
_INVISIBLE = re.compile(f"[{INVISIBLE}]")
_RAISED_LETTERS = str.maketrans({"ᵗ": "t", "ʰ": "h", "ˢ": "s", "ⁿ": "n", "ᵈ": "d", "ʳ": "r"})
_ODD = re.compile("[^ -~]|&|  |[0-9] (?:st|nd|rd|th)|[.!?][\"')]?[0-9]")
_ENTITY = re.compile(r"&(?:[A-Za-z][A-Za-z0-9]{1,31}|#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6});")
# m², km²: a unit. Every other raised digit marks a note.
_RAISED = re.compile(rf"(?<![\u2009 ][kc]m)(?<![\u2009 ]m)[{RAISED_DIGITS}](?:[,{RAISED_DIGITS}]*[{RAISED_DIGITS}])?")
_SPLIT_ORDINAL = re.compile(r"\b(\d*?)(1[1-3]|[0-9]) (st|nd|rd|th)\b")
# "willingness.3 The": a note mark that lost its height. An abbreviation ("para.3") is no end of a sentence.
_BARE_TEN = re.compile(r"(?<![\d.,/-])10$")
_ORDINAL = re.compile(r"\s*(?:st|nd|rd|th)\s*$")
_NOTE_MARK = re.compile(r"\s*\[?(?:[\d*†‡§a-z]{1,3}|\d+(?:\s*,\s*\d+)+)\]?\s*$")
_FLAT_MARK = re.compile(r"(?<=[a-z]{3})([.!?][\"'”’)]?)[1-9][0-9]?(?=\s+[A-Z“\"]|\s*$)")
_ABBREVIATED = re.compile(r"(?:para|page|section|fig|figs|vol|chap|item|table|appendix|app|ref|paras|sect|note)$", re.I)


@dataclass(frozen=True, slots=True)
class RawText:
    """A run of cleaned text and the lines it came from."""

    text: str
    line: int | None = None
    line_starts: tuple[tuple[int, int], ...] = ()


def clean_line(text: str) -> str:
    """What does a stretch of text say? One line, single spaces, no note marks.

    >>> clean_line("a rise of 25%¹ on the 11 th of\\u00a0March &amp; later.³")
    'a rise of 25% on the 11th of March & later.'
    """
    if not _ODD.search(text):
        return text.strip()
    if "&" in text:
        text = _ENTITY.sub(lambda found: html.unescape(found.group()), text)
    text = _INVISIBLE.sub("", text).translate(_RAISED_LETTERS)
    text = _RAISED.sub("", _SPACE.sub(" ", text)).strip()
    text = _SPLIT_ORDINAL.sub(_join_ordinal, text)
    return _FLAT_MARK.sub(_drop_flat_mark, text)


def _join_ordinal(found: re.Match[str]) -> str:
    """ "11 th" is 11th; "4 st" is four of something."""
    before, last, ending = found.groups()
    expected = {"1": "st", "2": "nd", "3": "rd"}.get(last, "th") if not before.endswith("1") else "th"
    return f"{before}{last}{ending}" if ending == expected else found.group()


def _drop_flat_mark(found: re.Match[str]) -> str:
    before = found.string[max(0, found.start() - 12) : found.start()]
    return found.group() if _ABBREVIATED.search(before) else found.group(1)


def read_raised(raised: str, before: str) -> str:
    """What does raised text say after `before`? A mark of a note says nothing, a raised 5 after 10 is a power.

    >>> read_raised("3", "by 12%"), read_raised("th", "on the 11"), read_raised("5", "per 10")
    ('', 'th', '^5')
    """
    if _BARE_TEN.search(before) and raised.strip().isdigit():
        return f"^{raised.strip()}"
    if _ORDINAL.match(raised) and before.rstrip()[-1:].isdigit():
        return raised
    return "" if _NOTE_MARK.match(raised) else raised


def join_pieces(pieces: Iterable[tuple[str, int | None]], separator: str = " ") -> RawText:
    """Which text do these stretches make, and where does each line of the source begin in it?

    Pieces are (text, line); empty ones add nothing. A word cut by a hyphen at a line's end is made whole.

    >>> join_pieces([("Burglary fell", 3), ("by a tenth.", 4)])
    RawText(text='Burglary fell by a tenth.', line=3, line_starts=((0, 3), (14, 4)))
    """
    parts: list[str] = []
    starts: list[tuple[int, int]] = []
    length = 0
    for raw, line in pieces:
        text = clean_line(raw)
        if not text:
            continue
        if parts:
            parts.append(separator)
            length += len(separator)
        if line is not None and (not starts or starts[-1][1] != line):
            starts.append((length, line))
        parts.append(text)
        length += len(text)
    first = starts[0][1] if starts else None
    return RawText("".join(parts), first, tuple(starts) if len(starts) > 1 else ())
