"""From a specification to a picture, the same bytes every time."""

import re
from functools import cache
from html import escape

import vl_convert

from wardmote.evidence.reports.charts.theme import FONT_FOLDER, Spec

#: The specification's language is fixed here, so that an upgrade of the renderer does not redraw old reports.
VEGA_LITE_VERSION = "6.4"

_ROLES = re.compile(r' (?:role|aria-roledescription|aria-hidden|aria-label|pointer-events)="[^"]*"')
_NOTHING_DRAWN = re.compile(r'<path class="(?:background|foreground)"[^>]*?(?: d=""[^>]*?| d="M0,0h0v0h0Z"[^>]*?)/>')
_CLASSES = re.compile(r' class="[^"]*"')
_ID = re.compile(r'\bid="([^"]+)"')
_NUMBERS = re.compile(r"-?\d+\.\d{3,}")
_SIZE = re.compile(r' width="(?P<width>[\d.]+)" height="(?P<height>[\d.]+)"')


@cache
def register_fonts() -> None:
    """Make the bundled fonts known to the renderer, once. Without them a picture has no words at all."""
    if FONT_FOLDER.is_dir():
        vl_convert.register_font_directory(str(FONT_FOLDER))


def render_svg(spec: Spec, *, id_prefix: str = "chart", responsive: bool = False, alt: str = "") -> str:
    """Return the chart as SVG text.

    Parameters: `id_prefix` starts every id inside, so that several charts can stand in one page; `responsive`
    leaves out the fixed size, so that the page decides (the `viewBox` stays); `alt` becomes the accessible name
    (without it the picture is hidden from screen readers, for a page that says the same in words beside it).
    """
    register_fonts()
    # No address is allowed: a specification that asks for one is refused rather than fetched.
    drawn: str = vl_convert.vegalite_to_svg(spec, vl_version=VEGA_LITE_VERSION, allowed_base_urls=[])
    return _name_picture(_number_ids(_trim(drawn), id_prefix), responsive=responsive, alt=alt)


def render_png(spec: Spec, *, scale: float = 2) -> bytes:
    """Return the chart as a PNG picture, `scale` dots to each pixel of the sheet."""
    register_fonts()
    drawn: bytes = vl_convert.svg_to_png(render_svg(spec), scale=scale)
    return drawn


def _trim(svg: str) -> str:
    """Drop what the browser library needs to find marks again, and digits below a hundredth of a pixel."""
    svg = _NOTHING_DRAWN.sub("", _ROLES.sub("", svg))
    svg = _CLASSES.sub("", svg)
    return _NUMBERS.sub(lambda found: f"{float(found[0]):.2f}".rstrip("0").rstrip("."), svg)


def _number_ids(svg: str, prefix: str) -> str:
    """Rename ids in order of appearance: the renderer counts through a whole process, a chart must not."""
    for place, old in enumerate(dict.fromkeys(_ID.findall(svg))):
        new = f"{prefix}-{place}"
        svg = svg.replace(f'id="{old}"', f'id="{new}"').replace(f"url(#{old})", f"url(#{new})")
    return svg


def _name_picture(svg: str, *, responsive: bool, alt: str) -> str:
    name = f' role="img" aria-label="{escape(alt)}"' if alt else ' aria-hidden="true"'
    size = "" if responsive else r' width="\g<width>" height="\g<height>"'
    return _SIZE.sub(name.replace("\\", r"\\") + size, svg, count=1)
