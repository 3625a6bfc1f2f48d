"""Where one sentence ends and the next begins, in text full of "approx. 300", "Q1.", "1.5.15" and lists."""

import re
from collections.abc import Iterator

#: A stop that ends no sentence: abbreviations, initials, numbers.
_NO_END = re.compile(
    r"(?:\b(?:approx|e\.g|i\.e|etc|no|nos|vs|v|cf|inc|incl|est|dept|govt|st|mr|mrs|ms|dr|cllr|prof|fig|para|p|pp|c|ca|"
    r"ref|ext|tel|vol|ed|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)|\b[A-Z])\.$",
    re.IGNORECASE,
)
_END = re.compile(r"[.!?][\"'”’)\]]*(?=\s+[\"'“‘(\[]?[A-Z0-9•])|\n+|\s•\s|;\s*(?=•)")
#: Nobody writes a statement of so many letters. What reads like one is a broken file, and is cut: work stays even.
_LONGEST = 1_500
#: The label that opens a quarter's statement, with the quarter's number: "Q3 - ", "Quarter 3:".
QUARTER_LABEL = re.compile(r"^(?:Q|Quarter\s)([1-4])\b\s?[:–-]?\s?", re.IGNORECASE)
#: A quarter's label inside a cell begins a new statement: "Q3 - 77.8% Q4 - 75%".
_QUARTER = re.compile(r"(?<=\S)\s+(?=(?:Q[1-4]|Quarter [1-4])\s?[:–-])")


def split_sentences(text: str) -> Iterator[tuple[int, str]]:
    """Yield (offset, sentence) for each sentence of a block; offsets are into the block's text.

    >>> [s for _, s in split_sentences("About approx. 300 came. It rose. Q1 - 10")]
    ['About approx. 300 came.', 'It rose.', 'Q1 - 10']
    """
    start = 0
    for end in [*_list_ends(text), len(text)]:
        while end - start > _LONGEST:
            cut = text.rfind(" ", start, start + _LONGEST) + 1 or start + _LONGEST
            cut = cut if cut > start else start + _LONGEST
            yield from _trim(text, start, cut)
            start = cut
        yield from _trim(text, start, end)
        start = end


def _list_ends(text: str) -> list[int]:
    ends = [match.end() for match in _END.finditer(text) if not _goes_on(text, match)]
    ends += [match.end() for match in _QUARTER.finditer(text)]
    return sorted(set(ends))


def _goes_on(text: str, match: re.Match[str]) -> bool:
    if not match.group().startswith("."):
        return False
    return _NO_END.search(text[max(0, match.start() - 10) : match.start() + 1]) is not None


def _trim(text: str, start: int, end: int) -> Iterator[tuple[int, str]]:
    part = text[start:end]
    stripped = part.strip()
    if stripped:
        yield start + part.index(stripped[0]), stripped
