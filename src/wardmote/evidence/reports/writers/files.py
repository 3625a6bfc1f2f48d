"""Files written whole or not at all, and archives whose bytes depend on nothing but what is in them."""

import os
import zipfile
from collections.abc import Mapping
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

ASSETS = Path(__file__).resolve().parents[1] / "assets"
FONTS = ASSETS / "fonts"
#: The earliest moment that a zip archive can state.
ZIP_EPOCH = (1980, 1, 1, 0, 0, 0)


def read_family() -> str:
    """Return the name of the bundled font family."""
    return (FONTS / "FAMILY.txt").read_text(encoding="utf-8").strip()


def write_whole(path: Path, content: bytes) -> None:
    """Write a file in one step: a reader, or an interrupted run, never meets half of it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(path.name + ".part")
    try:
        draft.write_bytes(content)
        os.replace(draft, path)  # noqa: PTH105 - the same as Path.replace, and said with both names
    finally:
        draft.unlink(missing_ok=True)


def unpack(content: bytes) -> dict[str, bytes]:
    """Return an archive's parts by name, in the archive's order."""
    with zipfile.ZipFile(BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist() if not name.endswith("/")}


def pack(parts: Mapping[str, bytes]) -> bytes:
    """Return an archive of the parts with fixed times; OpenDocument's `mimetype` comes first and is not compressed."""
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name in sorted(parts, key=lambda part: (part != "mimetype", part != "[Content_Types].xml", part)):
            info = zipfile.ZipInfo(name, ZIP_EPOCH)
            info.create_system = 3  # else the archive would state the system that it was written on
            info.external_attr = 0o644 << 16
            info.compress_type = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            archive.writestr(info, parts[name])
    return buffer.getvalue()


def in_utc(moment: datetime) -> datetime:
    """Return a moment in UTC; one without a zone is taken to be UTC already."""
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


def say_date(moment: datetime) -> str:
    """Return a day as a British reader writes it.

    >>> say_date(datetime(2026, 1, 5))
    '5 January 2026'
    """
    day = in_utc(moment)
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
