"""YAML as people write it: `no` and `on` are words, a key stands once, and nothing refers to anything else."""

import re
from datetime import date
from typing import Any

import yaml

from wardmote.evidence.definitions.yaml_bounds import YamlBoundsError, check_bounds
from wardmote.evidence.model.errors import UnreadableInputError

LARGEST_BYTES = 5_000_000  # YAML is read some hundred times as slowly as JSON
_BOOL = "tag:yaml.org,2002:bool"
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


class _Loader(yaml.CSafeLoader if hasattr(yaml, "CSafeLoader") else yaml.SafeLoader):  # type: ignore[misc]
    """A safe loader in whose eyes only true and false are true and false; `no: 1` is the key "no"."""


class _Dumper(yaml.SafeDumper):
    """A safe dumper of the same mind, so that `no` needs no quotation marks."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: ARG002 - the base's name
        super().increase_indent(flow, False)


def _without_bools(resolvers: dict[Any, list[Any]]) -> dict[Any, list[Any]]:
    return {first: [pair for pair in pairs if pair[0] != _BOOL] for first, pairs in resolvers.items()}


for _each in (_Loader, _Dumper):
    _each.yaml_implicit_resolvers = _without_bools(_each.yaml_implicit_resolvers)
    _each.add_implicit_resolver(_BOOL, re.compile(r"^(?:true|True|TRUE|false|False|FALSE)$"), list("tTfF"))


def _construct_mapping(loader: yaml.SafeLoader, node: yaml.MappingNode) -> dict[str, Any]:
    read: dict[str, Any] = {}
    for key_node, value_node in node.value:
        key = str(loader.construct_object(key_node, deep=True))
        if key in read:  # YAML lets the last one win in silence
            raise yaml.constructor.ConstructorError(
                problem=f"the key '{key}' stands twice", problem_mark=key_node.start_mark
            )
        read[key] = loader.construct_object(value_node, deep=True)
    return read


_Loader.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _construct_mapping)


def parse_yaml(content: bytes, name: str) -> object:
    """The plain values of a YAML text. Raises UnreadableInputError, with the line, where it is none.

    References inside the text (&, *) are refused: a few lines of them can stand for more than any machine holds.
    """
    if len(content) > LARGEST_BYTES:
        raise UnreadableInputError(f"this file is larger than {LARGEST_BYTES:,} bytes", where=name,
                                   expected="an action plan; a larger one as .json")  # fmt: skip
    try:
        text = content.decode("utf-8-sig")
        check_bounds(text, _Loader)
        return yaml.load(text, Loader=_Loader)  # noqa: S506 - a subclass of the safe loader
    except YamlBoundsError as error:
        raise UnreadableInputError(f"this file {error.found}", where=f"{name}, line {error.line}",
                                   expected=error.expected) from error  # fmt: skip
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise UnreadableInputError(f"this is not YAML that can be read ({_explain(error)})", where=name,
                                   expected="a plan as YAML, in UTF-8") from error  # fmt: skip


def _explain(error: Exception) -> str:
    if isinstance(error, RecursionError):
        return "nested too deeply"
    mark = getattr(error, "problem_mark", None)
    line = f", line {mark.line + 1}" if mark is not None else ""
    said = getattr(error, "problem", None) or str(error)
    return f"{' '.join(str(said).split())[:120]}{line}"


def dump_yaml(body: dict[str, Any]) -> str:
    """Plain values as YAML for people: days without quotation marks, in the order in which they are given."""
    return yaml.dump(
        _show_days(body), Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=110, default_flow_style=None
    )


def _show_days(held: Any, key: str = "") -> Any:
    """The same values with days as days, under the keys that hold days; what a row says besides is all words."""
    if isinstance(held, dict) and key == "extra":
        return held
    if isinstance(held, dict):
        return {name: _show_days(inner, name) for name, inner in held.items()}
    if isinstance(held, list):
        return [_show_days(inner) for inner in held]
    is_day = key in _DAYS and isinstance(held, str) and _DAY.fullmatch(held) is not None
    return date.fromisoformat(held) if is_day else held


_DAYS = frozenset(
    {"starts_on", "ends_on", "due", "held_on", "start", "end", "valid_from", "valid_to", "discontinued_on", "on"}
)
