"""The server's folder: files too large for a browser, which an operator laid into the home for one partnership.

Nobody types a path. What lies there is listed, and only what is listed can be chosen.
"""

from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from wardmote.web.partnerships.interface import Partnership

_MOST_LISTED = 1000


@dataclass(frozen=True, slots=True)
class WaitingFile:
    """A file of the folder; `name` is its place below it."""

    name: str
    path: Path
    size_bytes: int


def find_folder(partnership: Partnership) -> Path:
    """Where an operator lays files for a partnership."""
    return Path(settings.INCOMING) / partnership.slug


def list_waiting(partnership: Partnership, endings: tuple[str, ...]) -> list[WaitingFile]:
    """The ordinary files there that a source may read, by name. A link to anywhere is passed over."""
    folder = find_folder(partnership)
    if folder.is_symlink() or not folder.is_dir():
        return []
    found = []
    for root, folders, names in folder.walk(follow_symlinks=False):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        found += [root / name for name in sorted(names) if not name.startswith(".") and has_ending(name, endings)]
    return [
        WaitingFile(path.relative_to(folder).as_posix(), path, path.stat().st_size)
        for path in found[:_MOST_LISTED]
        if path.is_file() and not path.is_symlink()
    ]


def has_ending(name: str, endings: tuple[str, ...]) -> bool:
    """Whether a file is called as one that the source reads."""
    return name.lower().endswith(tuple(f".{ending}" for ending in endings))
