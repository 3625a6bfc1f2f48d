"""Which pages print figures in columns that were read as no table?"""

from collections.abc import Collection, Iterable, Iterator, Sequence

from wardmote.evidence.claims.reading.pdf_charts import is_period, is_tick
from wardmote.evidence.claims.reading.pdf_pages import Fragment

#: Lines of a label and two figures: fewer on a page are hardly a table.
_FEWEST_LINES = 2


def note_unread(page: int, fragments: Iterable[Fragment], read: Collection[int]) -> Iterator[str]:
    """Yield what to tell the reader when a page has lines of a label and figures beside it outside its tables.

    `read` holds the identities of the fragments that stand in tables.
    """
    rest = [fragment for fragment in fragments if id(fragment) not in read]
    if sum(_is_row(line) for line in _gather_lines(rest)) >= _FEWEST_LINES:
        yield f"page {page}: figures in columns that could not be read as a table; check them in the Word file"


def _gather_lines(fragments: Iterable[Fragment]) -> Iterator[list[Fragment]]:
    """The fragments of each line from left to right, in whatever order the file draws them."""
    line: list[Fragment] = []
    for fragment in sorted(fragments, key=lambda one: -one.bottom):
        if line and line[0].bottom - fragment.bottom > 0.3 * line[0].size:
            yield sorted(line, key=lambda one: one.left)
            line = []
        line.append(fragment)
    if line:
        yield sorted(line, key=lambda one: one.left)


def _is_row(line: Sequence[Fragment]) -> bool:
    """A label of words, and two figures or more that are no periods."""
    figures = [one for one in line[1:] if is_tick(one.text) and not is_period(one.text)]
    return len(figures) >= 2 and not is_tick(line[0].text)
