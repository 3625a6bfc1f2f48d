"""A partnership's own settings: its name, its peers, its breaks, its look. One folder, all of it optional."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from wardmote.evidence.definitions.breaks import Break, list_breaks, parse_breaks
from wardmote.evidence.definitions.files import DefinitionReader, read_mapping
from wardmote.evidence.model.errors import UnreadableInputError
from wardmote.evidence.reports.look import DEFAULT_LOOK, Look, load_look

SETTINGS, BREAKS, LOOK, COMMENTARY = "partnership.yaml", "breaks.yaml", "look.yaml", "commentary"


@dataclass(frozen=True, slots=True)
class Partnership:
    """What the folder says. Breaks are the catalogue's and the partnership's own together."""

    name: str = ""
    peers: tuple[str, ...] = ()
    peers_title: str = ""
    breaks: tuple[Break, ...] = ()
    look: Look = DEFAULT_LOOK
    commentary: Path | Mapping[str, str] | None = None  # a folder of Markdown, or texts by section
    is_synthetic: bool = False


def load_partnership(folder: Path | None, commentary: Path | None = None) -> Partnership:
    """Read the folder's partnership.yaml, breaks.yaml, look.yaml and commentary/; what is not there has its default.

    Raises DefinitionError with every fault and its line; UnreadableInputError when a folder named does not exist.
    """
    for named in (folder, commentary):
        if named is not None and not named.is_dir():
            raise UnreadableInputError("there is no such folder", where=str(named), to_do="Check the path")
    if folder is None:
        return Partnership(breaks=list_breaks(), commentary=commentary)
    settings = _read_settings(folder / SETTINGS)
    own = folder / BREAKS
    breaks = parse_breaks(own.read_text("utf-8"), str(own)) if own.is_file() else ()
    words = commentary or (folder / COMMENTARY if (folder / COMMENTARY).is_dir() else None)
    look = load_look(folder / LOOK) if (folder / LOOK).is_file() else DEFAULT_LOOK
    return Partnership(
        name=str(settings["name"]),
        peers=tuple(settings["peers"]),  # type: ignore[arg-type]
        peers_title=str(settings["peers_title"]),
        breaks=(*list_breaks(), *breaks),
        look=look,
        commentary=words,
        is_synthetic=bool(settings["synthetic"]),
    )


def _read_settings(path: Path) -> dict[str, object]:
    if not path.is_file():
        return {"name": "", "peers": (), "peers_title": "", "synthetic": False}
    reader = read_mapping(path.read_text("utf-8"), str(path))
    settings: dict[str, object] = {
        "name": reader.text("name", default=""),
        "peers": reader.texts("peers"),
        "peers_title": reader.text("peers_title", default=""),
        "synthetic": _read_switch(reader, "synthetic"),
    }
    reader.finish()
    return settings


def _read_switch(reader: DefinitionReader, key: str) -> bool:
    """YAML reads a bare yes as true and "yes" as a word: both are what was meant."""
    value = reader.take(key, False)
    if value not in (True, False, "yes", "no"):
        reader.complain(f"{key} is '{value}'", expected="yes or no")
    return value in (True, "yes")
