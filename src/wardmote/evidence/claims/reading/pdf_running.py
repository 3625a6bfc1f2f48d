"""Which words stand on every page of a PDF: running heads, feet and page numbers?"""

import re
from collections import Counter
from collections.abc import Iterator

from wardmote.evidence.claims.reading.pdf_pages import Fragment

_PAGE_NUMBER = re.compile(r"\W*(?:page\s*)?(\d{1,4})(?:\s*(?:of|/)\s*\d{1,4})?\W*$", re.I)
_DIGITS = re.compile(r"\d+")
#: Fragments whose feet stand no further apart than this stand on one line.
_SAME_LINE = 2.0
#: Heads of left and right pages differ, so each stands on somewhat fewer than half of them.
_MOST_SHARE = 0.4


def find_running(pages: list[list[Fragment]], heading_size: float) -> set[int]:
    """Which fragments, by identity, are running heads, feet and page numbers?

    What stands at the edge of many pages in the same words, or in words whose number counts on with the pages, when
    all of its line does; letters of `heading_size` that count on are headings. A table's head goes on with its table.
    """
    edges = [list(_list_edges(page)) for page in pages]
    marks = [{id(part): _mark(part, number, heading_size) for part in edge} for number, edge in enumerate(edges)]
    seen = Counter(mark for page in marks for mark in {mark for several in page.values() for mark in several})
    enough = max(3, int(len(pages) * _MOST_SHARE) + 1)
    repeated = {key for page in marks for key, several in page.items() if any(seen[mark] >= enough for mark in several)}
    kept = {
        id(part)
        for page, edge in zip(pages, edges, strict=True)
        for part in edge
        if id(part) in repeated and not _is_running_line(_list_line(part, page), repeated, page)
    }
    return (repeated - kept) | find_page_numbers(edges)


def _mark(fragment: Fragment, page: int, heading_size: float) -> list[tuple[str, int, int | None]]:
    """What two pages' running heads share: words and height, or words, height and how far the number is the page's."""
    text, height = fragment.text.lower(), round(fragment.bottom / 4)
    marks: list[tuple[str, int, int | None]] = [(text, height, None)]
    numbers = list(_DIGITS.finditer(text))
    if len(numbers) <= 2 and fragment.letters < heading_size:
        for number in numbers:
            masked = f"{text[: number.start()]}#{text[number.end() :]}"
            marks.append((masked, height, int(number[0][:6]) - page))
    return marks


def _list_line(fragment: Fragment, page: list[Fragment]) -> list[Fragment]:
    return [part for part in page if abs(part.bottom - fragment.bottom) <= _SAME_LINE]


def _is_running_line(line: list[Fragment], repeated: set[int], page: list[Fragment]) -> bool:
    """Is all of the line repeated, and is it no row of a table: three cells and more, above or below as many?"""
    if not all(id(part) in repeated for part in line):
        return False
    near = 2.5 * line[0].size
    others = Counter(round(part.bottom) for part in page if _SAME_LINE < abs(part.bottom - line[0].bottom) < near)
    return len(line) < 3 or max(others.values(), default=0) < 3


def find_page_numbers(edges: list[list[Fragment]]) -> set[int]:
    """Which fragments are page numbers? Those alone on a line that count on with the pages, or say "page"."""
    numbers = [
        (fragment, int(found[1]) - page)
        for page, edge in enumerate(edges)
        for fragment in edge
        if (found := _PAGE_NUMBER.match(fragment.text)) and len(_list_line(fragment, edge)) == 1
    ]
    agreeing = Counter(offset for _, offset in numbers)
    return {
        id(fragment)
        for fragment, offset in numbers
        if agreeing[offset] > 1 or offset == 1 or "page" in fragment.text.lower()
    }


def _list_edges(page: list[Fragment]) -> Iterator[Fragment]:
    """The two lines at the top of a page and the two at its foot."""
    heights = sorted({round(fragment.bottom) for fragment in page})
    edge = {*heights[:2], *heights[-2:]}
    yield from (fragment for fragment in page if round(fragment.bottom) in edge)
