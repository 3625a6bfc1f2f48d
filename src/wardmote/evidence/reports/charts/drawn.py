"""What every chart function returns."""

from dataclasses import dataclass

from wardmote.evidence.reports.charts.theme import Spec


@dataclass(frozen=True, slots=True)
class DrawnChart:
    """A chart twice over: `spec` to be drawn, `alt` to be read by those who do not see it."""

    spec: Spec
    alt: str
