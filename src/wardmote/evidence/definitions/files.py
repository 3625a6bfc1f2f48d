"""Reading a declared thing from YAML so that every complaint can name its file and line."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

import yaml

from wardmote.evidence.definitions.yaml_bounds import YamlBoundsError, check_bounds
from wardmote.evidence.model.errors import DefinitionError, Fault, UsageError
from wardmote.evidence.model.periods import Month


class _LineLoader(yaml.CSafeLoader if hasattr(yaml, "CSafeLoader") else yaml.SafeLoader):  # type: ignore[misc]
    """A safe loader whose mappings remember the line on which each key stands."""


class LinedDict(dict[str, Any]):
    """A mapping read from a file; `lines` gives the line of each key, counted from 1."""

    lines: dict[str, int]


def _construct_mapping(loader: Any, node: yaml.MappingNode) -> LinedDict:
    loader.flatten_mapping(node)
    result = LinedDict()
    result.lines = {}
    for key_node, value_node in node.value:
        key = str(loader.construct_object(key_node, deep=True))
        if key in result:  # YAML lets the last one win in silence
            raise yaml.constructor.ConstructorError(problem=f"{key} stands twice", problem_mark=key_node.start_mark)
        result[key] = loader.construct_object(value_node, deep=True)
        result.lines[key] = key_node.start_mark.line + 1
    return result


_LineLoader.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _construct_mapping)


@dataclass(slots=True)
class DefinitionReader:
    """Takes fields out of one mapping, gathers every fault, and raises them together at `finish`."""

    body: LinedDict
    where: str
    faults: list[Fault] = field(default_factory=list)
    taken: set[str] = field(default_factory=set)
    line: int = 1  # where the mapping itself begins, for what is missing from it

    def text(self, key: str, *, default: str | None = None) -> str:
        value = self.take(key, default)
        if value is None:
            return ""
        if isinstance(value, (dict, list)):
            self._complain(key, f"{key} is not a text", "one line of text")
            return ""
        return str(value).strip()

    def choice(self, key: str, options: tuple[str, ...], *, default: str | None = None) -> str:
        value = self.text(key, default=default)
        if value and value not in options:
            self._complain(key, f"{key} is '{value}'", "one of " + ", ".join(options))
        return value

    def texts(self, key: str, *, default: tuple[str, ...] | None = ()) -> tuple[str, ...]:
        value = self.take(key, None if default is None else list(default))
        if value is None:
            return ()
        if not isinstance(value, list):
            self._complain(key, f"{key} is not a list", "a list, such as [a, b]")
            return ()
        if any(isinstance(v, dict | list) for v in value):
            self._complain(key, f"{key} holds more than words", "words, in quotation marks if they hold a colon")
            return ()
        return tuple(str(v) for v in value)

    def mapping(self, key: str, *, default: dict[str, Any] | None = None) -> LinedDict:
        value = self.take(key, default)
        if isinstance(value, LinedDict):
            return value
        if value not in (None, {}):
            self._complain(key, f"{key} is not a mapping", "named fields")
        empty = LinedDict(value or {}) if isinstance(value, dict) else LinedDict()
        empty.lines = {}
        return empty

    def number(self, key: str, *, default: float | None = None) -> float:
        value = self.take(key, default)
        if isinstance(value, (int, float)) and not isinstance(value, bool):
            return float(value)
        if value is not None:
            self._complain(key, f"{key} is '{value}'", "a number")
        return 0.0

    def month(self, key: str, *, default: Month | None = None) -> Month:
        text = self.text(key, default=str(default) if default else None)
        try:
            return Month.parse(text)
        except UsageError:
            if text:
                self._complain(key, f"{key} is '{text}'", "a month, such as 2022-06")
            return default or Month(1900, 1)

    def nested(self, key: str, *, default: dict[str, Any] | None = None) -> "DefinitionReader":
        """A reader for a mapping inside this one. Its faults are gathered with ours; call its `check_known`."""
        return DefinitionReader(self.mapping(key, default=default), self.where, self.faults, line=self._line_of(key))

    def items(self, key: str) -> list["DefinitionReader"]:
        """A reader for each entry of a list of mappings."""
        value = self.take(key)
        entries = value if isinstance(value, list) else []
        if value is not None and not (isinstance(value, list) and all(isinstance(v, LinedDict) for v in entries)):
            self._complain(key, f"{key} is not a list of entries", "entries such as '- {id: …}'")
        return [
            DefinitionReader(v, self.where, self.faults, line=min(v.lines.values(), default=self._line_of(key)))
            for v in entries
            if isinstance(v, LinedDict)
        ]

    def take(self, key: str, default: Any = None) -> Any:
        self.taken.add(key)
        if key not in self.body or self.body[key] is None:
            if default is None:
                self._complain(key, f"{key} is missing", f"a field {key}")
            return default
        return self.body[key]

    def check_known(self) -> None:
        """Complain of fields that nobody has asked for."""
        for key in sorted(self.body.keys() - self.taken):
            self._complain(key, f"{key} is not a field that is known here", "one of " + ", ".join(sorted(self.taken)))

    def finish(self) -> None:
        """Raise every fault found, including fields that nobody knows."""
        self.check_known()
        if self.faults:
            raise DefinitionError(f"{self.where} does not say what it must", faults=self.faults)

    def complain(self, found: str, *, expected: str = "") -> None:
        """Add a fault that is of the whole entry and not of one field."""
        self.faults.append(Fault(found=found, where=f"{self.where}, line {self.line}", expected=expected))

    def _complain(self, key: str, found: str, expected: str) -> None:
        where = f"{self.where}, line {self._line_of(key)}"
        self.faults.append(Fault(found=found, where=where, expected=expected))

    def _line_of(self, key: str) -> int:
        return self.body.lines.get(key, self.line)


def parse_yaml(text: str, where: str) -> Any:
    """Read YAML text, or say where it stops being YAML, or goes further than anything that people write."""
    try:
        check_bounds(text, _LineLoader)
        return yaml.load(text, Loader=_LineLoader)  # noqa: S506 - a safe loader with line numbers
    except YamlBoundsError as error:
        raise DefinitionError(
            f"this file {error.found}", where=f"{where}, line {error.line}", expected=error.expected
        ) from error
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise DefinitionError(
            f"this is not YAML: {error.problem}",
            where=f"{where}, line {line}",
            to_do="Check the indentation and quotes",
        ) from error
    except yaml.YAMLError as error:
        raise DefinitionError(f"this is not YAML: {error}", where=where, to_do="Save the file as UTF-8 text") from error


def iterate_catalogue(folder: str, suffix: str = ".yaml") -> Iterator[tuple[str, Traversable]]:
    """Each file of a folder of the shipped catalogue, by name."""
    root = files("wardmote.catalogue").joinpath(folder)
    if not root.is_dir():
        return
    for entry in sorted(root.iterdir(), key=lambda e: e.name):
        if entry.name.endswith(suffix):
            yield entry.name.removesuffix(suffix), entry


def read_catalogue_text(path: str) -> str:
    """The text of one shipped catalogue file."""
    return files("wardmote.catalogue").joinpath(path).read_text(encoding="utf-8")


def read_mapping(text: str, where: str) -> DefinitionReader:
    """Open a YAML text that must be a mapping."""
    body = parse_yaml(text, where)
    if not isinstance(body, LinedDict):
        raise DefinitionError("this file is not a mapping of fields", where=where, expected="fields such as 'title: …'")
    return DefinitionReader(body, where)
