"""Colours that keep their order in greyscale."""

from math import atan2, cos, hypot, sin

Rgb = tuple[float, float, float]

#: Lightness (OKLab, 0 black to 1 white) of the palest and darkest class of a map. The palest still stands out from
#: white paper, the darkest still shows a white border.
PALEST, DARKEST = 0.93, 0.34


def read_hex(colour: str) -> Rgb:
    """Return "#rrggbb" as red, green and blue between 0 and 1."""
    return (int(colour[1:3], 16) / 255, int(colour[3:5], 16) / 255, int(colour[5:7], 16) / 255)


def write_hex(rgb: Rgb) -> str:
    """Return red, green and blue as "#rrggbb", clipped to what a screen can show."""
    return "#" + "".join(f"{round(255 * min(1.0, max(0.0, part))):02x}" for part in rgb)


def mix_colours(colour: str, other: str, share: float) -> str:
    """Return `colour` with `share` (0 to 1) of `other` mixed in, as a printer's tint would be."""
    pairs = zip(read_hex(colour), read_hex(other), strict=True)
    red, green, blue = ((1 - share) * one + share * two for one, two in pairs)
    return write_hex((red, green, blue))


def relative_luminance(colour: str) -> float:
    """How light is the colour to the eye, from 0 (black) to 1 (white)?

    Reference: WCAG 2.2, definition of relative luminance.

    >>> relative_luminance("#ffffff"), relative_luminance("#000000")
    (1.0, 0.0)
    """
    red, green, blue = (_linear(part) for part in read_hex(colour))
    return round(0.2126 * red + 0.7152 * green + 0.0722 * blue, 6)


def contrast_ratio(colour: str, other: str) -> float:
    """How far apart are two colours, from 1 (the same) to 21 (black on white)?

    Reference: WCAG 2.2, definition of contrast ratio.

    >>> contrast_ratio("#000000", "#ffffff")
    21.0
    """
    light, dark = sorted((relative_luminance(colour), relative_luminance(other)), reverse=True)
    return round((light + 0.05) / (dark + 0.05), 2)


def ramp_colours(base: str, count: int) -> tuple[str, ...]:
    """Return `count` colours of the base's hue, palest first, with evenly falling lightness.

    Lightness falls in equal steps of OKLab, so the order survives a black-and-white printer.
    Reference: Ottosson (2020), A perceptual color space for image processing.
    """
    _, chroma, hue = _to_oklch(read_hex(base))
    step = (PALEST - DARKEST) / max(1, count - 1)
    lightness = [PALEST - step * place for place in range(count)]
    # Pale colours cannot carry much chroma: give each its share of the room between white and the base.
    return tuple(write_hex(_from_oklch(light, chroma * min(1.0, (1 - light) / 0.4), hue)) for light in lightness)


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4


def _gamma(part: float) -> float:
    part = max(0.0, part)
    return 12.92 * part if part <= 0.0031308 else 1.055 * part ** (1 / 2.4) - 0.055


def _to_oklch(rgb: Rgb) -> Rgb:
    red, green, blue = (_linear(part) for part in rgb)
    long = (0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue) ** (1 / 3)
    medium = (0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue) ** (1 / 3)
    short = (0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue) ** (1 / 3)
    lightness = 0.2104542553 * long + 0.7936177850 * medium - 0.0040720468 * short
    green_red = 1.9779984951 * long - 2.4285922050 * medium + 0.4505937099 * short
    blue_yellow = 0.0259040371 * long + 0.7827717662 * medium - 0.8086757660 * short
    return lightness, hypot(green_red, blue_yellow), atan2(blue_yellow, green_red)


def _from_oklch(lightness: float, chroma: float, hue: float) -> Rgb:
    green_red, blue_yellow = chroma * cos(hue), chroma * sin(hue)
    long = (lightness + 0.3963377774 * green_red + 0.2158037573 * blue_yellow) ** 3
    medium = (lightness - 0.1055613458 * green_red - 0.0638541728 * blue_yellow) ** 3
    short = (lightness - 0.0894841775 * green_red - 1.2914855480 * blue_yellow) ** 3
    return (
        _gamma(4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short),
        _gamma(-1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short),
        _gamma(-0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short),
    )
