"""A chart's picture in the forms that documents need.

Each drawing is made once for a process: the page and the PDF share the SVG, Word and OpenDocument the PNG.
"""

import json
import re
from functools import lru_cache
from typing import Any

from lxml import etree

from wardmote.evidence.model.errors import WardmoteError
from wardmote.evidence.reports.document import Chart
from wardmote.evidence.reports.writers.xml import keep_allowed

SVG = "http://www.w3.org/2000/svg"
XLINK_HREF = "{http://www.w3.org/1999/xlink}href"
#: PNG pixels per SVG pixel: 3 prints at about 290 dots per inch where an SVG pixel is 1/96 inch.
PNG_SCALE = 3.0
#: JPEG markers that begin a frame and so state its size (C4, C8 and CC are tables).
JPEG_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_REFERENCE = re.compile(r"url\(#([^)]+)\)")


def draw_svg(chart: Chart) -> str:
    """Return the chart as SVG, the same bytes for the same specification."""
    return _draw_svg(_key(chart.spec))


def draw_png(chart: Chart, scale: float = PNG_SCALE) -> bytes:
    """Return the chart as PNG, `scale` pixels for each pixel of the SVG."""
    return _draw_png(_key(chart.spec), scale)


def measure_svg(svg: str) -> tuple[float, float]:
    """Return the width and height that an SVG gives itself, in pixels of 1/96 inch."""
    head = svg[: svg.index(">", svg.index("<svg"))]
    width, height = (re.search(rf'\s{name}="([\d.]+)', head) for name in ("width", "height"))
    if width and height:
        return float(width[1]), float(height[1])
    box = re.search(r'viewBox="([^"]+)"', head)
    numbers = [float(number) for number in re.split(r"[\s,]+", box[1].strip())] if box else [0.0, 0.0, 640.0, 400.0]
    return numbers[2], numbers[3]


def measure_picture(content: bytes) -> tuple[int, int]:
    """Return the width and height of a PNG or JPEG, in its own pixels.

    Raises WardmoteError for anything else, or where the file ends before it says.
    """
    if content.startswith(b"\x89PNG"):
        return int.from_bytes(content[16:20]), int.from_bytes(content[20:24])
    at = 2
    while content.startswith(b"\xff\xd8") and content[at : at + 1] == b"\xff" and at + 9 <= len(content):
        marker, length = content[at + 1], int.from_bytes(content[at + 2 : at + 4])
        if marker in JPEG_FRAMES:
            return int.from_bytes(content[at + 7 : at + 9]), int.from_bytes(content[at + 5 : at + 7])
        at += 2 + length
    raise WardmoteError("The logo cannot be read", expected="a PNG, JPEG or SVG picture", to_do="Save it again")


def prepare_for_page(svg: str, *, prefix: str, title: str, description: str) -> str:
    """Return SVG to stand inside a page: one image with a name, ids of its own, no inline style.

    A page may hold forty charts: ids such as `clip0` would clash, and a strict content policy refuses `style`
    attributes. The marks' own ARIA names are dropped, since the image is read as one thing.
    """
    root = etree.fromstring(svg.encode(), _parser())
    for node in root.iter(etree.Element):
        _clean(node, prefix)
    root.attrib.pop("height", None)
    root.set("role", "img")
    root.set("aria-labelledby", f"{prefix}-title {prefix}-desc")
    root.set("focusable", "false")
    for position, (tag, words) in enumerate((("title", title), ("desc", description))):
        node = etree.Element(f"{{{SVG}}}{tag}", id=f"{prefix}-{tag}")
        node.text = keep_allowed(words)
        root.insert(position, node)
    return str(etree.tostring(root, encoding="unicode"))


def _clean(node: Any, prefix: str) -> None:
    for name, value in list(node.attrib.items()):
        if name.startswith("aria-") or name in {"role", "class", "pointer-events"}:
            del node.attrib[name]
        elif name == "style":
            del node.attrib[name]
            _spread_style(node, value)
        elif name == "id":
            node.set(name, f"{prefix}-{value}")
        elif name in {"href", XLINK_HREF} and value.startswith("#"):
            node.set(name, f"#{prefix}-{value[1:]}")
        elif "url(#" in value:
            node.set(name, _REFERENCE.sub(rf"url(#{prefix}-\1)", value))


def _spread_style(node: Any, style: str) -> None:
    """Turn `style="fill:red"` into `fill="red"`, which means the same in SVG."""
    for rule in filter(None, style.split(";")):
        name, _, value = rule.partition(":")
        node.set(name.strip(), value.strip())


def _key(spec: dict[str, Any]) -> str:
    return json.dumps(spec, ensure_ascii=False)  # not sorted: the order of data rows and layers is part of a chart


@lru_cache(maxsize=256)
def _draw_svg(key: str) -> str:
    from wardmote.evidence.reports.charts.render import render_svg

    return render_svg(json.loads(key))


@lru_cache(maxsize=256)
def _draw_png(key: str, scale: float) -> bytes:
    import vl_convert

    from wardmote.evidence.reports.charts.render import register_fonts

    register_fonts()
    drawn: bytes = vl_convert.svg_to_png(_draw_svg(key), scale=scale)  # from the drawing made already
    return drawn


def _parser() -> Any:
    return etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
