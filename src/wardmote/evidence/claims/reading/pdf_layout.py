"""Which lines of a page make a paragraph, and which make a table?"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from wardmote.evidence.claims.reading.pdf_pages import Fragment

#: Lines of one paragraph stand no further apart than this many letter heights, measured from foot to foot.
LINE_SPACING = 1.75


@dataclass(slots=True)
class Stack:
    """Lines under one another: a paragraph, or a cell."""

    lines: list[Fragment]
    left: float = field(init=False)
    right: float = field(init=False)

    def __post_init__(self) -> None:
        self.left = min(line.left for line in self.lines)
        self.right = max(line.right for line in self.lines)

    def add(self, line: Fragment) -> None:
        """Put a line under the last."""
        self.lines.append(line)
        self.left = min(self.left, line.left)
        self.right = max(self.right, line.right)

    @property
    def top(self) -> float:
        return self.lines[0].top

    @property
    def bottom(self) -> float:
        return self.lines[-1].bottom

    @property
    def size(self) -> float:
        return self.lines[0].size

    @property
    def letters(self) -> float:
        return self.lines[0].letters


def gather_stacks(fragments: Sequence[Fragment]) -> list[Stack]:
    """Lines that follow one another in the file and stand under one another on the page."""
    stacks: list[Stack] = []
    spacing = 0.0
    for at, fragment in enumerate(fragments):
        last = stacks[-1].lines[-1] if stacks else None
        step = 0.0 if last is None else last.bottom - fragment.bottom
        below = last is not None and _is_below(fragment, last, step) and (not spacing or step < spacing * 1.25)
        if below and not _opens_row(fragments, at, stacks[-1]) and not _follows_row(fragment, stacks):
            stacks[-1].add(fragment)
            spacing = step
        else:
            stacks.append(Stack([fragment]))
            spacing = 0.0
    return stacks


def _opens_row(fragments: Sequence[Fragment], at: int, above: Stack) -> bool:
    """Does a row of three cells or more begin here, under a paragraph that is wider than its first cell can be?"""
    cells = fragments[at : at + 3]
    in_line = len(cells) == 3 and all(_is_right_of(after, one) for one, after in pairwise(cells))
    return in_line and above.right > cells[1].left


def _follows_row(fragment: Fragment, stacks: Sequence[Stack]) -> bool:
    """Does a line under the last cell of a row reach into the cell beside it? It stands under the whole row."""
    if len(stacks) < 2:
        return False
    cell, beside = stacks[-1].lines[0], stacks[-2].lines[0]
    return _is_right_of(cell, beside) and fragment.left < beside.right


def _is_right_of(fragment: Fragment, before: Fragment) -> bool:
    """Do two fragments stand on one line, one right of the other?"""
    return fragment.left > before.right and abs(fragment.bottom - before.bottom) < 0.3 * before.size


def _is_below(fragment: Fragment, last: Fragment, step: float) -> bool:
    overlap = min(fragment.right, last.right) - max(fragment.left, last.left)
    alike = abs(fragment.size - last.size) < 0.08 * max(fragment.size, last.size)
    return alike and overlap > 0 and 0.5 * last.size < step < LINE_SPACING * last.size


def gather_rows(stacks: Sequence[Stack]) -> list[list[Stack]]:
    """Stacks that follow one another in the file and stand beside one another on the page."""
    rows: list[list[Stack]] = []
    for stack in stacks:
        row = rows[-1] if rows else None
        if row is not None and stack.left >= row[-1].right - 1 and _is_beside(stack, row):
            row.append(stack)
        else:
            rows.append([stack])
    return rows


def _is_beside(stack: Stack, row: list[Stack]) -> bool:
    """Do they share half a line's height at least?"""
    top, bottom = max(part.top for part in row), min(part.bottom for part in row)
    return min(stack.top, top) - max(stack.bottom, bottom) > 0.5 * min(stack.size, row[0].size)


def find_tables(rows: Sequence[list[Stack]]) -> Iterator[Stack | list[list[Stack | None]]]:
    """The page's stacks in order, runs of aligned rows as tables; an empty slot is None."""
    at = 0
    while at < len(rows):
        end = at
        while end < len(rows) and len(rows[end]) > 1:
            end += 1
        grid = _align(rows[at:end]) if end - at >= 2 else None
        if grid is not None:
            yield grid
            at = end
        else:
            yield from rows[at]
            at += 1


def _align(rows: Sequence[list[Stack]]) -> list[list[Stack | None]] | None:
    """The rows as a grid, when their stacks stand in common columns; None when they do not."""
    columns = _find_columns(rows)
    grid: list[list[Stack | None]] = []
    for row in rows:
        slots: list[Stack | None] = [None] * len(columns)
        for stack in row:
            at = next(n for n, (left, right) in enumerate(columns) if left <= stack.left and stack.right <= right)
            if slots[at] is not None:
                return None
            slots[at] = stack
        grid.append(slots)
    filled = sum(slot is not None for row in grid for slot in row)
    return grid if len(columns) > 1 and filled * 2 > len(grid) * len(columns) else None


def _find_columns(rows: Sequence[list[Stack]]) -> list[tuple[float, float]]:
    """Stretches of the page's width that the stacks cover, with empty stretches between."""
    columns: list[tuple[float, float]] = []
    for left, right in sorted((stack.left, stack.right) for row in rows for stack in row):
        if columns and left <= columns[-1][1]:
            columns[-1] = columns[-1][0], max(columns[-1][1], right)
        else:
            columns.append((left, right))
    return columns
