"""A council's look on a chart, and what is the same whatever the look."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from wardmote.evidence.reports.charts.colours import mix_colours, ramp_colours

Spec = dict[str, Any]

FONT_FOLDER = Path(__file__).resolve().parents[1] / "assets" / "fonts"

#: Drawn with if the bundled family is not there. A renderer that knows none of the families named drops all text
#: without a word, so two that nearly every machine has follow the chosen one.
FALLBACK_FONTS = "Liberation Sans, DejaVu Sans, sans-serif"

PAPER = "#ffffff"


@cache
def bundled_family() -> str:
    """Return the family name of the bundled font, as its folder says it."""
    name = FONT_FOLDER / "FAMILY.txt"
    return name.read_text(encoding="utf-8").strip() if name.is_file() else "Liberation Sans"


@dataclass(frozen=True, slots=True)
class ChartTheme:
    """Five choices that make a chart look like one house's work. Colours are "#rrggbb".

    `primary` carries the data, `accent` the one thing to look at, `ink` words, `muted` what stands back (axes,
    hatching, notes). Nothing is said by colour alone, so any of them may be changed.
    """

    primary: str = "#1d4f73"
    accent: str = "#b4500f"
    ink: str = "#1b1f23"
    muted: str = "#59636d"
    font: str = ""

    @property
    def fonts(self) -> str:
        """The font families, best first."""
        return f"{self.font or bundled_family()}, {FALLBACK_FONTS}"

    @property
    def grid(self) -> str:
        """Lines that the eye should pass over."""
        return mix_colours(self.muted, PAPER, 0.78)

    @property
    def pale(self) -> str:
        """Bars that are not the one to look at: far enough from `primary` to differ in grey."""
        return mix_colours(self.primary, PAPER, 0.55)

    def ramp(self, count: int) -> tuple[str, ...]:
        """Return `count` map colours, palest first."""
        return ramp_colours(self.primary, count)


DEFAULT_THEME = ChartTheme()
