"""How wide words are, where they break, and which labels have room."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from wardmote.evidence.reports.charts.theme import DEFAULT_THEME

#: Advance widths in ems: for each letter the widest of the bundled family (regular and semi-bold) and Liberation
#: Sans, rounded up. A chart laid out with these has room in either font. Anything not listed counts as an em.
_WIDTHS = {
    0.30: "ijlI',.:;| ·’‘",
    0.36: "f!()-/[\\]{}",
    0.42: "rt",
    0.48: "*",
    0.54: 'cksvxyzJ"^“”',
    0.60: "0123456789abdeghnopquL#$+<=>?_`~–−×£≥≤◆±éŵ",
    0.66: "FTZ●",
    0.72: "ABEKPSVXY&",
    0.78: "wCDGHNOQRU",
    0.84: "M",
    0.90: "m%",
    0.96: "W",
}
_WIDTH_OF = {letter: width for width, letters in _WIDTHS.items() for letter in letters}

LINE_HEIGHT = 1.2
#: Room worked out from the very words must not lose them to rounding.
SLACK = 0.01

Align = Literal["left", "center", "right"]
Baseline = Literal["top", "middle", "bottom"]


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in pixels of the plot, y downwards."""

    left: float
    top: float
    right: float
    bottom: float

    def overlaps(self, other: "Box", gap: float = 0.0) -> bool:
        """Do the two touch, or come nearer than `gap` pixels?"""
        return (
            self.left < other.right + gap
            and other.left < self.right + gap
            and self.top < other.bottom + gap
            and other.top < self.bottom + gap
        )

    def lies_within(self, outer: "Box") -> bool:
        """Is the whole of this box inside the other?"""
        return (
            self.left >= outer.left
            and self.right <= outer.right
            and self.top >= outer.top
            and self.bottom <= outer.bottom
        )


@dataclass(frozen=True, slots=True)
class Label:
    """Words at a place in the plot: pixels from its top left corner. `upright` words read from bottom to top."""

    x: float
    y: float
    text: str | tuple[str, ...]
    size: float = 12
    align: Align = "left"
    baseline: Baseline = "middle"
    bold: bool = False
    colour: str = DEFAULT_THEME.ink
    upright: bool = False

    @property
    def lines(self) -> tuple[str, ...]:
        return (self.text,) if isinstance(self.text, str) else self.text

    @property
    def box(self) -> Box:
        """The room that the words take, in pixels."""
        width = max(measure_text(line, self.size) for line in self.lines)
        height = self.size * LINE_HEIGHT * len(self.lines)
        if self.upright:
            return Box(self.x - height / 2, self.y - width / 2, self.x + height / 2, self.y + width / 2)
        left = self.x - {"left": 0.0, "center": width / 2, "right": width}[self.align]
        top = self.y - {"top": 0.0, "middle": height / 2, "bottom": height}[self.baseline]
        return Box(left, top, left + width, top + height)


def measure_text(text: str, size: float) -> float:
    """How many pixels wide are the words, at most, at a font size in pixels?

    >>> measure_text("Wi", 10)
    12.6
    """
    return round(sum(_WIDTH_OF.get(letter, 1.02) for letter in text) * size, 2)


def wrap_text(text: str, width: float, size: float) -> tuple[str, ...]:
    """Return the words in lines no wider than `width` pixels; a single word that is wider keeps its own line.

    >>> wrap_text("St Mary's Island with Rochester East", 130, 12)
    ("St Mary's Island with", 'Rochester East')
    """
    words = text.split()
    lines: list[str] = []
    for word in words:
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and measure_text(longer, size) <= width + SLACK:
            lines[-1] = longer
        else:
            lines.append(word)
    return tuple(lines) or ("",)


def fit_text(text: str, width: float, size: float, *, lines: int = 2) -> tuple[str, ...]:
    """Return the words in at most so many lines of at most `width` pixels; what has no room ends in "…".

    >>> fit_text("Strood Rural and Hoo Peninsula with Chattenden", 90, 12)
    ('Strood Rural', 'and Hoo…')
    """
    parts = [part for word in text.split() for part in _part_word(word, width, size)]
    wrapped = wrap_text(" ".join(parts), width, size)
    if len(wrapped) <= lines:
        return wrapped
    last = wrapped[lines - 1]
    while last and measure_text(f"{last}…", size) > width:
        last = last[:-1].rstrip()
    return (*wrapped[: lines - 1], f"{last}…")


def _part_word(word: str, width: float, size: float) -> list[str]:
    """Cut a word that is wider than the room into pieces that are not."""
    if measure_text(word, size) <= width + SLACK:
        return [word]
    pieces = [""]
    for letter in word:
        if pieces[-1] and measure_text(pieces[-1] + letter, size) > width:
            pieces.append("")
        pieces[-1] += letter
    return pieces


def keep_clear(
    candidates: Iterable[Sequence[Label]],
    *,
    taken: Iterable[Box] = (),
    within: Box | None = None,
    gap: float = 1.0,
) -> list[Label]:
    """Which labels can be written without touching each other or what is already there?

    `candidates`: for each thing to name, most important first, the places that its label could go, best first.
    Returns one label for each that found room; the rest are left out, since two words on one spot say nothing.
    """
    boxes, kept = list(taken), []
    for places in candidates:
        chosen = next((label for label in places if _has_room(label.box, boxes, within, gap)), None)
        if chosen is not None:
            kept.append(chosen)
            boxes.append(chosen.box)
    return kept


def _has_room(box: Box, boxes: Sequence[Box], within: Box | None, gap: float) -> bool:
    if within is not None and not box.lies_within(within):
        return False
    return not any(box.overlaps(other, gap) for other in boxes)
