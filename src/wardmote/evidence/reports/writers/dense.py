"""The styles of office documents set smaller and closer, for papers of which a part is to fit one page."""

import re
from collections.abc import Callable

#: Tables of more rows than this, the head not counted, may break over pages: a large gap is worse than a break.
WHOLE_DENSE_ROWS = 6
#: Sizes of type in points, and what they become; sizes between them follow the next one below.
_SIZES = ((26.0, 20.0), (18.0, 14.0), (13.0, 11.0), (11.0, 9.5), (10.0, 9.0), (9.0, 8.0), (8.0, 7.5), (0.0, 7.0))
#: So much of the space between blocks is left.
_SPACE = 0.5


def shrink_size(points: float) -> float:
    """How large is type of `points` in a dense paper, in points?

    >>> [shrink_size(size) for size in (26, 18, 10.5, 8.5)]
    [20.0, 14.0, 9.0, 7.5]
    """
    return next(small for usual, small in _SIZES if points >= usual)


def tighten_word(template: str) -> str:
    """Return the styles of a Word document set smaller and closer: sizes in half points, spaces in twentieths."""
    smaller = _change_each(r'(<w:szC?s? w:val=")(\d+)(")', template, lambda size: shrink_size(size / 2) * 2)
    closer = _change_each(r'(w:(?:before|after)=")(\d+)(")', smaller, lambda space: round(space * _SPACE))
    near = closer.replace('w:top="1418"', 'w:top="1191"').replace('w:bottom="1247"', 'w:bottom="1021"')
    return near.replace('w:line="276"', 'w:line="252"')


def tighten_opendocument(template: str) -> str:
    """Return the styles of an OpenDocument text set smaller and closer."""
    smaller = _change_each(r'(fo:font-size=")([\d.]+)(pt")', template, shrink_size)
    closer = _change_each(r'(fo:margin-(?:top|bottom)=")([\d.]+)(pt")', smaller, lambda space: space * _SPACE)
    near = closer.replace('fo:min-height="8mm" fo:margin-bottom="8mm"', 'fo:min-height="7mm" fo:margin-bottom="4mm"')
    return near.replace('fo:min-height="8mm" fo:margin-top="6mm"', 'fo:min-height="6mm" fo:margin-top="3mm"').replace(
        'fo:line-height="115%"', 'fo:line-height="105%"'
    )


def _change_each(pattern: str, template: str, change: Callable[[float], float]) -> str:
    """The template with the number in the middle of each match changed."""
    return re.sub(pattern, lambda found: f"{found[1]}{change(float(found[2])):g}{found[3]}", template)
