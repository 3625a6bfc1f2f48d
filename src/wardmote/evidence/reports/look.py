"""A publisher's own look: name, logo, two colours, a Word reference document.

The look is a file that somebody at a council writes by hand, so every fault in it is found at once and located.
"""

import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml

from wardmote.evidence.model.errors import DefinitionError, Fault, UnreadableInputError

#: WCAG 2.2, 1.4.3: text against its ground.
TEXT_CONTRAST = 4.5
#: WCAG 2.2, 1.4.11: lines and shapes against their ground.
SHAPE_CONTRAST = 3.0
LOGO_SUFFIXES = (".svg", ".png", ".jpg", ".jpeg")


@dataclass(frozen=True, slots=True)
class Look:
    """How a publisher's documents look. Headings and links take `primary`; rules and marks take `accent`.

    `office_font` names the font of Word and OpenDocument files: it must be one that readers have installed, since
    those files carry no font. Pages and PDF carry the bundled font.
    """

    name: str
    primary: str = "#1b3a57"
    accent: str = "#00757a"
    logo: Path | None = None
    logo_alt: str = ""
    reference_docx: Path | None = None
    office_font: str = "Arial"


DEFAULT_LOOK = Look(name="wardmote")


def contrast_with_white(colour: str) -> float:
    """How clearly does a colour stand out on white paper?

    Parameters: `colour` as #rrggbb. Returns the WCAG contrast ratio, 1 (white) to 21 (black), without unit.
    Reference: WCAG 2.2, "contrast ratio" and "relative luminance".

    >>> round(contrast_with_white("#767676"), 2)
    4.54
    >>> contrast_with_white("#000000")
    21.0
    """
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in channels]
    luminance = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    return 1.05 / (luminance + 0.05)


def load_look(path: Path) -> Look:
    """Read a look file.

    Paths in it are relative to the file. Raises UnreadableInputError where it is no YAML mapping, and
    DefinitionError with every fault, each with its line.
    """
    values, lines = _read(path)
    faults = list(_find_faults(path, values, lines))
    if faults:
        raise DefinitionError("The look cannot be used", where=path.name, faults=faults)
    return Look(
        name=values["name"],
        primary=values.get("primary", DEFAULT_LOOK.primary).lower(),
        accent=values.get("accent", DEFAULT_LOOK.accent).lower(),
        logo=_beside(path, values.get("logo")),
        logo_alt=values.get("logo_alt", ""),
        reference_docx=_beside(path, values.get("reference_docx")),
        office_font=values.get("office_font", DEFAULT_LOOK.office_font),
    )


def _read(path: Path) -> tuple[dict[str, str], dict[str, int]]:
    """Return the file's values as text and the line of each key."""
    try:
        root = yaml.compose(path.read_text(encoding="utf-8"), Loader=yaml.SafeLoader)
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise UnreadableInputError(
            f"The look cannot be read: {error}", where=path.name, expected="a YAML file in UTF-8"
        ) from error
    if not isinstance(root, yaml.MappingNode):
        raise UnreadableInputError(
            "The look is not a list of settings", where=path.name, expected="lines such as `primary: '#1b3a57'`"
        )
    pairs = [(str(key.value), value, key.start_mark.line + 1) for key, value in root.value]
    return {key: _scalar(value) for key, value, _ in pairs}, {key: line for key, _, line in pairs}


def _scalar(node: yaml.Node) -> str:
    """A comment sign before a colour (`primary: #1b3a57`) leaves an empty value, which the checks then report."""
    return str(node.value) if isinstance(node, yaml.ScalarNode) and node.tag != "tag:yaml.org,2002:null" else ""


def _beside(path: Path, value: str | None) -> Path | None:
    return (path.parent / value).resolve() if value else None


def _find_faults(path: Path, values: dict[str, str], lines: dict[str, int]) -> Iterator[Fault]:
    if not values.get("name"):
        yield Fault("no name is given", path.name, "`name: …`", "Write whose look this is")
    for key, value in values.items():
        where = f"{path.name}, line {lines[key]}"
        check = _CHECKS.get(key)
        if check is None:
            known = ", ".join(_CHECKS)
            yield Fault(f"unknown setting {key!r}", where, f"one of {known}", "Correct or remove it")
        else:
            yield from check(path, key, value, where)
    if values.get("logo") and not values.get("logo_alt"):
        yield Fault(
            "the logo has no words",
            path.name,
            "`logo_alt: …`",
            "Write what the logo says, for readers who cannot see it",
        )


def _check_colour(_path: Path, key: str, value: str, where: str) -> Iterator[Fault]:
    if not re.fullmatch(r"#[0-9a-fA-F]{6}", value):
        yield Fault(
            f"{key} is {value!r}", where, "a colour such as '#1b3a57'", "Write it in quotes: # begins a comment"
        )
        return
    needed = TEXT_CONTRAST if key == "primary" else SHAPE_CONTRAST
    ratio = contrast_with_white(value)
    if ratio < needed:
        yield Fault(
            f"{key} {value} has a contrast of {ratio:.1f} to 1 with white",
            where,
            f"at least {needed:g} to 1 (WCAG 2.2)",
            "Choose a darker shade",
        )


def _check_file(path: Path, key: str, value: str, where: str) -> Iterator[Fault]:
    file = path.parent / value
    if not value or not file.is_file():
        yield Fault(f"{key} {value!r} is not there", where, f"a file beside {path.name}", "Correct the name")
    elif key == "logo" and file.suffix.lower() not in LOGO_SUFFIXES:
        yield Fault(f"the logo is {file.suffix or 'without suffix'}", where, ", ".join(LOGO_SUFFIXES), "Convert it")
    elif key == "reference_docx" and not _is_docx(file):
        yield Fault(f"{value} is no Word document", where, "a .docx", "Save it from Word as .docx (not .doc or .dotx)")


def _is_docx(file: Path) -> bool:
    if not zipfile.is_zipfile(file):
        return False
    with zipfile.ZipFile(file) as archive:
        return {"word/document.xml", "word/styles.xml"} <= set(archive.namelist())


def _check_text(_path: Path, key: str, value: str, where: str) -> Iterator[Fault]:
    if not value.strip():
        yield Fault(f"{key} is empty", where, "some words", "Write it or remove the line")


_CHECKS: dict[str, Callable[[Path, str, str, str], Iterator[Fault]]] = {
    "name": _check_text,
    "primary": _check_colour,
    "accent": _check_colour,
    "logo": _check_file,
    "logo_alt": _check_text,
    "reference_docx": _check_file,
    "office_font": _check_text,
}
