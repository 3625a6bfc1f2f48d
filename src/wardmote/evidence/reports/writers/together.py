"""Several files that belong together: all of a run's, or none of them."""

import os
import shutil
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from tempfile import mkdtemp

from wardmote.evidence.model.errors import UsageError


def write_together(out: Path, write: Callable[[Path], dict[str, Path]]) -> dict[str, Path]:
    """Let `write` fill a folder beside the files of `out`, and move them there once every one is whole.

    `write` is given the folder and returns each file's name in it. Should it fail, `out` is as it was: with the files
    of an earlier run or, where it was not there, not there. Raises UsageError where a folder stands in a file's place.
    """
    made = _make_folders(out)
    draft = Path(mkdtemp(prefix=".unfinished-", dir=out))  # within `out`: beside it may be another disk
    try:
        written = write(draft)
        targets = {name: out / path.relative_to(draft) for name, path in written.items()}
        _check_places(targets)
        for name, path in written.items():
            os.replace(path, targets[name])  # noqa: PTH105 - the same as Path.replace, and said with both names
        made = []
    finally:
        shutil.rmtree(draft, ignore_errors=True)
        with suppress(OSError):  # somebody else may have put a file there meanwhile
            for folder in made:
                folder.rmdir()
    return targets


def _make_folders(out: Path) -> list[Path]:
    """Make the folder and return those that were not there, the innermost first."""
    missing = [p for p in (out, *out.parents) if not p.exists()]
    out.mkdir(parents=True, exist_ok=True)
    return missing


def _check_places(targets: dict[str, Path]) -> None:
    taken = [p for p in targets.values() if p.is_dir()]
    if taken:
        raise UsageError(
            f"a folder has the name of a file to write ({taken[0].name})",
            where=str(taken[0].parent),
            to_do="Rename it or name another folder with --out; nothing was written",
        )
