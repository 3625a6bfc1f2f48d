"""Draw the README's picture: three pages of the sample partnership's assessment, side by side.

Usage: python scripts/make_readme_picture.py ASSESSMENT.pdf (needs pdftoppm, of Debian's poppler-utils).
"""

import subprocess
import sys
import tempfile
from pathlib import Path

from PIL import Image

PAGES = (2, 4, 20)
OUT = Path(__file__).resolve().parents[1] / "docs" / "images" / "assessment.png"
GAP, GROUND = 18, (222, 226, 230)


def draw_pages(pdf: Path, folder: Path) -> list[Image.Image]:
    """Return the chosen pages as pictures."""
    pictures = []
    for page in PAGES:
        stem = folder / f"page{page}"
        command = ["pdftoppm", "-r", "72", "-png", "-f", str(page), "-l", str(page), "-singlefile", str(pdf), str(stem)]
        subprocess.run(command, check=True)  # noqa: S603 - the path is the one that was typed
        pictures.append(Image.open(stem.with_suffix(".png")).convert("RGB"))
    return pictures


def main(pdf: Path) -> None:
    """Lay the pages on one sheet and write it with few colours, so that it stays small."""
    with tempfile.TemporaryDirectory() as folder:
        pages = draw_pages(pdf, Path(folder))
        width = sum(p.width for p in pages) + GAP * (len(pages) + 1)
        sheet = Image.new("RGB", (width, pages[0].height + 2 * GAP), GROUND)
        left = GAP
        for page in pages:
            sheet.paste(page, (left, GAP))
            left += page.width + GAP
        OUT.parent.mkdir(parents=True, exist_ok=True)
        sheet.quantize(64).save(OUT, optimize=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
