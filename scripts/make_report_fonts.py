"""Make the report's fonts from Source Sans 3: Latin only, under a name of our own.

The licence of Source Sans reserves the name "Source", so a subset, being a modified version, must be called
something else. A name of our own has a second use: no other edition of the font that happens to be installed
can take its place and change the bytes of a document.

    python scripts/make_report_fonts.py FOLDER_OF_SOURCE_SANS_3_TTF
"""

import sys
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

FAMILY = "Wardmote Sans"
FACES = {"Regular": "Regular", "It": "Italic", "Semibold": "SemiBold", "Bold": "Bold"}
FOLDER = Path(__file__).resolve().parents[1] / "src/wardmote/evidence/reports/assets/fonts"
#: Latin with Welsh, Gaelic and Polish names; quotes and dashes; arrows, signs and marks that a report uses.
DESKTOP = [*range(0x20, 0x180), *range(0x218, 0x21C), 0x259, 0x2BC, 0x2C6, 0x2C7, 0x2D8, 0x2D9, 0x2DA, 0x2DB, 0x2DC]
DESKTOP += [*range(0x1E80, 0x1E86), 0x1E9E, *range(0x1EF2, 0x1EF4), *range(0x2000, 0x2070), *range(0x2070, 0x20A0)]
DESKTOP += [*range(0x20A0, 0x20C0), *range(0x2100, 0x2200), *range(0x2200, 0x2300), *range(0x25A0, 0x2600)]
DESKTOP += [0x2713, 0x2717]
#: What a page carries with it: smaller, because it travels in every file.
PAGE = [*range(0x20, 0x7F), *range(0xA0, 0x180), *range(0x1E80, 0x1E86), 0x1EF2, 0x1EF3, *range(0x2010, 0x2027)]
PAGE += [0x202F, 0x2030, 0x2032, 0x2033, 0x2039, 0x203A, 0x20AC, *range(0x2190, 0x2194), *range(0x2080, 0x208A)]
PAGE += [0x2070, *range(0x2074, 0x207A), 0x2122, 0x2212, 0x2248, 0x2260, 0x2264, 0x2265, 0x25B2, 0x25BC, 0x25CF]
PAGE += [0x25A0, 0x2009, 0x2713]
FEATURES = ["kern", "mark", "mkmk", "ccmp", "locl", "tnum", "pnum", "lnum", "frac", "sups", "subs", "liga"]


def main(folder: Path) -> None:
    for source, face in FACES.items():
        original = folder / f"SourceSans3-{source}.ttf"
        name = f"WardmoteSans-{face}"
        _write(original, FOLDER / f"{name}.ttf", face=face, unicodes=DESKTOP, flavour=None)
        _write(original, FOLDER / f"{name}.woff2", face=face, unicodes=PAGE, flavour="woff2")
    (FOLDER / "FAMILY.txt").write_text(FAMILY + "\n", encoding="utf-8")


def _write(original: Path, target: Path, *, face: str, unicodes: list[int], flavour: str | None) -> None:
    options = subset.Options()
    options.layout_features = FEATURES
    options.hinting = flavour is not None  # screens of low density need the hints, paper does not
    options.name_IDs = ["*"]
    options.notdef_outline = True
    font = TTFont(original, recalcTimestamp=False)
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=unicodes)
    subsetter.subset(font)
    _rename(font, face)
    font.flavor = flavour
    font.save(target, reorderTables=True)


def _rename(font: TTFont, face: str) -> None:
    """Put our name in every record that a system or a reader shows; keep the copyright and the licence."""
    is_plain = face != "SemiBold"  # the old four-style naming knows no semi-bold
    names = {
        1: FAMILY if is_plain else f"{FAMILY} {face}",
        2: face if is_plain else "Regular",
        3: f"1.0;wardmote;WardmoteSans-{face}",
        4: f"{FAMILY} {face}",
        6: f"WardmoteSans-{face}",
        10: "Latin subset of a font by Paul D. Hunt, renamed as its licence asks.",
        16: FAMILY,
        17: face,
    }
    table = font["name"]
    for number in (7, 18, 20, 21, 22, 25):
        table.removeNames(nameID=number)
    table.names = [record for record in table.names if record.nameID < 26 and record.platformID == 3]
    for number, text in names.items():
        table.setName(text, number, 3, 1, 0x409)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
